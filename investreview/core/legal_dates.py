"""The legal date of an instant, as the database counts it."""

from typing import Any

from django.db.models.functions import TruncDate

from investreview.core.clock import SHANGHAI


class LegalDate(TruncDate):
    """The day of an instant in Shanghai, which keeps eight hours the whole year.

    SQLite adds them itself: Django's own way calls Python for every row.
    """

    def __init__(self, expression: Any, **extra: Any) -> None:
        extra["tzinfo"] = SHANGHAI
        super().__init__(expression, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        """``date(column, '+8 hours')``; instants are stored in UTC."""
        sql, params = compiler.compile(self.lhs)
        return f"date({sql}, '+8 hours')", list(params)
