"""The past 补录: decisions made on paper before the system, one by one or from the office's ledger (DOMAIN §16)."""
