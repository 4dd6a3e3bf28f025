"""Form fields every room shares: what a person typed is read here once, and shown again as typed when refused."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core import validators
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from investreview.core.clock import SHANGHAI
from investreview.core.dates import FIRST_YEAR, parse_legal_date, parse_moment
from investreview.core.errors import DomainError, Invalid
from investreview.core.forms import as_validation_error
from investreview.core.money import Unit, format_wan, format_yuan, in_capitals, parse_amount, plain_wan
from investreview.core.text import BLOCK_LENGTH, LINE_LENGTH, clean_block, clean_line

Read = TypeVar("Read")
UNITS = {Unit.WAN: _("万元"), Unit.YUAN: _("元")}


def reading_of(amount: Decimal) -> str:
    """How an amount reads: in 万元, in 元 and in capital letters."""
    facts = {"wan": format_wan(amount), "yuan": format_yuan(amount), "capitals": in_capitals(amount)}
    return _("{wan} 万元 = {yuan} 元（{capitals}）").format_map(facts)


def _read(reader: Callable[..., Read], text: str, **how: Any) -> Read:
    try:
        return reader(text, **how)
    except DomainError as error:
        raise as_validation_error(error) from error


class MoneyInput(forms.TextInput):
    """A text input that names its unit and, once an amount can be read, shows it in 万元, 元 and capital letters."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, unit: Unit = Unit.WAN) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})
        self.unit = unit

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        return format_html(
            '<span class="money-input">{}<span class="money-unit">{}</span></span>'
            '<output class="money-reading" data-money-unit="{}">{}</output>',
            super().render(name, value, attrs, renderer),
            UNITS[self.unit],
            self.unit.name,
            self._reading(value),
        )

    def _reading(self, value: Any) -> str:
        try:
            amount = parse_amount(str(value), default_unit=self.unit) if value else None
        except Invalid:
            return ""
        if amount is None:
            return ""
        return reading_of(amount)


class MoneyFormField(forms.Field):
    """An amount; ``unit`` is meant where the text carries none. The cleaned value is Decimal yuan."""

    widget = MoneyInput

    def __init__(
        self,
        *,
        unit: Unit = Unit.WAN,
        minimum: Decimal | None = None,
        maximum: Decimal | None = None,
        **kwargs: Any,
    ) -> None:
        self.unit = unit
        self.minimum = minimum
        self.maximum = maximum
        kwargs.setdefault("widget", MoneyInput(unit=unit))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in validators.EMPTY_VALUES or not str(value).strip():
            return None
        return _read(parse_amount, str(value), default_unit=self.unit)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.minimum is not None and value < self.minimum:
            raise as_validation_error(Invalid("money_below_minimum", given=_both(value), limit=_both(self.minimum)))
        if self.maximum is not None and value > self.maximum:
            raise as_validation_error(Invalid("money_above_maximum", given=_both(value), limit=_both(self.maximum)))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return plain_wan(value) if self.unit is Unit.WAN else format_yuan(value)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except forms.ValidationError:
            return True


def _both(amount: Decimal) -> str:
    return _("{wan} 万元（{yuan} 元）").format(wan=format_wan(amount), yuan=format_yuan(amount))


class LineField(forms.Field):
    """One line: a name, a subject, a place. Nothing invisible, no line break."""

    widget = forms.TextInput

    def __init__(self, *, max_length: int = LINE_LENGTH, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if value in validators.EMPTY_VALUES or not str(value).strip():
            return ""
        return _read(clean_line, str(value), max_length=self.max_length)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "") != (data or "")


class TextBlockField(forms.Field):
    """Several lines: an opinion, a reason, a note."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = BLOCK_LENGTH, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if value in validators.EMPTY_VALUES or not str(value).strip():
            return ""
        return _read(clean_block, str(value), max_length=self.max_length)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "") != (data or "").replace("\r\n", "\n")


class DateInput(forms.DateInput):
    """The browser's date picker; without one, a text input."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LegalDateField(forms.Field):
    """A day in Asia/Shanghai between 1990 (or another ``first_year``) and 2100."""

    widget = DateInput
    default_error_messages = {"required": _("请填写日期。")}

    def __init__(self, *, first_year: int = FIRST_YEAR, **kwargs: Any) -> None:
        self.first_year = first_year
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in validators.EMPTY_VALUES or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, date):
            return value
        return _read(parse_legal_date, str(value), first_year=self.first_year)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except forms.ValidationError:
            return True


class MomentInput(forms.DateTimeInput):
    """The browser's picker of day and time; without one, a text input."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.Field):
    """A day and a time in Asia/Shanghai."""

    widget = MomentInput
    default_error_messages = {"required": _("请填写日期和时间。")}

    def to_python(self, value: Any) -> datetime | None:
        if value in validators.EMPTY_VALUES or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, datetime):
            return value
        return _read(parse_moment, str(value))

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(SHANGHAI) if isinstance(value, datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except forms.ValidationError:
            return True
