"""Reads of pools and panels; one module per question, imported by their own names."""
