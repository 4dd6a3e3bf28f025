"""What the pages about people share."""

from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.accounts.permissions import can_manage_people
from investreview.core.errors import Forbidden, NotVisible
from investreview.registry.models import Commission


def own_commission(request: ScopedRequest) -> Commission:
    """The commission of the person who asks.

    Raises: NotVisible (accounts_person_not_visible) for an account without one.
    """
    if request.user.commission is None:
        raise NotVisible("accounts_person_not_visible")
    return request.user.commission


def managed_commission(request: ScopedRequest) -> Commission:
    """The commission whose people this person manages.

    Raises: Forbidden (accounts_security_admin_only).
    """
    commission = own_commission(request)
    if not can_manage_people(request.scope, commission):
        raise Forbidden("accounts_security_admin_only")
    return commission


def managed_person(request: ScopedRequest, pk: int) -> User:
    """A person of the managed commission.

    Raises: Forbidden (accounts_security_admin_only), NotVisible (accounts_person_not_visible).
    """
    people = User.objects.select_related("commission", "enterprise", "office")
    person = people.filter(commission=managed_commission(request), pk=pk).first()
    if person is None:
        raise NotVisible("accounts_person_not_visible")
    return person
