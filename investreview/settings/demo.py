"""The demonstration: one SQLite file, messages as files, no server needed, reachable from this machine only."""

from pathlib import Path
from urllib.parse import quote

from . import config
from .base import *  # noqa: F403
from .base import BASE_DIR, INSTALLED_APPS, PASSWORD_HASHERS

DATA_DIR = Path(config.optional("DATA_DIR", str(BASE_DIR / "var"))).resolve()
PORT = config.number("PORT", 8000)

INSTALLED_APPS = [*INSTALLED_APPS, "investreview.demo"]
DEBUG = False
ALLOW_DEMONSTRATION = True
PASSWORD_HASHERS = ["investreview.demo.hashers.PublicPasswordHasher", *PASSWORD_HASHERS]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = config.kept_secret(DATA_DIR / "secret")
VERIFICATION_KEY = config.kept_secret(DATA_DIR / "verification-secret")
DRAW_KEY = config.kept_secret(DATA_DIR / "draw-secret")
SECOND_FACTOR_KEY = config.kept_secret(DATA_DIR / "second-factor-secret")
SITE_URL = f"http://127.0.0.1:{PORT}"

_folder = quote(str(DATA_DIR))
DATABASES = {"default": config.database(config.optional("DATABASE_URL", f"sqlite:///{_folder}/demo.sqlite3"))}
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = config.broker(
    config.optional("BROKER_URL", f"filesystem://{_folder}/broker")
)
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
WORKER_LOCK = DATA_DIR / "worker.lock"

MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
UNFINISHED_ROOT = DATA_DIR / "unfinished"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
HEADS_LOG = DATA_DIR / "heads.log"

MAIL_IS_CONFIGURED = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
