"""Several lists of one page, read by one statement.

A page of a case shows twenty short lists, each a query of its own kind. ``gather`` asks them together, as a UNION ALL
whose arms are the very queries Django would have sent, each row packed into one JSON value; Django's own machinery
then makes the objects of these rows, so that conditions, joins and columns are written as everywhere else.

Rests on the compiler of Django 5.2 (``as_sql(with_col_aliases=True)``, ``results_iter``); ``tests/core`` compares
every table of the house with what Django reads by itself, on both databases.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import (
    BinaryField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    JSONField,
    Model,
    Prefetch,
    QuerySet,
    UUIDField,
    Window,
)
from django.db.models.functions import RowNumber
from django.db.models.sql import Query

_PLACE = "gathered_place"
_ARGUMENTS = 100  # SQLite takes 127 arguments in a function
Row = tuple[Any, ...]
Restorer = Callable[[Any], Any] | None
Restorers = tuple[tuple[Any, Callable[[Any], Any]], ...]


def gather(*querysets: QuerySet[Any, Any]) -> None:
    """Every queryset is evaluated, all by one statement; each has the rows, in the order, that it had alone.

    Not for ``reverse``, nor for ``distinct`` rows in an order, nor for columns of bytes or exact decimals, which JSON
    does not hold.
    """
    using = next((queryset.db for queryset in querysets), "default")
    arms = {number: arm for number, queryset in enumerate(querysets) if (arm := _Arm.of(queryset, using)) is not None}
    found: dict[int, list[Row]] = {number: [] for number in range(len(querysets))}
    if arms:
        statement = " UNION ALL ".join(f"SELECT {number} AS arm_number, {arm.packed}" for number, arm in arms.items())
        with connections[using].cursor() as cursor:
            cursor.execute(statement, tuple(chain.from_iterable(arm.params for arm in arms.values())))
            for number, packed in cursor.fetchall():
                found[number].append(arms[number].unpack(packed))
    for number, queryset in enumerate(querysets):
        rows = arms[number].in_order(found[number]) if number in arms else []
        queryset._result_cache = _made_of(rows, queryset)


def gathered(*querysets: QuerySet[Any, Any]) -> tuple[list[Any], ...]:
    """The rows of each queryset, all read by one statement."""
    gather(*querysets)
    return tuple(list(rows) for rows in querysets)


def gather_related(holder: Model, *lookups: "str | Prefetch[Any]", beside: Iterable[QuerySet[Any, Any]] = ()) -> None:
    """``holder`` has its lists as after ``prefetch_related_objects``, and ``beside`` is evaluated: one statement.

    A lookup names a list of the holder, or one of something it refers to that is read already
    (``declaration__phases``).
    """
    wanted = [_related(holder, lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)) for lookup in lookups]
    gather(*(rows for _owner, _name, rows in wanted), *beside)
    for owner, name, rows in wanted:
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


def give_out(rows: Iterable[Model], owners: Iterable[Model], name: str) -> None:
    """Each owner has its own of ``rows``, in their order, as its list ``name``; nothing is asked."""
    for owner in owners:
        relation: Any = owner._meta.get_field(name)
        own = relation.related_model._default_manager.none()
        own._result_cache = [row for row in rows if getattr(row, relation.field.attname) == owner.pk]
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = own


def _related(holder: Model, lookup: "Prefetch[Any]") -> tuple[Model, str, QuerySet[Any, Any]]:
    *way, name = lookup.prefetch_through.split("__")
    owner: Any = holder
    for step in way:
        owner = getattr(owner, step)
    relation: Any = owner._meta.get_field(name)
    known: Any = lookup.queryset
    rows = (relation.related_model._default_manager.all() if known is None else known).filter(
        **{relation.field.name: owner}
    )
    rows._known_related_objects = {relation.field: {owner.pk: owner}}
    return owner, name, rows


class _Arm:
    """One queryset as an arm of the statement, and its rows as the driver would have given them."""

    def __init__(self, packed: str, params: Sequence[Any], restorers: Sequence[Restorer], place: int | None) -> None:
        self.packed, self.params, self.restorers, self.place = packed, params, restorers, place

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any], using: str) -> "_Arm | None":
        """The arm; nothing for a queryset that can hold no row (``none()``)."""
        query = queryset.query.chain()
        order: Any = query.order_by or (query.get_meta().ordering if query.default_ordering else ())
        if order and (query.distinct or not query.standard_ordering):
            raise ValueError("rows are numbered in their order: leave out distinct() and reverse()")
        if order:
            query.add_annotation(Window(RowNumber(), order_by=[*order]), _PLACE)
        compiler = query.get_compiler(using=using)
        try:
            sql, params = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            return None
        names = [alias for _expression, _sql, alias in compiler.select]
        fields = [expression.output_field for expression, _sql, _alias in compiler.select]
        pack, restorers = _DIALECTS[connections[using].vendor]
        return cls(
            packed=pack(sql, names),
            params=params,
            restorers=[_restorer(field, restorers) for field in fields],
            place=names.index(_PLACE) if order else None,
        )

    def unpack(self, packed: str) -> Row:
        """The row as the driver would have given it."""
        cells: Any = json.loads(packed)
        values = cells.values() if isinstance(cells, dict) else chain.from_iterable(cells)
        if not any(self.restorers):
            return tuple(values)
        return tuple(
            restore(value) if restore is not None and value is not None else value
            for value, restore in zip(values, self.restorers, strict=True)
        )

    def in_order(self, rows: list[Row]) -> list[Row]:
        """The rows in the queryset's order, without the column that told it."""
        place = self.place
        if place is None:
            return rows
        return [(*row[:place], *row[place + 1 :]) for row in sorted(rows, key=lambda row: row[place])]


