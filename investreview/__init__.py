"""The site, and the records of supervision."""
