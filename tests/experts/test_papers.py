"""The papers of a panel: issued in the act that completes them, from the records alone, each to its readers."""

import json
from decimal import Decimal

from experts.draw_papers import draw_record, public_record
from experts.services.papers import issue_excerpt
from experts.states import SeatState
from investreview.documents.contents import DrawRecord, DrawSealSheet, PanelOpinion, PanelOpinionExcerpt
from investreview.documents.kinds import DocumentKind, DrawOutcome, RenditionState
from investreview.documents.models import Document, Rendition
from investreview.documents.tasks import render_rendition
from investreview.draws.models import Draw
from investreview.journal.models import Entry
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall


def issued(there: Hall, kind: DocumentKind) -> list[Document]:
    """The papers of this kind, of the panel or of its case, in order."""
    keys = [there.panel.subject.key, there.case.number]
    found = Document.objects.filter(subject_key__in=keys, kind=kind).select_related("issued_version")
    return list(found.order_by("pk"))


def content(document: Document) -> object:
    assert document.issued_version is not None
    return document.issued_version.parsed


def test_the_seal_sheet_is_issued_with_the_announcement(there: Hall) -> None:
    ceremonies.freeze(there)
    assert issued(there, DocumentKind.DRAW_SEAL_SHEET) == []
    panel = ceremonies.announce(there)
    [paper] = issued(there, DocumentKind.DRAW_SEAL_SHEET)
    sheet = content(paper)
    assert isinstance(sheet, DrawSealSheet)
    assert (sheet.request_sha, sheet.snapshot_sha) == (panel.draw.request_hash, panel.draw.snapshot_hash)
    assert [one.party for one in sheet.commitments] == ["system"]
    assert (paper.number, paper.subject_kind, paper.signer_name) == (
        f"{panel.draw.number}-FC",
        "panel",
        "draw_operator",
    )
    assert (sheet.pool_size, sum(seat.count for seat in sheet.seats), sheet.unit_cap) == (18, 5, 1)


def test_the_record_of_the_day_withholds_what_the_close_tells(there: Hall) -> None:
    panel = ceremonies.to_drawn(there)
    [paper], [public] = issued(there, DocumentKind.DRAW_RECORD), issued(there, DocumentKind.DRAW_RECORD_PUBLIC)
    record = content(paper)
    assert isinstance(record, DrawRecord)
    assert (record.closed_at, record.nonces, record.seed, record.log_head) == ("", (), "", "")
    assert record.drawn_head == panel.draw.log.get(kind="drawn").hash
    assert record.numbers == ceremonies.DIGITS
    assert {named.name for named in record.rows} == {""}
    assert sum(named.row.outcome is DrawOutcome.SEATED for named in record.rows) == 5
    assert (paper.edition, public.edition) == (1, 1)


def test_the_complete_record_and_the_opinion_come_with_the_last_signature(there: Hall) -> None:
    sittings.to_opinion(there, final=lambda place: {"total": 70 + place})
    waiting = there.places()
    for place in waiting[:-1]:
        sittings.sign_opinion(there, place)
    assert issued(there, DocumentKind.PANEL_OPINION) == []
    sittings.sign_opinion(there, waiting[-1])
    panel = there.panel
    first, last = issued(there, DocumentKind.DRAW_RECORD)
    record = content(last)
    assert isinstance(record, DrawRecord)
    assert (first.edition, last.edition) == (1, 2)
    assert record.seed == json.loads(bytes(panel.draw.result))["seed"]
    assert record.log_head == panel.draw.log.latest("seq").hash
    names = {seat.draw_no: seat.expert.name for seat in panel.seats.select_related("expert")}
    assert {named.row.no: named.name for named in record.rows if named.name} == names
    [paper] = issued(there, DocumentKind.PANEL_OPINION)
    opinion = content(paper)
    assert isinstance(opinion, PanelOpinion)
    assert (paper.number, paper.subject_kind, paper.signer_name) == ("LZ2024-0001", "case", "系统")
    assert panel.opinion.document_id == paper.pk
    assert opinion.total.mean == Decimal(73)
    assert [member.total for member in opinion.members] == [71, 72, 73, 74, 75]
    assert {member.signature for member in opinion.members} == {"2024-07-22系统签名"}