def _of_sqlite(sql: str, names: Sequence[str]) -> str:
    parts = [names[first : first + _ARGUMENTS] for first in range(0, len(names), _ARGUMENTS)]
    arrays = ", ".join("json_array({})".format(", ".join(f'"{name}"' for name in part)) for part in parts)
    return f"json_array({arrays}) AS packed FROM ({sql}) AS arm"


def _of_postgresql(sql: str, _names: Sequence[str]) -> str:
    return f"to_json(arm)::text AS packed FROM ({sql}) AS arm"


def _restorer(field: "Field[Any, Any]", restorers: Restorers) -> Restorer:
    """What turns a value that went through JSON into what the driver gives; nothing where JSON holds it as it is."""
    if isinstance(field, _NOT_IN_JSON):
        raise TypeError(f"{type(field).__name__} does not go through JSON: defer the column, or read its list alone")
    return next((restore for kind, restore in restorers if isinstance(field, kind)), None)


_NOT_IN_JSON = (BinaryField, DecimalField)
_DIALECTS: dict[str, tuple[Callable[[str, Sequence[str]], str], Restorers]] = {
    "sqlite": (_of_sqlite, ()),  # its driver gives text and numbers, which Django makes dates and JSON of
    "postgresql": (
        _of_postgresql,
        (
            (DateTimeField, datetime.fromisoformat),
            (DateField, date.fromisoformat),
            (UUIDField, UUID),
            (JSONField, json.dumps),
        ),
    ),
}


class _Read(Query):
    """A query whose rows are read already."""

    rows: list[Row]

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        compiler = super().get_compiler(*args, **kwargs)

        def execute_sql(*_args: Any, **_kwargs: Any) -> list[list[Row]]:
            compiler.setup_query()
            return [self.rows]

        compiler.execute_sql = execute_sql
        return compiler


def _made_of(rows: list[Row], queryset: Any) -> list[Any]:
    if not rows:
        return []  # most lists of a page are empty: nothing is compiled a second time for them
    read = queryset._chain()
    read.query = read.query.chain(klass=_Read)
    read.query.rows = rows
    return list(queryset._iterable_class(read))
