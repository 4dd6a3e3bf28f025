"""Who read or took away what of the past, in the access chain of the commission."""

from datetime import datetime

from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.journal.services import record_access
from investreview.projects.models import Backfill
from investreview.registry.models import Commission


def note_reading(subject: Subject, *, commission: Commission, user: User, scope: Scope, at: datetime) -> None:
    """What an auditor reads is noted, of nobody else. Journal: past.read."""
    if scope.roles_on(commission.path) == {Role.AUDITOR}:
        record_access(commission=commission.code, verb="past.read", actor=user.as_actor(), subject=subject, at=at)


def note_download(request: ScopedRequest, backfill: Backfill, **facts: object) -> None:
    """What is taken away is noted of everybody. Journal: file.download."""
    record_access(
        commission=backfill.commission.code,
        verb="file.download",
        actor=request.user.as_actor(),
        subject=backfill.subject,
        at=clock.now(),
        facts=facts,
    )
