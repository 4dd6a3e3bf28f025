"""Cases under way on paper from the office's own ledger 在途台账; each row becomes a 接续单 (DOMAIN §16)."""
