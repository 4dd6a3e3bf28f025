"""The verbs of post-evaluation."""
