"""The processes; the only place that knows viewflow."""
