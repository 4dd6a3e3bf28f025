"""The overview taken out of the system: a workbook with every list, and a report for Word and PDF."""
