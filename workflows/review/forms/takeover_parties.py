"""The organisations of a case that is taken over: experts who belong to one of them are never drawn (DOMAIN §6)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField
from investreview.projects.forms.fields import CreditCodeField
from investreview.projects.forms.rows import PARTY_ROLES
from investreview.projects.services.drafts import PartyInput

ROWS = range(1, 9)
_PARTS = ("role", "name", "code")


class PartyFields(forms.Form):
    """Row by row a part in the project, a name and, where it is known, a credit code."""

    def add_parties(self) -> None:
        """The rows are there, all of them empty."""
        for row in ROWS:
            self.fields[f"party_{row}_role"] = forms.ChoiceField(
                label=_("角色"), choices=[("", "—"), *PARTY_ROLES], required=False
            )
            self.fields[f"party_{row}_name"] = LineField(label=_("单位名称"), max_length=100, required=False)
            self.fields[f"party_{row}_code"] = CreditCodeField(label=_("统一社会信用代码"), required=False)

    def check_parties(self, typed: dict[str, Any]) -> None:
        """Every row that says something names the organisation and its part."""
        for row in ROWS:
            given = {part: typed.get(f"party_{row}_{part}") for part in _PARTS}
            for part in ("role", "name") if any(given.values()) else ():
                if not given[part] and f"party_{row}_{part}" not in self.errors:
                    self.add_error(f"party_{row}_{part}", _("请填写单位名称和角色。"))

    @property
    def party_rows(self) -> list[list[forms.BoundField]]:
        """Row by row the fields of the organisations."""
        return [[self[f"party_{row}_{part}"] for part in _PARTS] for row in ROWS]

    @property
    def parties(self) -> tuple[PartyInput, ...]:
        """The organisations that were named."""
        data = self.cleaned_data
        return tuple(
            PartyInput(data[f"party_{row}_role"], data[f"party_{row}_name"], data[f"party_{row}_code"])
            for row in ROWS
            if data[f"party_{row}_role"]
        )
