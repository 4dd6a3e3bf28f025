"""Scans: many at once, each found by its name; who takes one away."""

import io
from pathlib import Path

import pytest

from investreview.core.errors import Forbidden
from investreview.demo.files import sample_pdf
from investreview.journal.models import Entry
from investreview.projects.models import PastDecision, PastPaper
from investreview.projects.past.services.batches import discard_backfill
from investreview.projects.past.services.papers import attach_papers
from investreview.projects.past.services.working import work_on
from tests.core import samples
from tests.projects.past_ledgers import NOON, accepted, entered, ledger, row, scan, sent, still, stored
from tests.world import START, World

pytestmark = pytest.mark.usefixtures("media")


def told(results) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """Number and refusal of each file."""
    return [
        (each.number, each.refusal.code if each.refusal else "repeat" if each.is_repeat else "") for each in results
    ]


def test_several_scans_find_their_decisions_and_one_fault_spoils_no_other(world: World) -> None:
    stored(world.officer, ledger([row(1), row(2), row(3)]))
    files = [
        scan("国资备〔2022〕1号.pdf", "一"),
        scan("国资备[2022]1号_2.pdf", "二"),
        scan("国资备（2022）3号.pdf", "三"),
        scan("国资备〔2022〕9号.pdf", "四"),
        (io.BytesIO(samples.packed(samples.docx_parts())), "国资备〔2022〕2号.docx"),
        (io.BytesIO(b"%PDF-1.7 broken"), "国资备〔2022〕2号.pdf"),
        (io.BytesIO(samples.picture("PNG")), "国资备〔2022〕2号.png"),
    ]

    results = attach_papers(user=world.archivist, files=files, at=NOON)

    assert told(results) == [
        ("国资备〔2022〕1号", ""),
        ("国资备〔2022〕1号", ""),
        ("国资备〔2022〕3号", ""),
        ("", "past_no_such_number"),
        ("", "past_paper_kind"),
        ("", "file_damaged"),
        ("国资备〔2022〕2号", ""),
    ]
    counts = [each.papers.count() for each in PastDecision.objects.order_by("ordinal")]
    assert counts == [2, 1, 1]
    attached = Entry.objects.filter(verb="backfill.attach").order_by("pk")
    assert [each.facts["number"] for each in attached] == [each[0] for each in told(results) if each[0]]


def test_the_same_scan_again_is_the_same_scan(world: World, media: Path) -> None:
    stored(world.officer, ledger([row(1)]))
    attach_papers(user=world.officer, files=[scan("国资备〔2022〕1号.pdf")], at=NOON)

    again = attach_papers(user=world.officer2, files=[scan("国资备〔2022〕1号_2.pdf")], at=NOON)

    assert told(again) == [("国资备〔2022〕1号", "repeat")]
    kept = PastPaper.objects.get()
    assert [str(each.relative_to(media)) for each in (media / "past").rglob("*.pdf")] == [kept.storage_name]


def test_a_scan_attached_after_the_check_says_so(world: World) -> None:
    backfill = stored(world.officer, ledger([row(1)]))
    attach_papers(user=world.officer, files=[scan("国资备〔2022〕1号.pdf", "先")], at=NOON)
    accepted(backfill, world.archivist)
    attach_papers(user=world.officer, files=[scan("国资备〔2022〕1号_2.pdf", "后")], at=NOON)

    assert list(PastPaper.objects.values_list("is_later", flat=True)) == [False, True]


def test_a_batch_that_is_given_up_takes_no_scan(world: World) -> None:
    backfill = stored(world.officer, ledger([row(1)]))
    discard_backfill(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=START)
    files = [scan("国资备〔2022〕1号.pdf")]

    assert told(attach_papers(user=world.officer, files=files, at=NOON)) == [("", "past_no_such_number")]
    work_on(backfill.pk, clock=still())
    assert told(attach_papers(user=world.officer, files=files, at=NOON)) == [("", "past_no_such_number")]


def test_a_ledger_that_is_not_written_yet_takes_no_scan(world: World) -> None:
    sent(world.officer, ledger([row(1)]))

    [result] = attach_papers(user=world.officer, files=[scan("国资备〔2022〕1号.pdf")], at=NOON)
    assert result.refusal is not None


def test_scans_of_another_commission_are_not_found(world: World, elsewhere: World) -> None:
    stored(world.officer, ledger([row(1)]))

    [result] = attach_papers(user=elsewhere.officer, files=[scan("国资备〔2022〕1号.pdf")], at=NOON)

    assert (result.number, PastPaper.objects.count()) == ("", 0)


@pytest.mark.parametrize("who", ["head", "document_officer", "group_drafter", "system_admin"])
def test_nobody_else_attaches(world: World, who: str) -> None:
    stored(world.officer, ledger([row(1)]))

    with pytest.raises(Forbidden):
        attach_papers(user=world.people[who], files=[scan("国资备〔2022〕1号.pdf")], at=NOON)


def test_a_scan_keeps_what_it_was(world: World, media: Path) -> None:
    entered(world, world.officer)

    kept = PastPaper.objects.get()
    assert (kept.name, kept.kind, kept.page_count, kept.uploaded_by) == ("复函.pdf", "PDF", 1, world.officer)
    assert (media / kept.storage_name).read_bytes() == sample_pdf("复函（示例）")
