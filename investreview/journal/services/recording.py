"""Writing entries."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from investreview.core.actor import Actor
from investreview.core.characters import visible
from investreview.core.clock import is_demonstration, machine_now
from investreview.core.subject import Subject
from investreview.journal.canonical import canonical_json, instant
from investreview.journal.context import request_id
from investreview.journal.models import LONG, SHORT, DenialWindow, Entry, Unsealed

ACCESS_SUFFIX = ":access"
ANONYMOUS = Actor(id="anonymous", name="未登录")
_KEPT_WINDOW = timedelta(hours=1)


def access_chain(commission: str) -> str:
    """The chain of sign-ins, denials, downloads and prints of one commission (empty: nobody's, before sign-in)."""
    return commission + ACCESS_SUFFIX


def record(
    *,
    chain: str,
    verb: str,
    actor: Actor,
    subject: Subject,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    result: str = "DONE",
) -> Entry:
    """The act is in the journal as soon as the caller's transaction is committed, and waits there for the sealer.

    Raises: TransactionManagementError outside a transaction; ValueError for a time without zone.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("an entry is written in the transaction of the act it tells of")
    if at.tzinfo is None:
        raise ValueError("the time of an act carries its zone")
    columns = {
        "chain": chain,
        "verb": verb,
        "actor_id": _fitted(actor.id, SHORT),
        "actor_name": _fitted(actor.name, LONG),
        "on_behalf_of": _fitted(actor.on_behalf_of, LONG),
        "subject_kind": subject.kind,
        "subject_key": _fitted(subject.key, LONG),
        "result": result,
        "request_id": request_id.get(),
    }
    recorded_at = machine_now()
    content = canonical_json(
        {
            **columns,
            "at": instant(at),
            "recorded_at": instant(recorded_at),
            "clock": "DEMONSTRATION" if is_demonstration() else "REAL",
            "facts": facts or {},
        }
    )
    entry = Entry.objects.create(**columns, at=at, recorded_at=recorded_at, content=content)
    Unsealed.objects.create(entry=entry, chain=chain)
    return entry


def record_access(
    *,
    commission: str,
    verb: str,
    actor: Actor,
    subject: Subject,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    result: str = "DONE",
) -> Entry:
    """A sign-in, denial, export, download or print is in the commission's access chain.

    A denial is recorded after the refused act's transaction has ended: what is rolled back tells nothing.
    """
    with transaction.atomic():
        return record(
            chain=access_chain(commission), verb=verb, actor=actor, subject=subject, at=at, facts=facts, result=result
        )


def record_denial(
    *,
    commission: str,
    address: str,
    subject: Subject,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> Entry | None:
    """An anonymous denial is in the access chain, unless this address was already recorded in this minute.

    Rule: a scan must not fill the journal; denials of a signed-in person go to ``record_access``, each of them.
    Journal: ACCESS_DENIED
    """
    minute = at.replace(second=0, microsecond=0)
    with transaction.atomic():
        windows = DenialWindow.objects.filter(chain=access_chain(commission))
        _window, is_first = windows.get_or_create(
            chain=access_chain(commission), address=_fitted(address, SHORT), minute=minute
        )
        if not is_first:
            return None
        windows.filter(minute__lt=minute - _KEPT_WINDOW).delete()
        return record_access(
            commission=commission,
            verb="ACCESS_DENIED",
            actor=ANONYMOUS,
            subject=subject,
            at=at,
            facts={"address": address, **(facts or {})},
            result="DENIED",
        )


def _fitted(text: str, length: int) -> str:
    """``text`` as a column holds it: also a sign-in under a name of 5,000 NULs is recorded."""
    shown = visible(text)
    return shown if len(shown) <= length else shown[: length - 1] + "…"
