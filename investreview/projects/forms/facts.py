"""The declared facts of a case, apart from its rows (phases, commitments, parties)."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LegalDateField, LineField, MoneyFormField, TextBlockField
from investreview.core.money import Unit
from investreview.core.text import LINE_LENGTH
from investreview.projects.forms.columns import column
from investreview.projects.forms.fields import CurrencyField, FixedPointField
from investreview.projects.models import Declaration

NOT_CHOSEN = [("", _("请选择"))]
PERCENT_PLACES = 2
RATE_PLACES = 6
FUNDING = ("own_funds_yuan", "borrowing_yuan", "fiscal_yuan", "other_funds_yuan")


def _label(name: str) -> Any:
    return column(Declaration, name).verbose_name


def _choice(name: str, **kwargs: Any) -> forms.ChoiceField:
    choices = column(Declaration, name).get_choices(include_blank=False)
    return forms.ChoiceField(label=_label(name), choices=[*NOT_CHOSEN, *choices], required=False, **kwargs)


def _line(name: str, **kwargs: Any) -> LineField:
    length = column(Declaration, name).max_length or LINE_LENGTH
    return LineField(label=_label(name), max_length=length, required=False, **kwargs)


def _block(name: str, *, max_length: int, rows: int, **kwargs: Any) -> TextBlockField:
    widget = forms.Textarea({"rows": rows})
    return TextBlockField(label=_label(name), max_length=max_length, required=False, widget=widget, **kwargs)


def _money(name: str, **kwargs: Any) -> MoneyFormField:
    return MoneyFormField(label=_label(name), required=False, **kwargs)


def _day(name: str, **kwargs: Any) -> LegalDateField:
    return LegalDateField(label=_label(name), required=False, **kwargs)


def _flag(name: str, **kwargs: Any) -> forms.BooleanField:
    return forms.BooleanField(label=_label(name), required=False, **kwargs)


class FactsForm(forms.Form):
    """A draft may be saved unfinished: only the project's name is always needed. Units: money in 万元 as typed.

    ``only`` these fields are on it.
    """

    name = LineField(label=_("项目名称"), max_length=120, error_messages={"required": _("请填写项目名称。")})
    kind = _choice("kind")
    nature = _choice("nature", help_text=_("以市国资委核定的主业目录为准。"))
    main_business = _line("main_business", help_text=_("例如：港口物流。"))
    site = _line("site")
    summary = _block("summary", max_length=20_000, rows=5, help_text=_("建设（投资）规模、主要内容、实施周期。"))
    is_strategic_emerging = _flag("is_strategic_emerging")
    is_overseas = _flag("is_overseas")
    is_private_acquisition_with_control = _flag("is_private_acquisition_with_control")
    involves_staff = _flag("involves_staff")

    controls_project = _flag(
        "controls_project", help_text=_("控制该项目的，分档金额按出资承诺与项目总投资中较大者计算。")
    )
    own_funds_yuan = _money("own_funds_yuan")
    borrowing_yuan = _money("borrowing_yuan")
    fiscal_yuan = _money("fiscal_yuan")
    other_funds_yuan = _money("other_funds_yuan")
    irr_bps = FixedPointField(
        label=_("预计内部收益率（%）"),
        places=PERCENT_PLACES,
        minimum=-100_00,
        maximum=1000_00,
        example="8.35",
        required=False,
    )
    payback_months = FixedPointField(label=_label("payback_months"), minimum=1, maximum=1200, required=False)

    plan_status = _choice("plan_status")
    plan_row = _line("plan_row", help_text=_("年度投资计划中的行号。"))
    plan_amount_yuan = _money("plan_amount_yuan")

    decided_on = _day("decided_on", help_text=_("集团董事会作出决策的日期；据此计算应报送日期。"))
    contract_on = _day("contract_on")
    payment_on = _day("payment_on")
    report_number = _line("report_number", help_text=_("例如：港控投〔2024〕31号。"))
    report_on = _day("report_on")
    study_number = _line("study_number")

    currency = CurrencyField(label=_label("currency"), required=False, help_text=_("非人民币投资时填写，例如 USD。"))
    currency_amount = MoneyFormField(
        label=_label("currency_amount"),
        unit=Unit.YUAN,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        required=False,
        help_text=_("以原币种的基本单位计，最多两位小数，例如 2,500,000.00。"),
    )
    currency_rate_millionths = FixedPointField(
        label=_("折算汇率"),
        places=RATE_PLACES,
        minimum=1,
        maximum=1_000_000_000_000,
        example="7.1268",
        required=False,
        help_text=_("1 单位原币折合人民币元，最多六位小数。"),
    )
    currency_rate_on = _day("currency_rate_on")

    prohibited_matter = _block(
        "prohibited_matter", max_length=4000, rows=2, help_text=_("每行一项；不涉及的留空。涉及的可以保存，不能报送。")
    )
    special_matter = _block("special_matter", max_length=4000, rows=2, help_text=_("每行一项；不涉及的留空。"))

    contact_name = _line("contact_name")
    contact_phone = _line("contact_phone")
    mark = forms.ChoiceField(
        label=_label("mark"),
        choices=Declaration.Mark.choices,
        help_text=_("印在每一页上。本系统为非涉密系统，严禁处理国家秘密。"),
    )

    def __init__(self, *args: Any, only: Collection[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if only is not None:
            self.fields = {name: field for name, field in self.fields.items() if name in only}

    @property
    def filled(self) -> dict[str, object]:
        """The cleaned facts as the declaration keeps them; an amount left empty is zero where it must be one."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "name"}
        return facts | {name: facts[name] or Decimal(0) for name in FUNDING if name in facts}
