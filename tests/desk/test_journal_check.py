"""The button that recomputes the journal."""

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from investreview.journal import triggers
from investreview.journal.heads import Head, append_head
from investreview.journal.models import ChainHead, Entry, Unsealed
from investreview.journal.services import seal
from tests.desk.people import auditor_of, browser
from tests.world import START, World, drive


@pytest.fixture(autouse=True)
def heads(settings, tmp_path: Path) -> Path:
    settings.HEADS_LOG = tmp_path / "heads.log"
    return settings.HEADS_LOG


def test_check_seals_recomputes_and_says_how_many(world: World) -> None:
    case = drive(world, "released")
    answer = browser(world.officer).post(reverse("desk:check_journal", args=[case.number]), follow=True)
    assert "完整性校验通过：已逐条核对" in answer.content.decode()
    assert Unsealed.objects.filter(chain="LYG").count() == 0


def test_check_says_when_no_head_outside_is_known(world: World) -> None:
    case = drive(world, "released")
    answer = browser(auditor_of(world)).post(reverse("desk:check_journal", args=[case.number]), follow=True)
    assert "没有库外留存的链首" in answer.content.decode()


def test_check_compares_with_the_heads_outside(world: World, heads: Path) -> None:
    case = drive(world, "released")
    seal("LYG")
    last = ChainHead.objects.get(chain="LYG")
    append_head(heads, Head("LYG", last.seq, last.hash), at=START)
    body = browser(world.officer).post(reverse("desk:check_journal", args=[case.number]), follow=True).content.decode()
    assert "完整性校验通过" in body
    assert "没有库外留存的链首" not in body


def test_check_notices_a_cut_tail_by_the_heads_outside(world: World, heads: Path) -> None:
    case = drive(world, "released")
    append_head(heads, Head("LYG", 999_999, "0" * 64), at=START)
    body = browser(world.officer).post(reverse("desk:check_journal", args=[case.number]), follow=True).content.decode()
    assert "完整性校验未通过" in body


def test_check_is_no_page_to_open(world: World) -> None:
    case = drive(world, "released")
    assert browser(world.officer).get(reverse("desk:check_journal", args=[case.number])).status_code == 405


@pytest.mark.parametrize(("who", "status"), [("other_drafter", 404), ("group_releaser", 403), ("system_admin", 404)])
def test_check_is_the_commissions_own(world: World, who: str, status: int) -> None:
    case = drive(world, "released")
    answer = browser(world.people[who]).post(reverse("desk:check_journal", args=[case.number]))
    assert answer.status_code == status


def test_check_finds_a_forged_entry(world: World) -> None:
    case = drive(world, "released")
    seal("LYG")
    triggers.remove()
    Entry.objects.filter(subject_key=case.number).update(actor_name="别人")
    connection.check_constraints()  # PostgreSQL changes no table that has checks outstanding
    triggers.install()
    answer = browser(world.officer).post(reverse("desk:check_journal", args=[case.number]), follow=True)
    assert "完整性校验未通过：发现" in answer.content.decode()
