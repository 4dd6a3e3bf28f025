"""The officer's first look: complete, or to be supplemented once."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import TextBlockField
from investreview.projects.panel import said
from investreview.projects.requirements import requirements_of
from investreview.projects.selectors import rules_of
from investreview.projects.services.checking import SupplementItem
from workflows.review.forms.base import ActForm

FREE_ROWS = 3
ITEM_LENGTH = 500


class ConfirmForm(ActForm):
    """确认齐备."""

    title = _("确认材料齐备")
    button = _("确认齐备")
    help = _("确认后判定办理路径、出具接收单；办理时限自次一工作日起计算。")


class SupplementForm(ActForm):
    """一次性告知补正: one row for each slot of the catalogue and some free ones."""

    title = _("一次性告知补正")
    button = _("一次性告知补正")
    fields_template = "workflows/supplement_fields.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._slots: dict[str, str] = {}
        for requirement in requirements_of(self.case, self.on):
            name = said(requirement.name, requirement.name_en)
            self._add(f"slot_{requirement.code}", requirement.code, f"{requirement.code} {name}")
        for number in range(1, FREE_ROWS + 1):
            self._add(f"free_{number}", "", gettext("其他事项 %(number)d") % {"number": number})

    @property
    def explanation(self) -> str:
        """Once, everything, and how long the enterprise then has."""
        days = rules_of(self.case, self.on).supplement_days
        return gettext(
            "补正只能要求一次：请把需要补正的全部事项一并写明，没有问题的留空。告知后停止计时，企业有%(days)d个工作日。"
        ) % {"days": days}

    def _add(self, field: str, slot: str, label: str) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        self.fields[field] = TextBlockField(max_length=ITEM_LENGTH, required=False, label=label, widget=widget)
        self._slots[field] = slot

    def rows(self) -> Iterator[forms.BoundField]:
        """The lines in the order of the catalogue, the free ones last."""
        for field in self._slots:
            yield self[field]

    def facts(self) -> dict[str, Any]:
        items = [SupplementItem(slot, self.cleaned_data[field]) for field, slot in self._slots.items()]
        return {"items": tuple(item for item in items if item.text)}
