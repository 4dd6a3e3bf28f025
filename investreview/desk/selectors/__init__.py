"""Reads that join the rooms below: the home desk, the list of cases, the page of a case."""
