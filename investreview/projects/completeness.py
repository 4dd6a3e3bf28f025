"""Whether a case has everything: declared facts, open procedure, materials; live while typing, binding at release."""

from datetime import date
from decimal import Decimal

from investreview.core.errors import Invalid
from investreview.core.money import format_wan
from investreview.projects.catalogue import FORM_SLOT
from investreview.projects.freezing import current_form_code
from investreview.projects.models import Case, Declaration
from investreview.projects.record import current_materials
from investreview.projects.requirements import requirements_as_judged
from investreview.projects.routing import Judged, decide, judged, not_open
from investreview.rulebook.materials import Missing, Presence, missing
from investreview.rulebook.routing import Decision, Reason, Route

REQUIRED_FACTS = (
    "kind",
    "nature",
    "summary",
    "plan_status",
    "report_number",
    "decided_on",
    "contact_name",
    "contact_phone",
)
PHASE_WORDS = ("一期", "首期", "启动区", "子项", "标段")


def field_label(name: str) -> str:
    """What a field of the declaration is called on screen."""
    labels = {field.name: str(field.verbose_name) for field in Declaration._meta.concrete_fields}
    return labels[name]


def fields_missing(case: Case) -> tuple[str, ...]:
    """The names of required facts that are still empty; ``phases`` where no phase has an amount."""
    declaration: Declaration = case.declaration
    names = [name for name in REQUIRED_FACTS if getattr(declaration, name) in ("", None)]
    if not any(phase.total_yuan for phase in declaration.phases.all()):
        names.append("phases")
    return tuple(names)


def facts_missing(case: Case) -> tuple[str, ...]:
    """The labels of required facts that are still empty."""
    return tuple("项目总投资" if name == "phases" else field_label(name) for name in fields_missing(case))


def phase_word(name: str) -> str:
    """The word in a project's name that says there are phases; empty when there is none (DOMAIN §2)."""
    return next((word for word in PHASE_WORDS if word in name), "")


def require_declared(case: Case, on: date) -> None:
    """Nothing happens when every required fact is there and the facts agree with each other.

    Raises: Invalid (projects_facts_missing, projects_decided_in_future, projects_phases_needed,
    projects_funds_do_not_add_up).
    """
    empty = facts_missing(case)
    if empty:
        raise Invalid("projects_facts_missing", fields="、".join(empty))
    declaration: Declaration = case.declaration
    if declaration.decided_on is not None and declaration.decided_on > on:
        raise Invalid("projects_decided_in_future", field="decided_on", decided_on=declaration.decided_on)
    word = phase_word(case.project.name)
    phases = list(declaration.phases.all())
    if word and len(phases) < 2:
        raise Invalid("projects_phases_needed", field="phases", word=word)
    require_funds_add_up(case)


def require_funds_add_up(case: Case) -> None:
    """Nothing happens when the declared sources are the total investment.

    Raises: Invalid (projects_funds_do_not_add_up).
    """
    declaration: Declaration = case.declaration
    total = sum((phase.total_yuan for phase in declaration.phases.all()), Decimal(0))
    if declaration.funds_total_yuan != total:
        raise Invalid(
            "projects_funds_do_not_add_up",
            field="own_funds_yuan",
            sources=format_wan(declaration.funds_total_yuan),
            total=format_wan(total),
            difference=format_wan(abs(declaration.funds_total_yuan - total)),
        )


def require_open_procedure(case: Case, on: date) -> None:
    """Nothing happens when the route and all duties of the case are open in this system.

    Raises: Invalid (projects_blocked, projects_procedure_not_open). The draft stays saved and explained.
    """
    require_open(decide(case, on))


def require_open(decision: Decision) -> None:
    """Nothing happens when the route and all duties of the decision are open in this system.

    Raises: Invalid (projects_blocked, projects_procedure_not_open).
    """
    if decision.route is Route.BLOCKED:
        raise Invalid("projects_blocked", citation=_citation(decision.reasons))
    closed = not_open(decision)
    if closed:
        from investreview.projects.labels import procedure_label

        raise Invalid("projects_procedure_not_open", procedure=procedure_label(closed))


def _citation(reasons: tuple[Reason, ...]) -> str:
    return next((reason.citation for reason in reasons if reason.matched), "")


def presence(case: Case) -> dict[str, Presence]:
    """What fills each slot now; a stamped form whose code is no longer current counts as not there."""
    found = {}
    for version in current_materials(case):
        stale = version.slot == FORM_SLOT and version.version_code != current_form_code(case)
        found[version.slot] = Presence(
            file=version.file is not None and not stale,
            chapter_pages=f"{version.page_from}-{version.page_to}" if version.is_chapter else "",
            promised_on=version.promised_on,
        )
    return found


def materials_missing(case: Case, on: date) -> tuple[Missing, ...]:
    """What the catalogue still asks for; empty when the case is complete."""
    return gaps_of(judged(case, on))


def gaps_of(found: Judged) -> tuple[Missing, ...]:
    """The same for a case whose facts were judged already."""
    asked = requirements_as_judged(found)
    return missing(asked, presence(found.case)) if asked else ()


def require_complete(case: Case, on: date) -> None:
    """Nothing happens when no required material is missing.

    Raises: Invalid (projects_materials_missing) naming all of them at once (一次性告知).
    """
    gaps = materials_missing(case, on)
    if gaps:
        raise Invalid("projects_materials_missing", missing="；".join(f"{gap.code} {gap.name}" for gap in gaps))
