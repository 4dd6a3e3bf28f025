"""The doors of the experts room."""
