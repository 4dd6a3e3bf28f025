"""The site, and the records of supervision."""

from investreview.celery import app as celery_app

__all__ = ["celery_app"]
