"""Which draws somebody may see, and what one of them proves."""

from django.db.models import Q, QuerySet

from investreview.core.errors import Invalid, NotVisible
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.draws import permissions
from investreview.draws import verify_draw as ird
from investreview.draws.evidence import evidence_of
from investreview.draws.kinds import DrawKind, DrawState
from investreview.draws.models import Draw
from investreview.draws.names import RevealedPerson, open_name

SWEEP_SIZE = 50


def draws(scope: Scope) -> QuerySet[Draw]:
    """The draws this person may see, newest first."""
    seen = Q(pk__in=[])
    for kind, roles in (
        (DrawKind.PANEL, permissions.READING_ROLES),
        (DrawKind.SAMPLE, permissions.SAMPLE_READING_ROLES),
    ):
        codes = [path.rstrip("/") for path in scope.paths_for(*roles)]
        seen |= Q(kind=kind, commission__code__in=codes)
    return Draw.objects.filter(seen).select_related("commission").order_by("-pk")


def draw_for(scope: Scope, draw_pk: int) -> Draw:
    """The draw, if this person may see it. Raises: NotVisible (draws_not_visible)."""
    people = ("frozen_by", "announced_by", "witness", "closed_by", "disclosed_by", "round_leader")
    draw = draws(scope).select_related("commission", *people).filter(pk=draw_pk).first()
    if draw is None:
        raise NotVisible("draws_not_visible")
    return draw


def draws_of(subject: Subject, scope: Scope) -> QuerySet[Draw]:
    """The subject's draws that the reader may see, in order."""
    return draws(scope).filter(subject_kind=subject.kind, subject_key=subject.key).order_by("pk")


def stalled_draws() -> list[int]:
    """Draws whose numbers were entered and whose panel is not stored: something died in between."""
    return list(Draw.objects.filter(state=DrawState.ENTROPY).order_by("pk").values_list("pk", flat=True)[:SWEEP_SIZE])


def verdict(draw: Draw) -> list[str]:
    """Nothing when the stored evidence of an ended draw is reproduced, else a sentence for each mismatch.

    Raises: Invalid (draws_evidence_sealed) before the end.
    """
    return ird.verify(evidence_of(draw))


def revealed_person(draw: Draw, no: int, scope: Scope) -> RevealedPerson:
    """The name behind a number that two have revealed, for those who may know it.

    Raises: Forbidden (draws_names_hidden), Invalid (draws_reveal_not_asked).
    """
    permissions.require(permissions.can_see_names(scope, draw))
    if not draw.reveals.filter(member__no=no, confirmed_at__isnull=False).exists():
        raise Invalid("draws_reveal_not_asked", no=no)
    return open_name(draw, no)
