"""工作交接: the work of one person goes to others in one act (DOMAIN §1)."""
