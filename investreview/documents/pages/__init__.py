"""The pages on which documents are read, compared, edited and fetched."""
