"""The 接续单: what stands on the papers of a case that goes on here, and how it becomes plain values."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.clock import legal_date
from investreview.core.fields import LegalDateField, LineField, MoneyFormField, TextBlockField
from investreview.core.roles import Role
from investreview.projects.forms.facts import FUNDING, FactsForm
from investreview.projects.forms.fields import FixedPointField
from investreview.projects.forms.many_files import ManyFilesField
from investreview.projects.forms.materials import accepted
from investreview.projects.forms.start import EnterpriseChoiceField
from investreview.projects.labels import route_label
from investreview.projects.models import Declaration
from investreview.projects.past.services.papers import PAPER_KINDS
from investreview.projects.routing import OPEN_ROUTES
from investreview.projects.services.takeovers import TakeoverHead
from investreview.projects.states import Proposal
from investreview.projects.takeovers import EarlierStep, PaperProposal, TakeoverFacts
from investreview.registry.models import Enterprise
from investreview.rulebook.vocabulary import Route
from workflows.review.forms.base import OPINION_LENGTH, DoorForm
from workflows.review.forms.takeover_panel import PaperPanelFields, lines
from workflows.review.forms.takeover_parties import PartyFields
from workflows.review.forms.takeover_steps import StepChoice, step_choices
from workflows.review.forms.takeover_told import told

PLEASE = _("请选择")
ROWS = range(1, 10)
"""The longest chain there is: three offices countersign, and six other steps."""
MOST_DAYS = 250
_PARTS = ("key", "who", "on", "text")
_NOT_ASKED = (
    "irr_bps",
    "payback_months",
    "plan_amount_yuan",
    "study_number",
    "involves_staff",
    "is_overseas",
    "is_private_acquisition_with_control",
    "prohibited_matter",
    "special_matter",
    "currency",
    "currency_amount",
    "currency_rate_millionths",
    "currency_rate_on",
)
_ASKED_ALWAYS = (
    "kind",
    "nature",
    "summary",
    "plan_status",
    "decided_on",
    "report_number",
    "contact_name",
    "contact_phone",
)


class TakeoverForm(PaperPanelFields, PartyFields, DoorForm, FactsForm):
    """Everything that is stated of the case; ``facts`` is what the service is given."""

    error_fields = {"earlier": "step_1_key", "summary_of_panel": "panel_conclusion"}
    file_field = "papers"

    enterprise = EnterpriseChoiceField(
        queryset=Enterprise.objects.none(), empty_label=PLEASE, label=_("申报企业"), help_text=_("投资主体。")
    )
    paper_number = LineField(label=_("原收文（办件）号"), max_length=40, help_text=_("办公室登记簿上的号。"))
    total_yuan = MoneyFormField(label=_("项目总投资"))
    own_commitment_yuan = MoneyFormField(label=_("本集团出资承诺"))
    route = forms.ChoiceField(label=_("办理路径"))
    released_on = LegalDateField(label=_("集团报送日期"))
    complete_on = LegalDateField(label=_("材料齐备日期"))
    step = forms.ChoiceField(label=_("接续环节"), help_text=_("案卷现在停在哪个环节，就从哪个环节接着办。"))
    elapsed_days = FixedPointField(
        label=_("已用工作日"), minimum=0, maximum=MOST_DAYS, example="4", help_text=_("自齐备次日起，扣除停表期间。")
    )
    as_of_on = LegalDateField(label=_("截至日期"), help_text=_("已用工作日算到这一天；其后由系统计时。"))
    officer = forms.ChoiceField(label=_("经办人"))
    proposal = forms.ChoiceField(
        label=_("纸面拟办意见"), choices=[("", _("还没有提出")), *Proposal.choices], required=False
    )
    proposed_on = LegalDateField(label=_("拟办日期"), required=False)
    officer_text = TextBlockField(label=_("经办意见"), max_length=OPINION_LENGTH, required=False)
    risks = TextBlockField(label=_("风险提示"), max_length=OPINION_LENGTH, required=False, help_text=_("每行一项。"))
    refusal_reason = TextBlockField(label=_("不予备案的理由"), max_length=OPINION_LENGTH, required=False)
    document_number = LineField(label=_("原发文字号"), max_length=60, required=False, help_text=_("待送达的填写。"))
    filing_number = LineField(
        label=_("原备案登记号"), max_length=40, required=False, help_text=_("予以备案、待送达的填写。")
    )
    papers = ManyFilesField(
        label=_("扫描件"),
        help_text=_(
            "来文、呈批表等纸面材料，供另一人核对。"
            "文件名以材料代码开头的，例如“M05 可行性研究报告.pdf”，接续后作为该项申报材料。"
        ),
    )
    creation_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, at: datetime, has_papers: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._steps = step_choices(user.commission, legal_date(at)) if user.commission is not None else ()
        staff = User.objects.filter(commission=user.commission_id, kind=User.Kind.STAFF).select_related("office")
        self._people = {str(person.pk): person for person in staff.order_by("pk")}
        for name in _NOT_ASKED:
            del self.fields[name]
        for name in _ASKED_ALWAYS:
            self.fields[name].required = True
        self._offer(user, at)
        self._add_rows()
        self.add_parties()
        self.fields["papers"].widget.attrs["accept"] = accepted(PAPER_KINDS)
        if has_papers:
            del self.fields["papers"]
        if not self.is_bound:
            self.initial.setdefault("creation_key", uuid4())
            self.initial.setdefault("controls_project", True)
            self.initial.setdefault("mark", Declaration.Mark.INTERNAL)

    def _offer(self, user: User, at: datetime) -> None:
        bodies = Enterprise.objects.filter(commission=user.commission_id).select_related("organisation")
        cast(EnterpriseChoiceField, self.fields["enterprise"]).queryset = bodies.order_by("path")
        path = user.commission.path if user.commission is not None else ""
        officers = [(str(each.pk), each.full_name) for each in users_holding(Role.CASE_OFFICER, path, at=at)]
        routes = [(each.value, route_label(each.value)) for each in Route if each in OPEN_ROUTES]
        steps = {each.step: str(each.step_label) for each in self._steps}
        for name, choices in (("officer", officers), ("route", routes), ("step", list(steps.items()))):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", PLEASE), *choices]

    def _add_rows(self) -> None:
        done = [("", "—"), *((each.key, str(each.label)) for each in self._steps if each.is_done_by_people)]
        people = [("", "—"), *((key, person.full_name) for key, person in self._people.items())]
        for row in ROWS:
            self.fields[f"step_{row}_key"] = forms.ChoiceField(label=_("环节"), choices=done, required=False)
            self.fields[f"step_{row}_who"] = forms.ChoiceField(label=_("签批人"), choices=people, required=False)
            self.fields[f"step_{row}_on"] = LegalDateField(label=_("日期"), required=False)
            self.fields[f"step_{row}_text"] = LineField(label=_("意见"), max_length=500, required=False)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Row by row the fields of the steps that were done on paper."""
        return [[self[f"step_{row}_{part}"] for part in _PARTS] for row in ROWS]

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, as another person compares it: bodies by name, amounts in both units, a step or a
        party in one line."""
        return told(self, steps=self.rows, parties=self.party_rows)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for row in ROWS:
            parts = {part: typed.get(f"step_{row}_{part}") for part in ("key", "who", "on")}
            if any(parts.values()):
                for part, value in parts.items():
                    if not value and f"step_{row}_{part}" not in self.errors:
                        self.add_error(f"step_{row}_{part}", _("请填写环节、签批人和日期。"))
        self.check_parties(typed)
        self._need(typed, "proposal", "proposed_on", "officer_text")
        self._need(typed, "panel_conclusion", "panel_opinion_number", "panel_held_on", "panel_members", "panel_mean")
        self._need(typed, "panel_conclusion", "panel_names")
        self.check_conditions()
        self._need(typed, "deviation_reason", "deviation_minutes", "deviation_on")
        return typed

    def _need(self, typed: dict[str, Any], first: str, *others: str) -> None:
        """Where the first is given, the others are too; where it is not, none is."""
        for name in others:
            empty = typed.get(name) in (None, "")
            if typed.get(first) and empty and name not in self.errors:
                self.add_error(name, _("请填写。"))
            if not typed.get(first) and not empty and first not in self.errors:
                self.add_error(first, PLEASE)

    @property
    def head(self) -> TakeoverHead:
        """What the list shows of it."""
        data = self.cleaned_data
        return TakeoverHead(
            enterprise_id=data["enterprise"].pk,
            name=data["name"],
            paper_number=data["paper_number"],
            received_on=data["released_on"],
            step=data["step"],
            elapsed_days=data["elapsed_days"],
            as_of_on=data["as_of_on"],
        )

    @property
    def node(self) -> str:
        """The node of the process at which the case goes on."""
        return next(each.node for each in self._steps if each.step == self.cleaned_data["step"])

    @property
    def facts(self) -> TakeoverFacts:
        """The cleaned fields as the service takes them."""
        data = self.cleaned_data
        declared = {name for name in FactsForm.base_fields if name in self.fields} - {"name"}
        return TakeoverFacts(
            enterprise_id=data["enterprise"].pk,
            name=data["name"],
            paper_number=data["paper_number"],
            declared={name: data[name] or Decimal(0) if name in FUNDING else data[name] for name in sorted(declared)},
            total_yuan=data["total_yuan"],
            own_commitment_yuan=data["own_commitment_yuan"],
            route=data["route"],
            released_on=data["released_on"],
            complete_on=data["complete_on"],
            step=data["step"],
            elapsed_days=data["elapsed_days"],
            as_of_on=data["as_of_on"],
            officer=self._people[data["officer"]],
            parties=self.parties,
            proposal=self._proposal(),
            earlier=tuple(self._earlier()),
            panel=self.paper_panel,
            document_number=data["document_number"],
            filing_number=data["filing_number"],
        )

    def _proposal(self) -> PaperProposal | None:
        data = self.cleaned_data
        if not data["proposal"]:
            return None
        return PaperProposal(
            proposal=data["proposal"],
            text=data["officer_text"],
            on=data["proposed_on"],
            risks=lines(data["risks"]),
            refusal_reason=data["refusal_reason"],
            deviation=self.deviation,
        )

    def _earlier(self) -> Iterator[EarlierStep]:
        by_key: dict[str, StepChoice] = {each.key: each for each in self._steps}
        data = self.cleaned_data
        for row in ROWS:
            chosen = by_key.get(data[f"step_{row}_key"])
            if chosen is not None:
                yield EarlierStep(
                    key=chosen.step,
                    office=chosen.office,
                    person=self._people[data[f"step_{row}_who"]],
                    on=data[f"step_{row}_on"],
                    text=data[f"step_{row}_text"],
                )
