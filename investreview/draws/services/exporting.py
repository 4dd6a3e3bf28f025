"""The evidence file: what is handed out once a draw has ended, and what ``verify_draw.py`` reads."""

import json
from datetime import datetime

from investreview.accounts.models import User
from investreview.core.errors import NotVisible
from investreview.core.scope import Scope
from investreview.draws import permissions
from investreview.draws import verify_draw as ird
from investreview.draws.evidence import evidence_of, openings_of
from investreview.draws.kinds import DrawKind
from investreview.draws.models import Draw
from investreview.draws.services.common import require_own_scope
from investreview.journal.services import record_access


def export_evidence(*, draw_pk: int, confidential: bool, user: User, scope: Scope, at: datetime) -> bytes:
    """The evidence file of a draw that has ended; the confidential one opens the name behind every number.

    Raises: NotVisible, Forbidden (draws_names_hidden), Invalid (draws_evidence_sealed, draws_seal_broken).
    Journal: draw.export, in the access chain.
    """
    require_own_scope(user, scope)
    draw = Draw.objects.select_related("commission").filter(pk=draw_pk).first()
    if draw is None or permissions.can_read(scope, draw):
        raise NotVisible("draws_not_visible")
    evidence = evidence_of(draw)
    if confidential and draw.kind == DrawKind.PANEL:
        permissions.require(permissions.can_have_names_as_evidence(scope, draw))
        evidence["openings"] = openings_of(draw)
    record_access(
        commission=draw.commission.code,
        verb="draw.export",
        actor=user.as_actor(),
        subject=draw.subject,
        at=at,
        facts={"draw": draw.pk, "number": draw.number or "", "is_confidential": confidential},
    )
    ird.canonical(evidence)
    return json.dumps(evidence, ensure_ascii=False, indent=1).encode()
