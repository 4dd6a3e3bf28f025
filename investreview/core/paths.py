"""``path__within="LYG/0003/"``: that body and everything below it, in a query as in ``core.scope``."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField
from django.db.models.lookups import Lookup, StartsWith
from django.db.models.sql.compiler import SQLCompiler

LAST, AFTER = "/", "0"
"""How every path ends, and the sign that comes after it."""


@CharField.register_lookup
class Within(Lookup):  # type: ignore[type-arg]
    """The paths that begin with a body's path, which ends in "/".

    On SQLite a range of the column: its index answers that, and ``lyg/`` is not ``LYG/``; neither is so with LIKE.
    On PostgreSQL LIKE: a range would depend on how the database sorts.

    For what finds few rows among many. A list that shows the first of a long order is read along that order, and LIKE
    (``startswith``) leaves SQLite no other way.
    """

    lookup_name = "within"

    def get_prep_lookup(self) -> str:
        """The path as given. Raises: ValueError for one that does not end in "/"; it would reach its neighbours."""
        path: str = self.rhs
        if not path.endswith(LAST):
            raise ValueError(f"{path!r} is not the path of a body")
        return path

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The condition and its parameters."""
        if connection.vendor == "postgresql":
            return compiler.compile(StartsWith(self.lhs, self.rhs))  # type: ignore[return-value]
        column, params = self.process_lhs(compiler, connection)
        above = self.rhs.removesuffix(LAST) + AFTER
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, above]
