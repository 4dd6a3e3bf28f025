"""How fast the product is, always beside something that stands for the same work (``bin/bench``)."""
