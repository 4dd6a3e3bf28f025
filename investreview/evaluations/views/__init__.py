"""Pages of post-evaluation: parse, ask, answer."""
