"""Settings of the test suite."""

from .base import *  # noqa: F403

SECRET_KEY = "test-only"  # noqa: S105
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
