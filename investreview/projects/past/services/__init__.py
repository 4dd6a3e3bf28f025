"""The verbs on a batch of past decisions."""
