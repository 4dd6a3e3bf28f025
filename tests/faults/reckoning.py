"""After the storm: the clients' ledger against the database, the mail sink, the PDFs and the journal."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.models import Count

from investreview.core import clock
from investreview.core.models import SignOfLife
from investreview.core.signs import last_signs
from investreview.documents.kinds import RenditionState
from investreview.documents.models import IssuedNumber, Rendition
from investreview.documents.services import make_rendition
from investreview.documents.services.renditions import LEASE as RENDERING_LEASE
from investreview.journal.heads import read_heads
from investreview.journal.models import Entry, Unsealed
from investreview.journal.services import seal, verify
from investreview.notices.models import Notice
from investreview.notices.services import send_due_mail
from investreview.notices.services.mail import LEASE as MAIL_LEASE
from investreview.projects.models import Case
from tests.faults.clients import Ledger
from workflows.models import Escalation, ReviewProcess, WorkItem
from workflows.watchdog import find_stalled

MESSAGE = re.compile(r"^Message-ID: <notice-(\d+)@", re.MULTILINE)
SECOND = timedelta(seconds=1)


@dataclass
class Reckoning:
    """What is missing and what is there twice; both empty is what was promised."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)


def outlast_leases() -> None:
    """It is later than every lease of the dead: what they had begun was done by somebody else; all is sealed."""
    later = clock.now() + RENDERING_LEASE + SECOND
    for pk in Rendition.objects.filter(state=RenditionState.PENDING).values_list("pk", flat=True):
        make_rendition(pk, at=later)
    send_due_mail(now=clock.machine_now() + MAIL_LEASE + SECOND)
    while seal():
        pass


def reckon(ledger: Ledger, usual: Counter[str], commission: str, *, idle: str) -> Reckoning:
    """The books are compared; ``usual`` is what a case that met no storm wrote into the journal.

    ``idle`` is a case on which nobody acted and which is overdue: the clocks reminded of it.
    """
    result = Reckoning()
    _acts(ledger, idle, result)
    _reminders(idle, result)
    _journal(ledger, usual, commission, result)
    _numbers(ledger, result)
    _pdfs(result)
    _mails(ledger, result)
    silent = sorted({*SignOfLife.Process.values} - set(last_signs()))
    result.lost += [f"no sign of life of {name}" for name in silent]
    stalled = find_stalled(clock.now())
    result.lost += [f"{stalled} stalled processes"] if stalled else []
    return result


def entries_of(number: str) -> Counter[str]:
    """How often each verb stands in the business journal of a case."""
    entries = Entry.objects.filter(subject_key=number).exclude(chain__endswith=":access")
    return Counter(entries.values_list("verb", flat=True))


def _acts(ledger: Ledger, idle: str, result: Reckoning) -> None:
    done = (
        WorkItem.objects.filter(state=WorkItem.State.DONE)
        .exclude(case__number=idle)
        .values_list("case__number", "node", "act", "done_key", "done_by__username")
    )
    there = Counter(done)
    told = {(line.number, line.node, line.act, line.key, line.username) for line in ledger.lines}
    result.lost += [f"acknowledged, not there: {line}" for line in sorted(told - set(there))]
    result.doubled += [f"there, never acknowledged: {line}" for line in sorted(set(there) - told)]
    result.doubled += [f"{count} times: {line}" for line, count in there.items() if count > 1]
    twice = WorkItem.objects.filter(state=WorkItem.State.DONE).values("case", "node").annotate(times=Count("pk"))
    result.doubled += [f"step done twice: {line}" for line in twice.filter(times__gt=1)]
    ended = set(Case.objects.filter(number__in=ledger.finished, acknowledged_at__isnull=False).values_list("number"))
    result.lost += [f"not at its end: {number}" for number in ledger.finished if (number,) not in ended]
    result.figures |= {"acts acknowledged": len(told), "acts in the database": sum(there.values())}
    result.figures["processes"] = ReviewProcess.objects.count()


def _journal(ledger: Ledger, usual: Counter[str], commission: str, result: Reckoning) -> None:
    for number in ledger.finished:
        written = entries_of(number)
        result.lost += [f"journal of {number} lacks {verb}" for verb in (usual - written)]
        result.doubled += [f"journal of {number} has more {verb}" for verb in (written - usual)]
    report = verify(commission, read_heads(settings.HEADS_LOG))
    if not report.is_whole or Unsealed.objects.exists():
        result.lost.append(f"journal: {report}")
    result.figures["journal entries verified"] = report.checked_count


def _reminders(idle: str, result: Reckoning) -> None:
    happened = Escalation.objects.filter(case__number=idle).count()
    told = Counter(Notice.objects.filter(dedupe_key__startswith="escalation:").values_list("user", "dedupe_key"))
    if happened != entries_of(idle)["case.escalate"] or not happened:
        result.lost.append(f"{happened} reminders, {entries_of(idle)['case.escalate']} in the journal")
    result.doubled += [f"reminded {count} times: {line}" for line, count in told.items() if count > 1]
    result.figures["reminders by two clocks"] = happened


def _numbers(ledger: Ledger, result: Reckoning) -> None:
    for series in IssuedNumber.objects.values_list("series__code", flat=True).distinct():
        given = sorted(IssuedNumber.objects.filter(series__code=series).values_list("ordinal", flat=True))
        if given != list(range(1, len(given) + 1)):
            result.lost.append(f"gap or repetition in series {series}: {given}")
    result.figures["numbers given"] = IssuedNumber.objects.count()


def _pdfs(result: Reckoning) -> None:
    for rendition in Rendition.objects.all():
        path = Path(settings.MEDIA_ROOT) / rendition.file.name if rendition.file else None
        is_whole = path is not None and path.exists() and sha256(path.read_bytes()).hexdigest() == rendition.sha256
        if rendition.state != RenditionState.DONE or not is_whole:
            result.lost.append(f"PDF {rendition.pk} is {rendition.state} {rendition.error}")
    made = Entry.objects.filter(verb="document.render").count()
    if made > Rendition.objects.count():
        result.doubled.append(f"{made} renderings told of {Rendition.objects.count()} PDFs")
    result.figures["PDFs"] = Rendition.objects.count()
    result.figures["PDF attempts"] = sum(Rendition.objects.values_list("attempts", flat=True))


def _mails(ledger: Ledger, result: Reckoning) -> None:
    found = [int(key) for file in Path(settings.EMAIL_FILE_PATH).glob("*") for key in MESSAGE.findall(file.read_text())]
    sent = set(Notice.objects.filter(mail_state=Notice.Mail.SENT).values_list("pk", flat=True))
    result.lost += [f"mail of notice {key} said to be sent" for key in sorted(sent - set(found))]
    asked = Notice.objects.filter(dedupe_key__startswith="storm:").count()
    steps = sum(line.node != "begin" for line in ledger.lines)
    result.lost += [f"{steps - asked} notices"] if steps != asked else []
    waiting = Notice.objects.filter(mail_state__in=[Notice.Mail.PENDING, Notice.Mail.FAILED])
    result.lost += [f"mail of notice {notice.pk} is {notice.mail_state}" for notice in waiting]
    result.doubled += [f"mail of notice {key} was not to be sent" for key in sorted(set(found) - sent)]
    result.figures |= {"mails": len(sent), "mails sent again under the same Message-ID": len(found) - len(set(found))}
