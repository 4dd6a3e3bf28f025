"""People from a table get their accounts and roles in one act: all of them, or nobody."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from investreview.accounts.models import PeopleImport, User
from investreview.accounts.permissions import require_people_manager
from investreview.accounts.roster import MOST_PEOPLE, RosterPerson
from investreview.accounts.services.grants import grant_within
from investreview.accounts.services.people import create_within
from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.journal.services import record
from investreview.registry.models import Commission


def import_people(
    *,
    commission: Commission,
    people: Sequence[RosterPerson],
    key: str,
    file_name: str,
    sha256: str,
    by: User,
    at: datetime,
) -> PeopleImport:
    """Each person has an account without a usable password, and the roles of their row; slips are issued next.

    Sent again with the same ``key``, the first result is answered. At most ``MOST_PEOPLE`` at once, so that nobody
    else waits long (SQLite has one writer). Raises: Forbidden (accounts_security_admin_only), Invalid
    (accounts_roster_empty, accounts_roster_too_long, and whatever ``create_user`` and ``grant_role`` raise).
    Journal: people.import; user.create and role.grant for each.
    """
    require_people_manager(by, commission, at)
    if not people:
        raise Invalid("accounts_roster_empty")
    if len(people) > MOST_PEOPLE:
        raise Invalid("accounts_roster_too_long", limit=MOST_PEOPLE)
    with transaction.atomic():
        Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        earlier = PeopleImport.objects.filter(key=key, imported_by=by).first()
        if earlier is not None:
            return earlier
        made = PeopleImport.objects.create(
            commission=commission, key=key, file_name=file_name, sha256=sha256, imported_by=by, imported_at=at
        )
        users = [_create(person, commission, by, at) for person in people]
        made.people.set(users)
        facts: dict[str, object] = {"file": file_name, "sha256": sha256, "count": len(users)}
        subject = Subject("people_import", str(made.pk))
        record(chain=commission.code, verb="people.import", actor=by.as_actor(), subject=subject, at=at, facts=facts)
        return made


def _create(person: RosterPerson, commission: Commission, by: User, at: datetime) -> User:
    user = create_within(commission, person.new, None, by.as_actor(), at)
    for offer in person.offers:
        grant_within(user, offer, by, by.as_actor(), at)
    return user
