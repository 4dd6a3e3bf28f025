"""What the pages of the pools share: whose pool, as whom, and how a refused form is shown again."""

from collections.abc import Callable
from datetime import datetime

from experts.forms.base import VersionedForm
from experts.models import Expert
from experts.permissions import POOL_WRITERS, can_read_pool
from experts.selectors.pool import expert_by_number
from investreview.accounts.http import ScopedRequest
from investreview.accounts.views.common import own_commission
from investreview.core import clock
from investreview.core.errors import DomainError, Forbidden, Stale
from investreview.core.roles import Role
from investreview.journal.services import record_access
from investreview.projects.acting import Acting
from investreview.projects.permissions import acting_as
from investreview.registry.forms import show_error
from investreview.registry.models import Commission


def pool_reader(request: ScopedRequest, at: datetime) -> tuple[Commission, Acting]:
    """The commission whose pools this person may know, and as whom they read: also for a head or keeper on leave.

    Raises: Forbidden (experts_pool_readers_only); NotVisible for an account without commission.
    """
    commission = own_commission(request)
    if can_read_pool(request.scope, commission):
        return commission, Acting(user=request.user, scope=request.scope)
    for role in sorted(POOL_WRITERS):
        try:
            return commission, acting_as(user=request.user, role=role, path=commission.path, at=at)
        except Forbidden:
            continue
    raise Forbidden("experts_pool_readers_only")


def pool_actor(request: ScopedRequest, at: datetime, *roles: Role) -> tuple[Commission, Acting]:
    """The same for an act that one of ``roles`` does. Raises: Forbidden (experts_role_missing), as above."""
    commission, _reader = pool_reader(request, at)
    for role in roles:
        try:
            return commission, acting_as(user=request.user, role=role, path=commission.path, at=at)
        except Forbidden:
            continue
    raise Forbidden("experts_role_missing", role=" / ".join(str(role.label) for role in roles))


def only_audits(acting: Acting, commission: Commission) -> bool:
    """Whether this person may read the pool but do nothing with it."""
    return not acting.scope.holds_any(POOL_WRITERS, commission.path)


def note_audit(acting: Acting, expert: Expert, at: datetime) -> None:
    """Journal: expert.read, in the access chain, when somebody reads who only audits."""
    if only_audits(acting, expert.commission):
        record_access(
            commission=expert.commission.code,
            verb="expert.read",
            actor=acting.actor,
            subject=expert.subject,
            at=at,
        )


def is_done(form: VersionedForm, act: Callable[[], object], current_version: Callable[[], int]) -> bool:
    """Whether the act was done; a refusal stands in the form, a stale one then speaks of the record as it is."""
    try:
        act()
    except Stale as error:
        form.renew(current_version())
        show_error(form, error)
        return False
    except DomainError as error:
        if isinstance(error, Forbidden):
            raise
        show_error(form, error)
        return False
    return True


def find_expert(request: ScopedRequest, number: str) -> tuple[Expert, Acting, datetime]:
    """The expert of one's own commission, as whom one reads, and the time.

    Raises: Forbidden (experts_pool_readers_only), NotVisible (experts_pool_not_visible).
    """
    at = clock.now()
    commission, acting = pool_reader(request, at)
    return expert_by_number(commission, number), acting, at
