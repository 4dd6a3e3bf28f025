"""What people type about projects and cases: read here once, shown again as typed when refused."""
