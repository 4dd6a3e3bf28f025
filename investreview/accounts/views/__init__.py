"""Pages of signing in, people, rights and the access log."""
