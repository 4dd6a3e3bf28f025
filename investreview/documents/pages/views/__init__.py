"""Documents are read, compared, edited until they are signed, fetched, and made again when that failed."""
