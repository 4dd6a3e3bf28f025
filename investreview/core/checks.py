"""What ``manage.py check --database default`` says of a demonstration that strayed into earnest."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.models import Q

from investreview.core.models import DemonstrationClock

# How invented people are marked everywhere in this project: 王一（示例）, or a given name of crosses, 王××.
MARKS = Q(full_name__endswith="（示例）") | Q(full_name__contains="××")


def check_demonstration(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """An error for each database that holds a demonstration clock or accounts where the settings allow none."""
    if settings.ALLOW_DEMONSTRATION:
        return []
    return [error for using in databases or () for error in _errors(using)]


def refuse_demonstration() -> None:
    """The default database is one in earnest, or this installation allows demonstrations.

    Raises: ImproperlyConfigured with what was found.
    """
    errors = check_demonstration(databases=["default"])
    if errors:
        raise ImproperlyConfigured("；".join(error.msg for error in errors))


def _errors(using: str) -> list[Error]:
    tables = set(connections[using].introspection.table_names())
    people = get_user_model()
    errors = []
    if DemonstrationClock._meta.db_table in tables and DemonstrationClock.objects.using(using).exists():
        errors.append(
            Error(
                "数据库使用演示时钟，不能用于正式安装 / the database runs on a demonstration clock",
                hint="请为正式安装新建数据库 / make a new database for an installation in earnest",
                id="core.E001",
            )
        )
    if people._meta.db_table in tables and people._default_manager.using(using).filter(MARKS, is_active=True):
        errors.append(
            Error(
                "数据库中有演示账号，不能用于正式安装 / the database holds demonstration accounts",
                hint="停用姓名以“（示例）”结尾或含“××”的账号"
                " / deactivate the accounts whose names end with （示例） or hold ××",
                id="core.E002",
            )
        )
    return errors
