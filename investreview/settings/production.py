"""An installation in earnest: nothing has a default that would be a secret; the first missing variable is named."""

from pathlib import Path

from . import config
from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = config.required("SECRET_KEY", "会话与表单签名的密钥，至少 50 个字符")
VERIFICATION_KEY = config.required("VERIFICATION_KEY", "文书核验码的密钥")
DRAW_KEY = config.required("DRAW_KEY", "随机抽取中封存姓名与随机数的密钥，至少 50 个字符")
SECOND_FACTOR_KEY = config.required("SECOND_FACTOR_KEY", "封存动态口令密钥的密钥，至少 50 个字符")
SECOND_FACTOR_REQUIRED = frozenset(config.names(config.optional("SECOND_FACTOR_REQUIRED", "ADMIN,STAFF")))
ALLOWED_HOSTS = config.names(config.required("ALLOWED_HOSTS", "本站的域名或地址，用逗号分隔"))
SITE_URL = config.required("SITE_URL", "本站的完整地址，写入邮件与文书核验信息").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATABASES = {"default": config.database(config.required("DATABASE_URL", "数据库地址"))}
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = config.broker(config.required("BROKER_URL", "消息队列地址"))

DATA_DIR = Path(config.required("DATA_DIR", "保存上传文件、静态文件与日志链首的目录"))
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
HEADS_LOG = Path(config.optional("HEADS_LOG", str(DATA_DIR / "heads.log")))

LANGUAGE_SWITCH = config.flag("LANGUAGE_SWITCH")
if not LANGUAGE_SWITCH:
    LANGUAGES = [("zh-hans", "中文")]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

EMAIL_HOST = config.optional("EMAIL_HOST")
MAIL_IS_CONFIGURED = bool(EMAIL_HOST)
EMAIL_PORT = config.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = config.optional("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = config.optional("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = config.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = config.optional("DEFAULT_FROM_EMAIL", "noreply@localhost")
MAIL_HOLD_MINUTES = config.minutes(config.optional("MAIL_HOLD_MINUTES"), "MAIL_HOLD_MINUTES")
REMINDER_DAYS_BEFORE = config.number("REMINDER_DAYS_BEFORE", 2)
UNFINISHED_UPLOAD_DAYS = config.number("UNFINISHED_UPLOAD_DAYS", 7)
