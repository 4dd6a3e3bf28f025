"""Where the value of a field comes from: the plan row, the case before, or typed for this submission."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from investreview.projects.models import Case, Declaration


@dataclass(frozen=True)
class Source:
    """A small tag beside the label; ``tone`` is one of the tones of ``ir-tag``."""

    label: str
    tone: str


def sources_of(case: Case, names: Collection[str]) -> dict[str, Source]:
    """The source of each declared field of ``names``; of a project's first case only what its plan row gave."""
    declaration: Declaration = case.declaration
    before = Declaration.objects.filter(case__project_id=case.project_id, case_id__lt=case.pk).order_by("-case_id")
    earlier = before.select_related("case").first()
    found = {}
    for name in names:
        value = getattr(declaration, name, None)
        if name in ("plan_row", "plan_amount_yuan", "plan_status") and declaration.plan_row:
            found[name] = Source(_("计划第%(row)s行") % {"row": declaration.plan_row}, "blue")
        elif earlier is not None and value not in ("", None, False) and value == getattr(earlier, name, None):
            found[name] = Source(_("往期带入 %(number)s") % {"number": earlier.case.number}, "green")
        elif earlier is not None:
            found[name] = Source(_("本次填写"), "amber")
    return found
