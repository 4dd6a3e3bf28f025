"""Reads of post-evaluation, limited by the reader's scope."""
