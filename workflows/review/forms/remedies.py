"""Mistakes in letters: begin a correction or reissue, its steps, and taking a signature back."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.fields import LineField
from investreview.core.forms import as_validation_error
from investreview.documents.letter_facts import Emendation
from investreview.projects.models import Remedy
from workflows.review.forms.base import ActForm, Button, opinion_field, reason_field
from workflows.review.forms.chain import SignForm
from workflows.review.forms.delivery import DeliverForm
from workflows.review.forms.moves import VersionForm

ROWS = 5
TEXT_LENGTH = 300


class RemedyForm(VersionForm):
    """更正函 or 作废重发, why, and for a correction what the letter says and what it is to say."""

    kind = forms.ChoiceField(
        label=_("纠错方式"),
        choices=Remedy.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择纠错方式。")},
    )
    reason = reason_field(label=_("错误情况"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            self.fields[f"where_{number}"] = LineField(label=_("位置"), max_length=60, required=False)
            self.fields[f"wrong_{number}"] = LineField(label=_("原复函文字"), max_length=TEXT_LENGTH, required=False)
            self.fields[f"right_{number}"] = LineField(label=_("更正为"), max_length=TEXT_LENGTH, required=False)

    def rows(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """The lines of mistakes: where, what it says, what it is to say."""
        for number in range(1, ROWS + 1):
            yield tuple(self[f"{part}_{number}"] for part in ("where", "wrong", "right"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number in range(1, ROWS + 1):
            for given, other in (("wrong", "right"), ("right", "wrong"), ("where", "wrong")):
                if data.get(f"{given}_{number}") and not data.get(f"{other}_{number}", "-"):
                    self.add_error(f"{other}_{number}", as_validation_error(Invalid("review_emendation_half")))
        return data

    def facts(self) -> dict[str, Any]:
        """Kind, reason and mistakes as the service takes them; a reissue changes its text on the letter's page."""
        data = self.cleaned_data
        lines = tuple(
            Emendation(wrong=data[f"wrong_{n}"], right=data[f"right_{n}"], where=data[f"where_{n}"])
            for n in range(1, ROWS + 1)
            if data[f"wrong_{n}"]
        )
        is_correction = data["kind"] == Remedy.Kind.CORRECTION
        return {"kind": data["kind"], "reason": data["reason"], "emendations": lines if is_correction else ()}


class RemedyCheckForm(ActForm):
    """同意."""

    title = _("审核意见")
    button = _("同意")

    text = opinion_field(required=False, help_text=_("可不填写；留空即为“同意”。"))


class RemedyReturnForm(ActForm):
    """退回修改."""

    title = _("退回修改")
    button = _("退回修改")
    help = _("文稿回到经办人修改；原复函继续有效。")

    reason = reason_field()


class ResubmitForm(ActForm):
    """重新送审."""

    title = _("重新送审")
    button = _("重新送审")
    help = _("请先在文书页修改文字并保存，再送审核。")

    text = opinion_field(label=_("修改说明"), required=False)


class DropRemedyForm(ActForm):
    """放弃."""

    title = _("放弃纠错")
    button = _("放弃")
    help = _("文稿作废，原复函照旧有效；已保留的发文字号同时作废并留在登记簿中。")

    reason = reason_field()


class RemedySignForm(SignForm):
    """签发: the correcting or reissued letter gets its own number."""

    @property
    def heading(self) -> str:
        """What is signed, said before the button."""
        remedy = self.case.remedies.last()
        return gettext("签发：%(kind)s") % {"kind": remedy.get_kind_display() if remedy is not None else ""}

    @property
    def buttons(self) -> tuple[Button, ...]:
        """One answer."""
        return (Button(gettext("签发")),)


class RemedyDeliverForm(DeliverForm):
    """用印送达: from now on the new letter counts."""

    help = _("新文书送达后，原复函即被更正或者作废；作废的文号连同理由保留在登记簿中。")
