"""The score sheet as a form, its comparison with the paper, and a member's departure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.rules.entries import Mark, RedLineAnswer, SheetEntry, needs_comment
from experts.rules.grades import FROM_PERCENT, Grade, grade_of
from experts.selectors.sheets import entry_of
from experts.states import SeatState, Verdict
from investreview.core.fields import LineField, TextBlockField
from investreview.projects.panel import said
from investreview.projects.routing import confirmed_rules
from investreview.rulebook.panels import Criterion, PanelRules, RedLine
from workflows.models import WorkItem
from workflows.panel.selectors import earlier_entry, sheet_draft
from workflows.review.forms.base import ActForm

COMMENT_LENGTH = 2000
YES_NO = [("no", _("否")), ("yes", _("是"))]


@dataclass(frozen=True)
class CriterionRow:
    """One criterion with its two fields; ``earlier`` are the points of the signed independent sheet."""

    criterion: Criterion
    name: str
    points: forms.BoundField
    comment: forms.BoundField
    comment_below_percent: int
    earlier: int | None = None

    @property
    def value(self) -> int | None:
        """The points as they stand in the field, where they are a possible number."""
        typed = str(self.points.value() if self.points.value() is not None else "").strip()
        number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else None
        return number if number is not None and number <= self.criterion.points else None

    @property
    def word(self) -> str:
        """The word beside the points; empty while there are none."""
        return str(grade_of(self.value, self.criterion.points).label) if self.value is not None else ""

    @property
    def needs_comment(self) -> bool:
        """Whether these points must be explained."""
        return self.value is not None and needs_comment(self.value, self.criterion, self.comment_below_percent)

    @property
    def shift(self) -> str:
        """How far the points moved after the discussion: +2, -1, 0; empty without an earlier sheet."""
        if self.earlier is None or self.value is None:
            return ""
        return f"{self.value - self.earlier:+d}" if self.value != self.earlier else "0"


@dataclass(frozen=True)
class RedLineRow:
    """One red-line question with its answer and explanation."""

    question: str
    answer: forms.BoundField
    explanation: forms.BoundField


def add_sheet_fields(form: forms.Form, rules: PanelRules) -> None:
    """The fields of a sheet of these rules; whether it is whole is asked by the rules, not by the fields."""
    for criterion in rules.criteria:
        form.fields[f"points_{criterion.key}"] = forms.IntegerField(
            label=_("得分"),
            required=False,
            widget=forms.NumberInput(
                {"min": 0, "max": criterion.points, "step": 1, "inputmode": "numeric", "data-full": criterion.points}
            ),
            error_messages={"invalid": _("请填写整数。")},
        )
        form.fields[f"comment_{criterion.key}"] = TextBlockField(
            label=_("意见"), max_length=COMMENT_LENGTH, required=False, widget=forms.Textarea({"rows": 2})
        )
    for line in rules.red_lines:
        form.fields[f"red_line_{line.key}"] = forms.ChoiceField(
            label=said(line.name, line.name_en), choices=YES_NO, required=False, widget=forms.RadioSelect
        )
        form.fields[f"explanation_{line.key}"] = LineField(label=_("说明"), max_length=200, required=False)
    form.fields["verdict"] = forms.ChoiceField(
        label=_("论证结论"), choices=Verdict.choices, required=False, widget=forms.RadioSelect
    )
    form.fields["conditions"] = TextBlockField(
        label=_("修改条件"),
        max_length=COMMENT_LENGTH,
        required=False,
        help_text=_("选择“修改后同意”时必填，每行一条。"),
        widget=forms.Textarea({"rows": 3}),
    )
    form.fields["comment"] = TextBlockField(
        label=_("综合意见"), max_length=COMMENT_LENGTH, required=False, widget=forms.Textarea({"rows": 4})
    )


def typed_entry(data: dict[str, Any], rules: PanelRules) -> SheetEntry:
    """What the cleaned fields hold, as the rules read a sheet."""
    answers = {"yes": True, "no": False}
    return SheetEntry(
        marks={
            one.key: Mark(data.get(f"points_{one.key}"), data.get(f"comment_{one.key}") or "") for one in rules.criteria
        },
        red_lines={
            one.key: RedLineAnswer(
                answers.get(data.get(f"red_line_{one.key}") or ""), data.get(f"explanation_{one.key}") or ""
            )
            for one in rules.red_lines
        },
        verdict=data.get("verdict") or "",
        conditions=tuple(line.strip() for line in (data.get("conditions") or "").splitlines() if line.strip()),
        comment=data.get("comment") or "",
    )


def initial_of(entry: SheetEntry) -> dict[str, Any]:
    """The fields of a sheet that was saved."""
    words = {True: "yes", False: "no", None: ""}
    values: dict[str, Any] = {
        "verdict": entry.verdict,
        "conditions": "\n".join(entry.conditions),
        "comment": entry.comment,
    }
    for key, mark in entry.marks.items():
        values |= {f"points_{key}": mark.points, f"comment_{key}": mark.comment}
    for key, answer in entry.red_lines.items():
        values |= {f"red_line_{key}": words[answer.is_yes], f"explanation_{key}": answer.explanation}
    return values


class SheetFields(forms.Form):
    """What every form with a score sheet shows: rows of criteria and questions."""

    rules: PanelRules
    earlier: SheetEntry | None = None

    @property
    def criteria(self) -> list[CriterionRow]:
        """The criteria in the order of the rule set."""
        return [
            CriterionRow(
                one,
                said(one.name, one.name_en),
                self[f"points_{one.key}"],
                self[f"comment_{one.key}"],
                self.rules.comment_below_percent,
                self.earlier.marks[one.key].points if self.earlier is not None else None,
            )
            for one in self.rules.criteria
        ]

    @property
    def total(self) -> int:
        """The points typed so far."""
        return sum(row.value or 0 for row in self.criteria)

    @property
    def words(self) -> str:
        """The words and from which share on each is said, for the page's script: ``90 优秀|80 良好|…|0 较弱``."""
        shares = [*FROM_PERCENT.items(), (Grade.WEAK, 0)]
        return "|".join(f"{share} {grade.label}" for grade, share in shares)

    @property
    def red_lines(self) -> list[RedLineRow]:
        """The red-line questions in the order of the rule set."""
        return [self._red_line(one) for one in self.rules.red_lines]

    def _red_line(self, line: RedLine) -> RedLineRow:
        return RedLineRow(said(line.name, line.name_en), self[f"red_line_{line.key}"], self[f"explanation_{line.key}"])

    def red_line_fields(self) -> Iterator[str]:
        """The names of the answers."""
        return (f"red_line_{line.key}" for line in self.rules.red_lines)


