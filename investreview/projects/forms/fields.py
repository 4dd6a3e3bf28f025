"""Form fields of this room: counts, rates with fixed decimals, credit codes, currencies."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.fields import LineField
from investreview.core.forms import as_validation_error
from investreview.registry.rules import check_credit_code

_NARROW = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９．－"}
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.(?P<decimals>[0-9]{1,12}))?")
_CURRENCY = re.compile(r"[A-Z]{3}")


class FixedPointField(forms.Field):
    """A plain number with at most ``places`` decimals; cleaned to the integer of its last place (8.35 → 835).

    Units: ``minimum`` and ``maximum`` are in that integer too. Nothing is rounded.
    """

    widget = forms.TextInput
    default_error_messages = {
        "number": _("无法识别“%(given)s”。请只用数字 0–9，例如“%(example)s”。"),
        "places": _("“%(given)s”的小数位太多，此处最多 %(places)d 位；系统不做四舍五入。"),
        "range": _("“%(given)s”不在允许的范围内：须在 %(first)s 至 %(last)s 之间。"),
    }

    def __init__(self, *, places: int = 0, minimum: int = 0, maximum: int, example: str = "12", **kwargs: Any) -> None:
        self.places = places
        self.minimum = minimum
        self.maximum = maximum
        self.example = example
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal" if self.places else "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        if value in validators.EMPTY_VALUES or not str(value).strip():
            return None
        given = str(value).translate(_NARROW).strip()
        shape = _NUMBER.fullmatch(given)
        if shape is None:
            raise self._refused("number", given, example=self.example)
        if len((shape["decimals"] or "").rstrip("0")) > self.places:
            raise self._refused("places", given, places=self.places)
        number = int(Decimal(given).scaleb(self.places))
        if not self.minimum <= number <= self.maximum:
            raise self._refused("range", given, first=self._written(self.minimum), last=self._written(self.maximum))
        return number

    def _refused(self, code: str, given: str, **facts: object) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params={"given": given[:40], **facts})

    def _written(self, number: int) -> str:
        text = f"{Decimal(number).scaleb(-self.places):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def prepare_value(self, value: Any) -> Any:
        return self._written(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except forms.ValidationError:
            return True


class CreditCodeField(LineField):
    """A unified social credit code (统一社会信用代码) with its check digit; may be empty where not required."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return check_credit_code(text)
        except Invalid as error:
            raise as_validation_error(error) from error


class CurrencyField(LineField):
    """A currency by its three letters, such as USD."""

    default_error_messages = {"currency": _("“%(given)s”不是币种代码。请填写三位字母代码，例如“USD”“HKD”。")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value: Any) -> str:
        code = super().to_python(value).upper()
        if code and not _CURRENCY.fullmatch(code):
            raise forms.ValidationError(self.error_messages["currency"], code="currency", params={"given": code})
        return code
