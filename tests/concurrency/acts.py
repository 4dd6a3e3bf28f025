"""Acts of people as the pages send them, ready to be done at once: task, version and key are read beforehand."""

from collections.abc import Callable
from functools import partial
from typing import Any

from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.documents.models import IssuedNumber
from investreview.journal.models import Entry
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.services import checking, releases
from investreview.projects.services.signing import sign
from tests.world import later
from workflows import engine
from workflows.models import WorkItem

AT = later(20)
Done = Callable[[], Case]


def performing(
    case: Case, node: str, user: User, service: engine.Service, *, key: str = "", office: str = "", **facts: Any
) -> Done:
    """The person's submission for the open step ``node``, as the page was when they opened it."""
    present = hands.fresh(case)
    return partial(
        engine.perform,
        task_id=hands.task_of(case, node, office),
        user=user,
        at=AT,
        version=None if office else present.version,
        service=service,
        facts={**facts, "office": office} if office else facts,
        key=key,
    )


def confirming(case: Case, officer: User, key: str = "") -> Done:
    """Completeness is confirmed; the receipt has a number."""
    return performing(case, "check_completeness", officer, checking.confirm_completeness, key=key)


def signing(case: Case, signer: User, key: str = "") -> Done:
    """The reply is signed and numbered."""
    version = hands.letter_version(case)
    return performing(case, "sign", signer, sign, key=key, text="同意。", letter_version=version)


def withdrawing(case: Case, releaser: User) -> Done:
    """The group takes its case back."""
    present = hands.fresh(case)
    return partial(
        engine.cancel,
        record_id=case.pk,
        acting=acting_as(user=releaser, role=Role.ENTERPRISE_RELEASER, path=present.group.path, at=AT),
        at=AT,
        version=present.version,
        service=releases.withdraw,
        facts={"reason": "方案调整。"},
    )


def open_steps(case: Case) -> list[tuple[str, str]]:
    """Where the case is: node and office of each open step."""
    items = WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN)
    return sorted(items.values_list("node", "office"))


def times_in_journal(case: Case, verb: str) -> int:
    """How often the verb stands in the journal of the case."""
    return Entry.objects.filter(subject_key=case.number, verb=verb).count()


def ordinals(series: str) -> list[int]:
    """The numbers given in a series, in order."""
    return sorted(IssuedNumber.objects.filter(series__code=series).values_list("ordinal", flat=True))
