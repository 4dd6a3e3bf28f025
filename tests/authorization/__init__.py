"""Who reaches what: every route, method, role and relation, from DOMAIN §1 and not from the code."""
