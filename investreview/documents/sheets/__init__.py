"""One module per kind of paper: its content in, its pages out."""
