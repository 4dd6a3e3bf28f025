"""The form of one past decision, and how it becomes an entry."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.fields import LegalDateField, LineField, MoneyFormField
from investreview.core.money import Unit
from investreview.projects.forms.many_files import ManyFilesField
from investreview.projects.forms.materials import accepted
from investreview.projects.forms.start import EnterpriseChoiceField
from investreview.projects.labels import route_label
from investreview.projects.models import PastDecision
from investreview.projects.models.declaration import KIND_LABELS, NATURE_LABELS
from investreview.projects.models.past import PAST_OUTCOMES, PAST_ROUTES
from investreview.projects.past.entry import PastEntry
from investreview.projects.past.services.papers import PAPER_KINDS
from investreview.projects.past.services.writing import entry_in
from investreview.registry.models import Enterprise

PLEASE = _("请选择")


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    messages = {"required": PLEASE, "invalid_choice": PLEASE}
    return forms.ChoiceField(label=label, choices=[("", PLEASE), *choices], error_messages=messages)


class PastForm(forms.Form):
    """What was decided on paper, as its papers say."""

    name = LineField(label=_("项目名称"), max_length=120, error_messages={"required": _("请填写项目名称。")})
    enterprise = EnterpriseChoiceField(
        queryset=Enterprise.objects.none(),
        empty_label=PLEASE,
        label=_("投资主体"),
        help_text=_("实施项目的企业；监管企业由它的上级确定。"),
    )
    number = LineField(
        label=_("原备案号"),
        max_length=60,
        help_text=_("纸面上的备案号或者文号，照原样填写；系统不另编号。"),
        error_messages={"required": _("请填写原备案号。")},
    )
    document_number = LineField(label=_("原发文字号"), max_length=60, required=False)
    kind = _choice(_("投资类别"), list(KIND_LABELS.items()))
    nature = _choice(_("主业属性"), list(NATURE_LABELS.items()))
    route = _choice(_("办理路径"), [])
    outcome = _choice(_("办理结果"), list(PAST_OUTCOMES))
    amount_yuan = MoneyFormField(label=_("投资额"), unit=Unit.WAN)
    decided_on = LegalDateField(label=_("决定日期"))
    signer = LineField(
        label=_("签发人"),
        max_length=40,
        help_text=_("纸面签发人的姓名；不要求在系统中有账号。"),
        error_messages={"required": _("请填写签发人。")},
    )
    counterparty = LineField(label=_("合作方或者标的"), max_length=120, required=False)
    site = LineField(label=_("建设（投资）地点"), max_length=120, required=False)
    study_number = LineField(label=_("可研报告编号"), max_length=60, required=False)
    completed_on = LegalDateField(
        label=_("竣工验收日期"), required=False, help_text=_("列入后评价范围的依据；未竣工的留空。")
    )
    commissioned_on = LegalDateField(label=_("投运（交割）日期"), required=False)
    actual_yuan = MoneyFormField(label=_("实际完成投资"), unit=Unit.WAN, required=False)
    note = LineField(label=_("备注"), max_length=200, required=False)
    papers = ManyFilesField(label=_("扫描件"), help_text=_("复函、呈批表等纸面文件，可以一次选择几个；供另一人核对。"))
    creation_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Enterprise.objects.filter(commission=user.commission_id).select_related("organisation")
        cast(EnterpriseChoiceField, self.fields["enterprise"]).queryset = bodies.order_by("path")
        routes = [(key, route_label(key)) for key, _name in PAST_ROUTES]
        cast(forms.ChoiceField, self.fields["route"]).choices = [("", PLEASE), *routes]
        self.fields["papers"].widget.attrs["accept"] = accepted(PAPER_KINDS)
        if not self.is_bound:
            self.initial.setdefault("creation_key", uuid4())

    @property
    def entry(self) -> PastEntry:
        """The cleaned fields as an entry."""
        return PastEntry(**{name: self.cleaned_data[name] for name in PastEntry.__dataclass_fields__})

    @property
    def key(self) -> str:
        """What tells a second sending from a second project."""
        return f"past:{self.cleaned_data['creation_key'] or uuid4()}"


def typed_of(decision: PastDecision) -> dict[str, Any]:
    """What the form of a decision that is corrected begins with."""
    entry = entry_in(decision)
    values = {name: getattr(entry, name) for name in PastEntry.__dataclass_fields__}
    return {**values, "enterprise": decision.enterprise_id, "version": decision.backfill.version}


class CorrectionForm(PastForm):
    """The same for an entry that was returned: its scans are there, more may come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].required = False
        self.fields["papers"].help_text = _("已有的扫描件保留；需要时再加。")
