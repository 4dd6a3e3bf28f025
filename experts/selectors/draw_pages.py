"""All draws of a commission as their readers list them, and one of them by number; never a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from experts.models import Panel
from experts.permissions import NAMING_ROLES
from investreview.core.errors import NotVisible
from investreview.core.scope import Scope
from investreview.documents.models import Document
from investreview.documents.selectors import documents_of
from investreview.draws import permissions
from investreview.draws import selectors as draws
from investreview.draws.facts import Ceremony
from investreview.draws.kinds import ENDED, DrawKind
from investreview.draws.models import Draw
from investreview.registry.models import Commission

PAGE_LENGTH = 50


@dataclass(frozen=True)
class DrawLine:
    """One draw: which one, for what, how far, how often this subject was drawn."""

    draw_pk: int
    number: str
    seq: int | None
    kind: str
    subject: str
    round: int
    state: str
    outcome: str
    is_ended: bool
    pool_size: int
    frozen_at: datetime
    drawn_at: datetime | None
    wave_count: int
    panel_id: int


@dataclass(frozen=True)
class DrawList:
    """A page of draws, newest first, and the figures of the commissions that the reader sees.

    ``may_open_panels``: the page of each draw's panel is for this reader too.
    """

    lines: tuple[DrawLine, ...]
    next_before: int
    announced_count: int
    later_round_count: int
    withdrawn_count: int
    may_check: bool
    may_open_panels: bool


@dataclass(frozen=True)
class DrawPage:
    """One draw by number with its papers; ``may_have_names``: the confidential evidence is for this reader."""

    draw: Ceremony
    panel: Panel | None
    is_ended: bool
    may_have_names: bool
    papers: tuple[Document, ...]


def draw_list(scope: Scope, *, before: int | None = None) -> DrawList:
    """The draws this person may see. Raises: NotVisible (draws_not_visible) for somebody who sees none at all."""
    if not scope.paths_for(*permissions.SAMPLE_READING_ROLES):
        raise NotVisible("draws_not_visible")
    seen = draws.draws(scope)
    page = seen.filter(pk__lt=before) if before else seen
    found = list(page[: PAGE_LENGTH + 1])
    shown = found[:PAGE_LENGTH]
    panels = dict(Panel.objects.filter(draw__in=shown).values_list("draw_id", "pk"))
    return DrawList(
        lines=tuple(_line(draw, panels.get(draw.pk, 0)) for draw in shown),
        next_before=shown[-1].pk if len(found) > PAGE_LENGTH else 0,
        announced_count=seen.filter(seq__isnull=False).count(),
        later_round_count=seen.filter(round__gt=1, seq__isnull=False).count(),
        withdrawn_count=seen.filter(state="WITHDRAWN").count(),
        may_check=bool(scope.paths_for(*permissions.EVIDENCE_ROLES)),
        may_open_panels=bool(scope.paths_for(*NAMING_ROLES)),
    )


def draw_page(scope: Scope, draw_pk: int) -> DrawPage:
    """One draw. Raises: NotVisible (draws_not_visible)."""
    shown = draws.ceremony(scope, draw_pk)
    draw = draws.draw_for(scope, draw_pk)
    panel = Panel.objects.select_related("case__rule_set", "draw").filter(draw=draw).first()
    return DrawPage(
        draw=shown,
        panel=panel,
        is_ended=draw.state in ENDED,
        may_have_names=draw.kind == DrawKind.PANEL and not permissions.can_have_names_as_evidence(scope, draw),
        papers=tuple(documents_of(panel.subject, scope)) if panel is not None else (),
    )


def commissions_to_check(scope: Scope) -> Iterator[Commission]:
    """The commissions whose chain this person may have recomputed."""
    codes = [path.rstrip("/") for path in scope.paths_for(*permissions.EVIDENCE_ROLES)]
    yield from Commission.objects.filter(code__in=codes).order_by("code")


def command_of(number: str, request_hash: str) -> str:
    """How anybody recomputes a draw: with the file, and the fingerprint of the signed paper."""
    return f"python3 verify_draw.py {number}.json --request {request_hash}"


def _line(draw: Draw, panel_id: int) -> DrawLine:
    return DrawLine(
        draw_pk=draw.pk,
        number=draw.number or "",
        seq=draw.seq,
        kind=str(DrawKind(draw.kind).label),
        subject=draw.subject_key,
        round=draw.round,
        state=str(draw.get_state_display()),
        outcome=str(draw.get_outcome_display()),
        is_ended=draw.state in ENDED,
        pool_size=draw.pool_size,
        frozen_at=draw.frozen_at,
        drawn_at=draw.drawn_at,
        wave_count=draw.wave_count,
        panel_id=panel_id,
    )
