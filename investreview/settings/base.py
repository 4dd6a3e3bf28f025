"""What every installation shares; demo, production and test add to it."""

from datetime import timedelta
from pathlib import Path

import django_htmx
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parents[2]

PRODUCT_NAME = "市属监管企业投资项目监管系统"
SOURCE_URL = "/source/"
ALLOW_DEMONSTRATION = False
ALLOW_CRASH_POINTS = False
LANGUAGE_SWITCH = True

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
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
    "investreview.draws",
    "investreview.projects",
    "experts",
    "investreview.evaluations",
    "workflows",
    "investreview.desk",
]


def written(path: str) -> list[str]:
    """The dotted path, once its module is in the tree and names it."""
    module, name = path.rsplit(".", 1)
    file = BASE_DIR.joinpath(*module.split(".")).with_suffix(".py")
    return [path] if file.exists() and name in file.read_text(encoding="utf-8") else []


MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "investreview.journal.middleware.RequestId",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "investreview.accounts.middleware.IdleLimit",
    "investreview.accounts.middleware.KeepFormUntilSignedIn",
    "investreview.accounts.middleware.ScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "investreview.accounts.middleware.PasswordChangeRequired",
    "investreview.accounts.middleware.SecondFactorRequired",
    "investreview.core.middleware.DomainErrors",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "investreview.core.context.site",
                *written("investreview.desk.context.navigation"),
            ],
        },
    }
]

ROOT_URLCONF = "investreview.urls"
WSGI_APPLICATION = "investreview.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

# Who a person is. The lock counts failures by name alone, so that no forwarded address gets around it.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = True
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "investreview.accounts.signin.counted_username"
AXES_LOCKOUT_CALLABLE = "investreview.accounts.signin.keep_page"
AXES_CLIENT_IP_CALLABLE = "investreview.accounts.signin.address_of"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "otp_code", "kept_form"]
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# Whose sign-in needs a second factor: kinds of account (ADMIN, STAFF …) and roles (DRAW_OPERATOR …).
SECOND_FACTOR_REQUIRED: frozenset[str] = frozenset()

SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_LIMIT = timedelta(minutes=30)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "investreview.core.error_pages.csrf_failure"

# viewflow stays the engine: none of its pages, none of its middleware.
VIEWFLOW = {"AUTOREGISTER": False}

# Everything a page loads comes from this site; RELIABILITY 8.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Our own files and htmx; viewflow's and guardian's pages are not mounted, so their files are not served either.
STATICFILES_DIRS = [BASE_DIR / "static", Path(django_htmx.__file__).parent / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]

# Uploads go to disk at once; a study of 500 MB never sits in memory. Names are ours, never the uploader's.
MAX_UPLOAD_BYTES = 500 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_NUMBER_FILES = 40

# A file of more than one piece comes in pieces; what did not come to its end is kept so many days. One person has at
# most so many such files, and so many bytes announced. Bytes arrive in UNFINISHED_ROOT, beside MEDIA_ROOT.
UPLOAD_PIECE_BYTES = 4 * 1024 * 1024
UNFINISHED_UPLOAD_DAYS = 7
UNFINISHED_UPLOADS_A_PERSON = 20
UNFINISHED_BYTES_A_PERSON = 4 * 1024 * 1024 * 1024

DEFAULT_FROM_EMAIL = "noreply@localhost"
EMAIL_TIMEOUT = 10
# How long mails of a kind wait, so that their sender can hold them: kind -> minutes; none by default.
MAIL_HOLD_MINUTES: dict[str, int] = {}
# How many working days before its last day a step is spoken of; 0 is not before.
REMINDER_DAYS_BEFORE = 0
# Whether mail is sent at all; a new password can be asked for by mail only then. Units: seconds that a link opens.
MAIL_IS_CONFIGURED = False
PASSWORD_RESET_TIMEOUT = 30 * 60

# The row is the queue of record, the broker only wakes the worker: no results, short patience when it is away.
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1

# Logs carry ids, never names, typed text or document text.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "investreview.settings.logs.WithoutValues",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "CRITICAL"},
        "celery": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
