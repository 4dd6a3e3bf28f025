"""Forms of the pools and of recusal."""
