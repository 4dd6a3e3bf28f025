"""What ``manage.py check --database default`` says of processes whose procedure is no longer in the code.

viewflow keeps the module, class and node of every row as text, and answers an unknown one with nothing or with a
stand-in: the case would stand still without a word. A changed procedure is a new class beside the old one.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.models import CharField
from django.db.models.functions import Cast
from viewflow.workflow.base import Flow
from viewflow.workflow.fields import import_flow_by_ref
from viewflow.workflow.models import Process, Task


def check_stored_names(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """An error for each stored procedure or step that the code does not have."""
    return [
        Error(
            f"数据库 {using!r} 中的流程环节 {name!r} 在程序中不存在 / a stored step is not in the code",
            hint="恢复该流程类；修改流程时另立新类 / bring the class back; a change is a new class beside the old",
            id="workflows.E001",
        )
        for using in databases or ()
        if _has_tables(using)
        for name in unresolved_names(using)
    ]


def unresolved_names(using: str) -> list[str]:
    """The stored names of procedures and steps that lead nowhere, in order."""
    lost = [name for name in _stored(Process, "flow_class", using) if _procedure(name) is None]
    lost += [name for name in _stored(Task, "flow_task", using) if not _is_step(name)]
    return sorted(lost)


def _has_tables(using: str) -> bool:
    tables = set(connections[using].introspection.table_names())
    return {Process._meta.db_table, Task._meta.db_table} <= tables


def _stored(model: type[Process] | type[Task], column: str, using: str) -> Iterable[str]:
    """The text as it stands in the rows; the field itself would already have looked it up."""
    rows = model._default_manager.using(using).order_by()
    names: Iterable[str] = rows.annotate(text=Cast(column, CharField())).values_list("text", flat=True).distinct()
    return names


def _procedure(name: str) -> type[Flow] | None:
    if name.count("/") != 1:
        return None
    try:
        found: type[Flow] = import_flow_by_ref(name)
    except (ImportError, LookupError, AssertionError):
        return None
    return found


def _is_step(name: str) -> bool:
    procedure, _dot, node = name.rpartition(".")
    flow = _procedure(procedure)
    return flow is not None and flow.instance.node(node, no_obsolete=True) is not None