def test_no_entry_on_the_case_tells_who_signed_last(there: Hall) -> None:
    sittings.to_concluded(there)
    entries = Entry.objects.filter(subject_kind="case", subject_key=there.case.number, verb="document.issue")
    assert entries.latest("pk").actor_id == "system"


def test_the_public_record_names_nobody(there: Hall) -> None:
    sittings.to_concluded(there)
    for paper in issued(there, DocumentKind.DRAW_RECORD_PUBLIC):
        assert paper.issued_version is not None
        assert not any(seat.expert.name in paper.issued_version.content for seat in there.panel.seats.all())


def test_a_reason_that_names_somebody_stays_inside(there: Hall) -> None:
    ceremonies.to_drawn(there)
    named = ceremonies.reveal(there).expert.name
    ceremonies.order_round(there, reason=f"{named}不能到会（示例）")
    panel = ceremonies.to_drawn(there)
    ceremonies.reveal_all(there)
    panel.draw = Draw.objects.get(pk=panel.draw_id)
    record = draw_record(panel)
    assert [one.reason for one in record.earlier] == [f"{named}不能到会（示例）"]
    told = [one.reason for one in public_record(record).earlier]
    is_drawn_again = named in {row.name for row in record.rows}
    assert told == (["理由见内部抽取记录表"] if is_drawn_again else [f"{named}不能到会（示例）"])


def test_a_round_that_ended_has_its_complete_record(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.reveal(there)
    panel = there.panel
    ceremonies.order_round(there)
    papers = Document.objects.filter(subject_key=panel.subject.key, kind=DocumentKind.DRAW_RECORD).order_by("pk")
    assert [paper.edition for paper in papers] == [1, 2]
    record = content(papers[1])
    assert isinstance(record, DrawRecord)
    assert record.is_closed
    assert sum(bool(named.name) for named in record.rows) == 1


def test_who_left_and_who_joined_stand_on_the_record(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.reveal(there)
    ceremonies.told_to_leave(there, 1)
    panel = there.panel
    panel.draw = Draw.objects.get(pk=panel.draw_id)
    record = draw_record(panel)
    [wave] = record.waves
    [leaver] = wave.left
    assert (leaver.code, leaver.way) == (str(SeatState.DECLINED.label), "电话登记，双方确认")
    assert len(leaver.document_sha) == 64
    outcomes = {named.row.no: named.row.outcome for named in record.rows}
    assert outcomes[leaver.no] is DrawOutcome.LEFT
    assert [outcomes[no] for no in wave.joined] == [DrawOutcome.JOINED]


def test_the_excerpt_is_made_once_and_names_no_author(there: Hall) -> None:
    name = sittings.to_scoring(there) and there.seat(1).expert.name
    for place in there.places():
        sittings.sign(there, place)
    sittings.hold_meeting(there)
    for place in there.places():
        fields = {"verdict": "DISAGREE", "comment": f"{name}：不宜实施（示例）"} if place == "1" else {}
        sittings.sign(there, place, **fields)
    sittings.put_opinion(there)
    for place in there.places():
        sittings.sign_opinion(there, place)
    paper = issue_excerpt(there.fresh(), at=there.tick())
    assert paper is not None
    excerpt = content(paper)
    assert isinstance(excerpt, PanelOpinionExcerpt)
    assert (paper.number, excerpt.dissents) == ("LZ2024-0001-QY", ("某专家：不宜实施（示例）",))
    again = issue_excerpt(there.fresh(), at=there.tick())
    assert again == paper


def test_every_paper_is_rendered(there: Hall) -> None:
    sittings.to_concluded(there)
    issue_excerpt(there.fresh(), at=there.tick())
    keys = [there.panel.subject.key, there.case.number]
    kinds = [kind for kind in DocumentKind if kind.startswith(("DRAW_", "PANEL_"))]
    waiting = Rendition.objects.filter(document__subject_key__in=keys, document__kind__in=kinds)
    for rendition in waiting:
        render_rendition(rendition.pk)
    states = set(waiting.values_list("state", flat=True))
    assert (waiting.count(), states) == (7, {RenditionState.DONE})
