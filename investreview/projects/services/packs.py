"""The pack of an agenda is made: 呈批表, opinion of the panel, draft letter and chosen materials of each case."""

import tempfile
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from investreview.core.actor import SYSTEM
from investreview.core.clock import legal_date
from investreview.core.errors import DomainError
from investreview.documents.kinds import LETTERS, DocumentKind, Mark
from investreview.documents.models import Document
from investreview.documents.packing import PackCover, PackMatter, PackPaper, write_pack
from investreview.documents.render import render_draft, render_issued, render_system_copy
from investreview.documents.verification import code_of
from investreview.journal.services import record
from investreview.projects.files import place_of
from investreview.projects.models import AgendaItem, MeetingPack, StoredFile
from investreview.projects.papers import approval_sheet, mark_of
from investreview.projects.services.agendas import LEASE
from investreview.projects.services.forms import approval_sheet_code
from investreview.projects.storage import put_in_store

MAXIMUM_ATTEMPTS = 3
STRICTNESS = (Mark.PUBLIC, Mark.INTERNAL, Mark.TRADE_SECRET, Mark.WORK_SECRET)
PACKED = LETTERS | {DocumentKind.PANEL_OPINION}


def make_pack(pack_id: int, *, at: datetime) -> MeetingPack:
    """The pack lies in the store and its row says DONE with hash and pages; when it already did, nothing changes.

    Whoever begins has the row for the lease. Raises: whatever reading the papers raises; then ``fail_pack`` follows.
    Journal: agenda.pack.
    """
    pack, is_mine = _begin(pack_id, at)
    if not is_mine:
        return pack
    agenda = pack.agenda
    items = list(agenda.items.select_related("case__commission", "case__project", "case__group", "case__declaration"))
    matters = [_matter(item, at) for item in items]
    total = sum(len(matter.papers) for matter in matters)
    MeetingPack.objects.filter(pk=pack.pk).update(papers_total=total, papers_done=0)
    cover = PackCover(agenda.commission.name, agenda.name, agenda.held_on, _strictest(items))
    with tempfile.TemporaryFile() as out:
        pages = write_pack(out, cover=cover, matters=matters, on_paper=partial(_progress, pack.pk))
        size = out.tell()
        out.seek(0)
        digest = sha256()
        for piece in iter(lambda: out.read(1024 * 1024), b""):
            digest.update(piece)
        name = put_in_store(out, folder=f"packs/{at:%Y}", extension="pdf")
    return _finish(pack.pk, name=name, digest=digest.hexdigest(), size=size, pages=pages, at=at)


def _strictest(items: list[AgendaItem]) -> Mark:
    """The mark of the whole is that of its most confidential part, so that the cover never says less."""
    marks = {mark_of(item.case) for item in items}
    numbers = [item.case.number for item in items]
    papers = Document.objects.filter(subject_kind="case", subject_key__in=numbers, kind__in=sorted(PACKED))
    marks |= {Mark(mark) for mark in papers.values_list("mark", flat=True)}
    return max(marks | {Mark.INTERNAL}, key=STRICTNESS.index)


def _progress(pack_id: int, done: int) -> None:
    MeetingPack.objects.filter(pk=pack_id).update(papers_done=done)


def _begin(pack_id: int, at: datetime) -> tuple[MeetingPack, bool]:
    with transaction.atomic():
        pack = _locked(pack_id)
        if pack.state != MeetingPack.State.PENDING or pack.next_try_at > at:
            return pack, False
        if pack.attempts >= MAXIMUM_ATTEMPTS:
            pack.state, pack.error = MeetingPack.State.FAILED, pack.error or "worker_lost"
            pack.save()
            return pack, False
        pack.attempts += 1
        pack.next_try_at = at + LEASE
        pack.save()
        return pack, True


def _locked(pack_id: int) -> MeetingPack:
    rows = MeetingPack.objects.select_for_update(of=("self",)).select_related("agenda__commission")
    return rows.get(pk=pack_id)


def _finish(pack_id: int, *, name: str, digest: str, size: int, pages: int, at: datetime) -> MeetingPack:
    with transaction.atomic():
        pack = _locked(pack_id)
        if pack.state != MeetingPack.State.PENDING:
            return pack
        pack.state, pack.storage_name, pack.sha256 = MeetingPack.State.DONE, name, digest
        pack.size, pack.page_count, pack.done_at, pack.error = size, pages, at, ""
        pack.save()
        record(
            chain=pack.agenda.commission.code,
            verb="agenda.pack",
            actor=SYSTEM,
            subject=pack.agenda.subject,
            at=at,
            facts={"pack": pack.pk, "file_sha256": digest, "pages": pages, "size": size},
        )
        return pack


def fail_pack(pack_id: int, *, error: BaseException, at: datetime) -> MeetingPack:
    """The failed attempt is kept with its code; after the last one people see FAILED and order a new pack."""
    with transaction.atomic():
        pack = _locked(pack_id)
        if pack.state != MeetingPack.State.PENDING:
            return pack
        pack.error = (error.code if isinstance(error, DomainError) else type(error).__name__)[:80]
        if pack.attempts >= MAXIMUM_ATTEMPTS:
            pack.state = MeetingPack.State.FAILED
        else:
            pack.next_try_at = at
        pack.save()
        return pack


def _matter(item: AgendaItem, at: datetime) -> PackMatter:
    """One case with what the meeting reads of it, in the order in which it is read."""
    case = item.case
    papers = [PackPaper("呈批表", partial(_sheet, item, at))]
    opinion = _newest(case.number, DocumentKind.PANEL_OPINION)
    if opinion is not None and opinion.issued_version is not None:
        papers.append(PackPaper("专家组论证意见", partial(_copy, opinion)))
    letter = Document.objects.filter(pk=case.letter_id or 0).first()
    if letter is not None:
        papers.append(PackPaper(f"{letter.get_kind_display()}（代拟稿）", partial(_draft, letter)))
    papers += [_material(stored) for stored in item.papers.order_by("pk")]
    return PackMatter(f"{case.group.short_name} {case.project.name}", tuple(papers))


def _newest(number: str, kind: DocumentKind) -> Document | None:
    same = Document.objects.filter(subject_kind="case", subject_key=number, kind=kind)
    return same.select_related("issued_version").order_by("-pk").first()


def _sheet(item: AgendaItem, at: datetime) -> bytes:
    today = legal_date(at)
    code = approval_sheet_code(item.case)
    return render_issued(approval_sheet(item.case, code=code, on=today).issued_as(code, today))


def _copy(document: Document) -> bytes:
    version = document.issued_version
    if version is None:
        raise ValueError(f"document {document.pk} was not issued")
    return render_system_copy(version.parsed, code=code_of(version))


def _draft(letter: Document) -> bytes:
    return render_draft(letter.versions.order_by("-ordinal")[0].parsed)


def _material(stored: StoredFile) -> PackPaper:
    """A chosen material: a PDF goes in, anything else is only listed."""
    if stored.kind != "PDF":
        return PackPaper(stored.name, None)
    return PackPaper(stored.name, partial(_place, stored))


def _place(stored: StoredFile) -> Path:
    return place_of(stored)
