"""The verbs on projects and cases, one module per noun; each locks, asks, writes, and leaves one journal entry."""
