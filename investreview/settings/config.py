"""What the environment says. A missing or unreadable value stops the start with a sentence that names the variable."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
}
# A record is read with fifteen to twenty others by their keys, in the order in which Django names them. Trying other
# orders of more than four at a time took an eighth of a second a query and found none better.
POSTGRES_OPTIONS = {
    "options": "-c lock_timeout=20s -c idle_in_transaction_session_timeout=120s -c join_collapse_limit=4"
}


def required(name: str, purpose: str) -> str:
    """The variable's text, never empty.

    Raises: ImproperlyConfigured naming the variable and what it is for.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(
            f"环境变量 {name} 未设置（{purpose}）。请设置后重新启动，说明见 docs/operations.md。"
            f" / The environment variable {name} is not set; see docs/operations.md."
        )
    return value


def optional(name: str, default: str = "") -> str:
    """The variable's text, or ``default`` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int) -> int:
    """The variable as a whole number, or ``default``.

    Raises: ImproperlyConfigured when it holds anything else.
    """
    text = optional(name, str(default))
    if not text.isdecimal():
        raise ImproperlyConfigured(f"环境变量 {name} 应为整数，现为“{text}”。 / {name} must be a whole number.")
    return int(text)


def flag(name: str) -> bool:
    """Whether the variable says yes (1, true, yes, on); unset means no.

    Raises: ImproperlyConfigured for a word that says neither.
    """
    text = optional(name, "0").lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"环境变量 {name} 应为 1 或 0，现为“{text}”。 / {name} must be 1 or 0.")


def names(text: str) -> list[str]:
    """A comma-separated list, without empty parts."""
    return [part.strip() for part in text.split(",") if part.strip()]


def minutes(text: str, name: str) -> dict[str, int]:
    """Minutes by word, from ``PANEL:30,QUESTION:10``.

    Raises: ImproperlyConfigured for a part that is not a word, a colon and a whole number.
    """
    found = {}
    for part in names(text):
        word, _, amount = part.partition(":")
        if not word.strip() or not amount.strip().isdecimal():
            raise ImproperlyConfigured(
                f"环境变量 {name} 中的“{part}”无法识别，应为“类别:分钟数”。"
                f" / {name} must look like PANEL:30,QUESTION:10."
            )
        found[word.strip()] = int(amount)
    return found


def database(url: str) -> dict[str, Any]:
    """Django's settings for ``sqlite:///file`` or ``postgresql://user:password@host:port/name?sslmode=…``.

    Raises: ImproperlyConfigured for every other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path.removeprefix("/")))
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(parse_qsl(parts.query))
        options = f"{POSTGRES_OPTIONS['options']} {query.pop('options', '')}".strip()  # of two values the later counts
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", unquote(parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": options, **query},
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL 以“{parts.scheme}://”开头，无法识别；请使用 postgresql:// 或 sqlite:///。"
        " / DATABASE_URL must begin with postgresql:// or sqlite:///."
    )


def sqlite(name: str) -> dict[str, object]:
    """Django's settings for one SQLite file: WAL, writers queue at BEGIN, twenty seconds of patience."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS)}


def broker(url: str) -> tuple[str, dict[str, object]]:
    """Celery's broker address and transport options for ``filesystem:///folder``, ``redis://`` or ``amqp://``.

    Raises: ImproperlyConfigured for every other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "filesystem":
        return "filesystem://", file_broker(Path(unquote(parts.path)))
    if parts.scheme in {"redis", "rediss"}:
        return url, {"socket_connect_timeout": 2, "socket_timeout": 5, "visibility_timeout": 3600}
    if parts.scheme in {"amqp", "amqps"}:
        return url, {}
    if parts.scheme == "memory":
        return url, {}
    raise ImproperlyConfigured(
        f"BROKER_URL 以“{parts.scheme}://”开头，无法识别；请使用 redis://、amqp:// 或 filesystem:///目录。"
        " / BROKER_URL must begin with redis://, amqp:// or filesystem:///."
    )


def file_broker(folder: Path) -> dict[str, object]:
    """Transport options for messages kept as files below ``folder``, which exists after the call."""
    queue, control = folder / "queue", folder / "control"
    for each in (queue, control):
        each.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(control),
        "processed_folder": str(folder),
        "polling_interval": 0.05,
    }


def kept_secret(file: Path) -> str:
    """The secret in ``file``; at the first start it is made, readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secret)
    return secret
