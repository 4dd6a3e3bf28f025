"""One form for each act that ends a step of a panel."""
