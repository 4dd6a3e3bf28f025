"""What every installation shares; demo, production and test add to it."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]

PRODUCT_NAME = "市属监管企业投资项目监管系统"
SOURCE_URL = "/source"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "guardian",
    "axes",
    "viewflow",
    "viewflow.workflow",
    "investreview.core",
    "investreview.journal",
    "investreview.registry",
    "investreview.accounts",
    "investreview.rulebook",
    "investreview.documents",
    "investreview.notices",
    "investreview.projects",
    "workflows",
    "investreview.desk",
]

AUTH_USER_MODEL = "accounts.User"
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]

ROOT_URLCONF = "investreview.urls"
WSGI_APPLICATION = "investreview.wsgi.application"
