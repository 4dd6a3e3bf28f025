"""What people type about the past."""