class SignSheetForm(SheetFields, ActForm):
    """评分并签名: after this nothing on the sheet changes; a final sheet begins as the signed independent one was."""

    title = _("评分")
    button = _("确认并签名（签名后不可修改）")
    fields_template = "workflows/panel/sheet_fields.html"

    def __init__(self, *args: Any, item: WorkItem, **kwargs: Any) -> None:
        self.draft = sheet_draft(item)
        self.earlier = earlier_entry(item)
        begun = entry_of(self.draft) if self.draft is not None else self.earlier
        if begun is not None:
            kwargs["initial"] = {**initial_of(begun), **kwargs.get("initial", {})}
        super().__init__(*args, item=item, **kwargs)
        self.rules = confirmed_rules(self.case).panel
        add_sheet_fields(self, self.rules)

    def facts(self) -> dict[str, Any]:
        return {"entry": typed_entry(self.cleaned_data, self.rules)}


class CompareSheetForm(ActForm):
    """核对一致: the typed sheet is the paper's."""

    title = _("核对纸质评分表")
    button = _("核对一致，评分表生效")
    help = _("请逐项对照扫描件；与录入人不得为同一人。不一致的请退回重录。")


class LeaveSeatForm(ActForm):
    """离席: the expert says why; the operator carries out what was recorded and confirmed."""

    title = _("不能继续参加")
    button = _("离席")
    help = _("离席后评分表作废，由同一次序的下一位专家递补。")

    kind = forms.ChoiceField(
        label=_("原因"),
        choices=[(one.value, one.label) for one in (SeatState.DECLINED, SeatState.RECUSED)],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择原因。")},
    )
    reason = LineField(label=_("事由"), max_length=200, error_messages={"required": _("请填写事由。")})


class ConfirmedLeaveForm(ActForm):
    """离席 by the operator: kind, reason and document are on record and confirmed by the supervisor."""

    title = _("办理离席")
    button = _("办理离席，依次递补")
    help = _("须先登记请假或者回避并上传凭据，经监督人确认。")

    def facts(self) -> dict[str, Any]:
        return {}
