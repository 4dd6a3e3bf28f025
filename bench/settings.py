"""Settings of a measurement: three databases of its own, static files as an installation serves them."""

import os
from uuid import uuid4

from investreview.settings import config
from investreview.settings.test import *  # noqa: F403
from investreview.settings.test import DATA_DIR, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
DEBUG = False
ROOT_URLCONF = "bench.urls"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SERVER_URL = os.environ.get("DATABASE_URL", "")
_RUN = uuid4().hex[:8]


def _database(alias: str) -> dict[str, object]:
    if SERVER_URL.startswith("postgres"):
        return config.database(SERVER_URL) | {"NAME": f"investreview_bench_{_RUN}_{alias}", "CONN_HEALTH_CHECKS": False}
    return config.sqlite(str(DATA_DIR / f"{alias}.sqlite3"))


DATABASES = {alias: _database(alias) for alias in ("default", "small", "large")}
DATABASE_ROUTERS = ["bench.databases.Router"]
