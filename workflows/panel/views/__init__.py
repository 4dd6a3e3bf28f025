"""The doors of a panel for those who run it."""
