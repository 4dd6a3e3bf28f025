"""Settings of a house that is meant to burn: what the processes of a storm share, and crash points that work."""

import os
from pathlib import Path

from investreview.celery import SCHEDULE
from investreview.settings import config
from investreview.settings.test import *  # noqa: F403

DATA_DIR = Path(os.environ["DATA_DIR"])
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
UNFINISHED_ROOT = DATA_DIR / "unfinished"
STATIC_ROOT = DATA_DIR / "static"
HEADS_LOG = DATA_DIR / "heads.log"
WORKER_LOCK = DATA_DIR / "worker.lock"
for _folder in (MEDIA_ROOT, FILE_UPLOAD_TEMP_DIR, STATIC_ROOT):
    _folder.mkdir(parents=True, exist_ok=True)

CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = config.broker(os.environ["BROKER_URL"])
CELERY_TASK_DEFAULT_QUEUE = os.environ["QUEUE"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_HOST = "localhost"
CELERY_BEAT_SCHEDULE = {
    name: {"task": name, "schedule": min(seconds, 2.0), "options": {"expires": 5.0}}
    for name, seconds in SCHEDULE.items()
}
