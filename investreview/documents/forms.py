"""The form of the verification page."""

import re
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.forms import as_validation_error

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{16}")
_CHECK = re.compile(r"[A-Z2-7]{8}")
LONGEST = 400


@dataclass(frozen=True)
class TypedCode:
    """The four parts of a code as they are compared."""

    number: str
    dated_on: str
    hex16: str
    check: str


class VerifyForm(forms.Form):
    """The text of a code, pasted or typed."""

    code = forms.CharField(
        label=_("核验文字"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("粘贴扫码得到的文字，或照系统副本页脚录入：编号 | 日期 | 十六位摘要 | 核验码。"),
    )

    def clean_code(self) -> TypedCode:
        """The four parts.

        Raises: ValidationError (documents_verify_shape).
        """
        parts = [" ".join(part.split()) for part in re.split(r"[|｜]", self.cleaned_data["code"])]
        if len(parts) == 4:
            number, dated_on, hex16, check = parts[0], parts[1], parts[2].lower(), parts[3].upper()
            if number and _DATE.fullmatch(dated_on) and _HEX.fullmatch(hex16) and _CHECK.fullmatch(check):
                return TypedCode(number, dated_on, hex16, check)
        raise as_validation_error(Invalid("documents_verify_shape"))
