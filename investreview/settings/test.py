"""Settings of the test suite: SQLite in memory, or PostgreSQL where DATABASE_URL names one."""

import tempfile
from pathlib import Path

from . import config
from .base import *  # noqa: F403
from .base import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "investreview.demo"]
SECRET_KEY = "test-only-" + "0123456789abcdef" * 4
VERIFICATION_KEY = "test-only-verification-key"
DRAW_KEY = "test-only-draw-key-" + "0123456789abcdef" * 3
SECOND_FACTOR_KEY = "test-only-second-factor-key-" + "0123456789abcdef" * 2
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
ALLOW_DEMONSTRATION = True
ALLOW_CRASH_POINTS = True
DATABASES = {"default": config.database(config.optional("DATABASE_URL", "sqlite:///:memory:"))}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    # A test is one transaction from its first line to its last, however long the machine lets it wait in between.
    DATABASES["default"]["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0 -c synchronous_commit=off"
else:
    # No test outlives a power cut; a commit that waits for the disk takes two hundred times as long.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = config.broker(config.optional("BROKER_URL", "memory://"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

_directory = tempfile.TemporaryDirectory(prefix="investreview-test-")
DATA_DIR = Path(_directory.name)
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
UNFINISHED_ROOT = DATA_DIR / "unfinished"
STATIC_ROOT = DATA_DIR / "static"
HEADS_LOG = DATA_DIR / "heads.log"
WORKER_LOCK = DATA_DIR / "worker.lock"
for _folder in (MEDIA_ROOT, FILE_UPLOAD_TEMP_DIR, STATIC_ROOT):
    _folder.mkdir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAIL_IS_CONFIGURED = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING_CONFIG = None
