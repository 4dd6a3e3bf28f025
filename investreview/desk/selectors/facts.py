"""The declared facts of a case as the page shows them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from investreview.core.clock import legal_date
from investreview.desk.selectors.mistakes import SlipMark, slip_marks
from investreview.desk.selectors.viewing import Reading
from investreview.projects.corrected import corrected
from investreview.projects.forms.columns import column
from investreview.projects.models import Case, Commitment, Declaration, Party
from investreview.projects.rules import Lateness
from investreview.projects.selectors import lateness_of
from investreview.projects.shown import fact_label

FUNDING_FIELDS = ("own_funds_yuan", "borrowing_yuan", "fiscal_yuan", "other_funds_yuan")
COMMITMENT_FIELDS = ("cash_yuan", "in_kind_yuan", "subscribed_yuan", "shareholder_loan_yuan", "assumed_debt_yuan")
FLAG_FIELDS = (
    "is_strategic_emerging",
    "is_overseas",
    "is_private_acquisition_with_control",
    "involves_staff",
    "controls_project",
)


@dataclass(frozen=True)
class Amount:
    """A named amount. Units: yuan; ``share_bps`` of the total where that says something."""

    name: str
    yuan: Decimal
    routes: bool = False
    share_bps: int | None = None
    key: str = ""


@dataclass(frozen=True)
class EntityCommitment:
    """What one entity of the group commits, part by part."""

    enterprise: str
    total_yuan: Decimal
    parts: tuple[Amount, ...]
    paid_in_yuan: Decimal


@dataclass(frozen=True)
class Original:
    """The amount in its own currency with rate and date."""

    currency: str
    amount: Decimal
    rate: str
    rate_on: date | None


@dataclass(frozen=True)
class DatedFact:
    """A date of the declaration, and what is wrong with it."""

    name: str
    on: date | None
    flag: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything the enterprise declares, prepared for the page."""

    declaration: Declaration
    tags: tuple[str, ...]
    components: tuple[Amount, ...]
    phases: tuple[Amount, ...]
    commitments: tuple[EntityCommitment, ...]
    funding: tuple[Amount, ...]
    funding_total_yuan: Decimal
    parties: tuple[Party, ...]
    dates: tuple[DatedFact, ...]
    timeliness: Lateness | None
    original: Original | None
    matters: tuple[tuple[str, str], ...]
    slips: dict[str, SlipMark]


def facts(reading: Reading, routing_field: str) -> Facts:
    """The facts of the case as its slips correct them.

    ``routing_field`` names the component that routes, empty while nothing does.
    """
    case = corrected(reading.case)
    declaration: Declaration = case.declaration
    phases = list(declaration.phases.all())
    lines = list(declaration.commitments.all())
    total = sum((phase.total_yuan for phase in phases), Decimal(0))
    own = sum((line.total_yuan for line in lines), Decimal(0))
    late = lateness_of(case)
    return Facts(
        declaration=declaration,
        tags=_tags(declaration),
        components=(
            Amount(_("项目总投资"), total, routing_field == "total_investment_yuan"),
            Amount(_("本集团承诺出资"), own, routing_field == "own_commitment_yuan"),
        ),
        phases=tuple(Amount(phase.name, phase.total_yuan) for phase in phases),
        commitments=tuple(_commitment(line) for line in lines),
        funding=_funding(declaration),
        funding_total_yuan=declaration.funds_total_yuan,
        parties=tuple(declaration.parties.all()),
        dates=_dates(case, late),
        timeliness=late,
        original=_original(declaration),
        matters=_matters(declaration),
        slips=slip_marks(reading),
    )


def _tags(declaration: Declaration) -> tuple[str, ...]:
    flags = [fact_label(name) for name in FLAG_FIELDS[:-1] if getattr(declaration, name)]
    control = _("本集团控制该项目") if declaration.controls_project else _("本集团不控制该项目")
    return (*flags, control)


def _commitment(line: Commitment) -> EntityCommitment:
    parts = tuple(
        Amount(str(column(Commitment, name).verbose_name), getattr(line, name))
        for name in COMMITMENT_FIELDS
        if getattr(line, name)
    )
    return EntityCommitment(line.enterprise.short_name, line.total_yuan, parts, line.paid_in_yuan)


def _funding(declaration: Declaration) -> tuple[Amount, ...]:
    total = declaration.funds_total_yuan
    return tuple(
        Amount(fact_label(name), amount, share_bps=int(amount * 10_000 / total), key=name)
        for name in FUNDING_FIELDS
        if (amount := getattr(declaration, name))
    )


def _dates(case: Case, late: Lateness | None) -> tuple[DatedFact, ...]:
    declaration = case.declaration
    released_on = legal_date(case.first_released_at) if case.first_released_at is not None else None
    again_on = legal_date(case.released_at) if case.released_at is not None else None
    again = (DatedFact(_("补正后再次报送"), again_on),) if again_on != released_on else ()

    def invested(on: date | None) -> str:
        return _("先投后备") if on is not None and released_on is not None and on <= released_on else ""

    return (
        DatedFact(fact_label("decided_on"), declaration.decided_on),
        DatedFact(fact_label("report_on"), declaration.report_on),
        DatedFact(_("应报送日期"), case.report_by),
        DatedFact(_("实际报送日期"), released_on, _("迟报") if late is not None and late.is_late else ""),
        *again,
        DatedFact(fact_label("contract_on"), declaration.contract_on, invested(declaration.contract_on)),
        DatedFact(fact_label("payment_on"), declaration.payment_on, invested(declaration.payment_on)),
    )


def _original(declaration: Declaration) -> Original | None:
    if not declaration.currency or declaration.currency_amount is None:
        return None
    millionths = declaration.currency_rate_millionths
    rate = f"{Decimal(millionths) / 1_000_000:f}" if millionths is not None else "—"
    return Original(declaration.currency, declaration.currency_amount, rate, declaration.currency_rate_on)


def _matters(declaration: Declaration) -> tuple[tuple[str, str], ...]:
    names = ("prohibited_matter", "special_matter")
    return tuple((fact_label(name), getattr(declaration, name) or _("不涉及")) for name in names)
