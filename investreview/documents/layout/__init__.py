"""Setting type: fonts with fallback, Chinese line breaking, tables, and pages as lists of marks.

Knows nothing of kinds of documents. Coordinates are points from the upper left corner of an A4 page.
"""
