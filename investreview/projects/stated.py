"""Everything a draft states, line by line as people read it: the summary to which the enterprise will be held."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from investreview.core.money import format_yuan, in_capitals
from investreview.projects.forms.columns import column
from investreview.projects.forms.facts import FactsForm
from investreview.projects.forms.rows import COMMITTED
from investreview.projects.freezing import plain
from investreview.projects.models import Case, Commitment, Declaration
from investreview.projects.shown import PROJECT_NAME, fact_label, fact_text, wan_text
from investreview.projects.steps import WRITTEN, StepKey

_ALONE = frozenset({"name", "currency_amount", "currency_rate_millionths", "currency_rate_on"})


@dataclass(frozen=True)
class Line:
    """One stated fact; ``more`` is an amount in yuan and in capital letters."""

    label: str
    text: str
    more: str = ""


@dataclass(frozen=True)
class Stated:
    """The lines of each step, the sums that route, and the rows behind them."""

    basics: tuple[Line, ...]
    investment: tuple[Line, ...]
    matters: tuple[Line, ...]
    phases: tuple[Line, ...]
    commitments: tuple[tuple[str, tuple[Line, ...]], ...]
    parties: tuple[Line, ...]


def stated(case: Case) -> Stated:
    """The statement of a case as it is saved now."""
    declaration: Declaration = case.declaration
    phases = [_amount(phase.name, phase.total_yuan) for phase in declaration.phases.all()]
    total = sum((phase.total_yuan for phase in declaration.phases.all()), Decimal(0))
    own = sum((line.total_yuan for line in declaration.commitments.all()), Decimal(0))
    name = Line(fact_label(PROJECT_NAME), case.project.name)
    return Stated(
        basics=(name, *_lines(declaration, StepKey.BASICS)),
        investment=(*_lines(declaration, StepKey.INVESTMENT), *_original(declaration)),
        matters=_lines(declaration, StepKey.PLEDGES),
        phases=(*phases, _amount(_("项目总投资合计"), total), _amount(_("承诺出资合计"), own)),
        commitments=tuple((line.enterprise.short_name, _commitment(line)) for line in declaration.commitments.all()),
        parties=tuple(
            Line(party.get_role_display(), party.organisation.name, party.organisation.credit_code or "")
            for party in declaration.parties.all()
        ),
    )


def _lines(declaration: Declaration, step: StepKey) -> tuple[Line, ...]:
    """The facts of one step in the order in which they are asked for; an empty one says so."""
    names = [name for name in FactsForm.base_fields if name in WRITTEN[step].fields and name not in _ALONE]
    return tuple(_line(declaration, name) for name in names)


def _line(declaration: Declaration, name: str) -> Line:
    value = getattr(declaration, name)
    if isinstance(value, Decimal):
        return _amount(fact_label(name), value)
    return Line(fact_label(name), fact_text(name, plain(value)) or "—")


def _amount(label: str, yuan: Decimal) -> Line:
    return Line(label, wan_text(f"{yuan:.2f}"), f"{format_yuan(yuan)} {_('元')} · {in_capitals(yuan)}")


def _original(declaration: Declaration) -> tuple[Line, ...]:
    """The amount in its own currency with rate and date, where there is one."""
    amount, millionths = declaration.currency_amount, declaration.currency_rate_millionths
    if not declaration.currency or amount is None:
        return ()
    rate = f"{Decimal(millionths or 0) / 1_000_000:f}" if millionths else "—"
    dated = fact_text("currency_rate_on", plain(declaration.currency_rate_on)) or "—"
    return (Line(fact_label("currency_amount"), f"{declaration.currency} {format_yuan(amount)}", f"{rate} · {dated}"),)


def _commitment(line: Commitment) -> tuple[Line, ...]:
    amounts = [(name, getattr(line, name)) for name in COMMITTED]
    return tuple(_amount(str(column(Commitment, name).verbose_name), yuan) for name, yuan in amounts if yuan)
