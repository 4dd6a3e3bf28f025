"""The verbs of pools, panels and opinions; one module per noun, imported by their own names."""
