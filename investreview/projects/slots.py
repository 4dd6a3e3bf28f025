"""The material slots of a case as their page shows them: what is asked for, what is there, what was there before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from investreview.projects.catalogue import FORM_SLOT
from investreview.projects.completeness import gaps_of
from investreview.projects.forms.materials import accepted
from investreview.projects.freezing import current_form_code
from investreview.projects.models import Case, MaterialVersion, StoredFile
from investreview.projects.panel import said
from investreview.projects.record import listed
from investreview.projects.routing import Judged, judged
from investreview.rulebook.materials import Missing, Requirement, requirements
from investreview.rulebook.names import LEVELS


@dataclass(frozen=True)
class Slot:
    """One slot: its requirement, the version that counts, the earlier ones, and why it is still missing.

    ``reason`` is empty where it would only repeat the level.
    """

    requirement: Requirement
    name: str
    level: str
    reason: str
    current: MaterialVersion | None
    earlier: tuple[MaterialVersion, ...]
    gap: str

    @property
    def code(self) -> str:
        """The code of the slot."""
        return self.requirement.code

    @property
    def accepted(self) -> str:
        """The endings of the files it takes, e.g. ``.docx,.pdf``."""
        return accepted(self.requirement.kinds)

    @property
    def is_form(self) -> bool:
        """Whether this is form M02, which comes back stamped."""
        return self.code == FORM_SLOT


@dataclass(frozen=True)
class Materials:
    """All slots of a case, the files that fill them or once did, and the version code that form M02 must carry now."""

    slots: tuple[Slot, ...]
    files: tuple[StoredFile, ...]
    form_code: str

    @property
    def missing(self) -> tuple[Slot, ...]:
        """The slots that still ask for something."""
        return tuple(slot for slot in self.slots if slot.gap)


def materials_of(case: Case, on: date) -> Materials:
    """The slots in the order of the catalogue; none while the facts do not say the route yet."""
    return materials_from(judged(case, on))


def materials_from(found: Judged) -> Materials:
    """The same for a case whose facts were judged already."""
    case = found.case
    files = tuple(case.files.filter(fills__isnull=False).distinct().order_by("-id"))
    return Materials(slots=slots_from(found, gaps_of(found)), files=files, form_code=current_form_code(case))


def slots_from(found: Judged, missing: Iterable[Missing]) -> tuple[Slot, ...]:
    """The slots alone, with what is ``missing`` told at each."""
    if found.facts is None or found.decision is None:
        return ()
    versions: dict[str, list[MaterialVersion]] = defaultdict(list)
    for version in listed(found.case, "materials"):
        versions[version.slot].append(version)
    gaps = {gap.code: said(gap.why, gap.why_en) for gap in missing}
    return tuple(
        _slot(asked, versions[asked.code], gaps.get(asked.code, ""))
        for asked in requirements(found.facts, found.decision.route, found.rule_set.data)
    )


def _slot(requirement: Requirement, versions: list[MaterialVersion], gap: str) -> Slot:
    level, reason = said(*LEVELS[requirement.level]), said(requirement.reason, requirement.reason_en)
    return Slot(
        requirement=requirement,
        name=said(requirement.name, requirement.name_en),
        level=level,
        reason="" if reason == level else reason,
        current=next((version for version in versions if version.is_current), None),
        earlier=tuple(version for version in versions if not version.is_current),
        gap=gap,
    )
