"""The only money column: integer 分 in the database, Decimal yuan in Python.

On SQLite a DecimalField is a float; sums of it miss the 分. The column is therefore a big integer. It does not derive
from BigIntegerField: Django would call ``F("a") + F("b")`` an integer and hand out 分 as if they were yuan.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.expressions import (  # type: ignore[attr-defined]  # django-stubs 5.2.9 leaves it out
    Combinable,
    register_combinable_fields,
)
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.db.models.sql import Query

from investreview.core.errors import Invalid
from investreview.core.money.amount import exact_yuan

_Set = TypeVar("_Set", contravariant=True)
_Get = TypeVar("_Get", covariant=True)

if TYPE_CHECKING:
    _Column = models.Field
else:

    class _Column(models.Field):
        """What type checkers see as generic is a plain class at run time."""

        def __class_getitem__(cls, _types: Any) -> Any:
            return cls


class MoneyField(_Column[_Set, _Get]):
    """An amount in yuan with two decimals. Takes Decimal, int, decimal text; refuses floats and a third decimal."""

    _pyi_private_set_type: Decimal | int | str
    _pyi_private_get_type: Decimal
    _pyi_lookup_exact_type: Decimal | int | str

    empty_strings_allowed = False

    def db_type(self, connection: Any) -> str:
        return "bigint"

    def cast_db_type(self, connection: Any) -> str:
        return "bigint"

    def to_python(self, value: Any) -> Decimal | None:
        if value is None:
            return None
        try:
            return _to_yuan(value)
        except Invalid as error:
            from investreview.core.forms import as_validation_error

            raise as_validation_error(error) from error
        except (TypeError, ArithmeticError) as error:
            raise ValidationError(str(error), code="money_not_read") from error

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Decimal | None:
        if value is None:
            return None
        fen = int(value)
        if fen != value:
            raise ValueError(f"{value!r} is no whole number of fen: an average is not an amount")
        return Decimal(fen).scaleb(-2)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return int(_to_yuan(value).scaleb(2))

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        _refuse_what_is_not_money(value)
        return "%s"

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, form_class: Any = None, choices_form_class: Any = None, **kwargs: Any) -> Any:
        from investreview.core.fields import MoneyFormField

        return super().formfield(form_class or MoneyFormField, choices_form_class, **kwargs)


def money_value(amount: Decimal) -> models.Value:
    """``amount`` as a database expression that may be added to or compared with a money column."""
    return models.Value(amount, output_field=MoneyField())


def _to_yuan(value: Any) -> Decimal:
    if isinstance(value, bool | float):
        raise TypeError(f"money is never a {type(value).__name__}: {value!r}")
    return exact_yuan(Decimal(value), given=value)


def _refuse_what_is_not_money(value: Any) -> None:
    """``F("amount_yuan") + 5`` would add 5 fen: an expression that meets a money column is money itself.

    Raises: FieldError otherwise; ``money_value`` makes a number into such an expression.
    """
    if not hasattr(value, "resolve_expression"):
        return
    output = value.output_field if isinstance(value, Query) else getattr(value, "_output_field_or_none", None)
    if output is not None and not isinstance(output, MoneyField):
        raise FieldError(f"a money column meets {type(output).__name__}; write money_value(…)")


class _MoneyOnly:
    """A comparison of a money column: numbers become fen, expressions are money themselves."""

    rhs: Any

    def get_prep_lookup(self) -> Any:
        _refuse_what_is_not_money(self.rhs)
        return super().get_prep_lookup()  # type: ignore[misc]


for _lookup in (Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual):
    MoneyField.register_lookup(type(f"Money{_lookup.__name__}", (_MoneyOnly, _lookup), {}))

for _connector in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(MoneyField, _connector, MoneyField, MoneyField)
