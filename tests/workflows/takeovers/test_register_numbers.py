"""A register number is given once in a commission and year: refused at its field or cell, and by the database."""

from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from investreview.core.errors import Invalid
from investreview.demo.files import sample_pdf
from investreview.projects.models import PastPaper, Takeover
from investreview.projects.past.services.papers import attach_papers
from investreview.projects.services.takeovers import reject_takeover
from tests.projects.pages import signed_in
from tests.projects.past_ledgers import NOON, scan
from tests.workflows.doors import set_time
from tests.workflows.ongoing_ledgers import TITLES, faults, ledger, row, sent, stored
from tests.workflows.takeover_forms import entered, typed
from tests.world import START, World

LAST_YEAR = {"released_on": date(2023, 6, 19)}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path, world: World) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    set_time(NOON)
    return tmp_path / "media"


@pytest.mark.parametrize("number", ["收2024-118", " 收２０２４-118 "])
def test_a_number_that_is_taken_is_refused_at_its_field_and_what_was_typed_stays(
    world: World, number: str, media: Path
) -> None:
    entered(world, world.officer, paper_number="收2024-118")
    page = signed_in(world.officer2).post(
        "/takeovers/new/",
        typed(world, paper_number=number) | {"papers": SimpleUploadedFile("案卷.pdf", sample_pdf("案卷"))},
    )
    form = page.context["form"]  # type: ignore[attr-defined]
    assert (page.status_code, list(form.errors), form["name"].value()) == (
        422,
        ["paper_number"],
        "在途改造项目（示例）",
    )
    assert "已有接续单" in str(form.errors["paper_number"])
    assert len([file for file in (media / "past").rglob("*") if file.is_file()]) == 1
    assert (Takeover.objects.count(), PastPaper.objects.count()) == (1, 1)


def test_the_same_number_is_free_in_another_year_and_after_a_rejection(world: World, elsewhere: World) -> None:
    first = entered(world, world.officer, paper_number="收118", key="takeover:1")
    entered(world, world.officer, paper_number="收118", key="takeover:2", **LAST_YEAR)
    entered(elsewhere, elsewhere.officer, paper_number="收118", key="takeover:3")
    with pytest.raises(Invalid, match="takeover_number_taken") as refused:
        entered(world, world.officer, paper_number="收 118", key="takeover:4")
    assert (refused.value.field, refused.value.facts["year"]) == ("paper_number", 2024)
    reject_takeover(user=world.head, takeover_id=first.pk, reason="日期不符", at=START)
    again = entered(world, world.officer, paper_number="收118", key="takeover:5")
    assert sorted(Takeover.objects.values_list("register_year", "number_key")) == [
        (2023, "收118"),
        (2024, "收118"),
        (2024, "收118"),
        (2024, "收118"),
    ]
    assert again.rejected_reason == ""


def test_the_database_keeps_it_too(world: World) -> None:
    entry = entered(world, world.officer, paper_number="收118")
    with pytest.raises(IntegrityError), transaction.atomic():
        Takeover.objects.create(**_copied(entry), number_key="收118", creation_key="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Takeover.objects.create(**_copied(entry), number_key="", creation_key="other")


def _copied(entry: Takeover) -> dict[str, Any]:
    names = ("commission", "enterprise", "path", "name", "paper_number", "register_year", "step", "elapsed_days")
    return {name: getattr(entry, name) for name in (*names, "as_of_on", "payload", "entered_by", "entered_at")}


def test_a_ledger_is_held_against_typed_ones_by_year(world: World) -> None:
    entered(world, world.officer, paper_number="收1")
    old = {
        **LAST_YEAR,
        "complete_on": date(2023, 6, 21),
        "as_of_on": date(2024, 6, 28),
        "decided_on": date(2023, 6, 12),
    }
    rows = [row(1, paper_number="收1"), row(2, paper_number="收1", **old), row(3, paper_number="收1", **old)]
    assert [fault for fault in faults(sent(world.officer2, ledger(rows))) if fault[1] == TITLES["paper_number"]] == [
        (2, TITLES["paper_number"], "takeover_number_taken"),
        (4, TITLES["paper_number"], "takeover_number_twice"),
    ]


def test_a_scan_whose_number_two_years_have_needs_the_year_before_it(world: World) -> None:
    old = {
        **LAST_YEAR,
        "complete_on": date(2023, 6, 21),
        "as_of_on": date(2024, 6, 28),
        "decided_on": date(2023, 6, 12),
    }
    stored(world.officer2, ledger([row(1, paper_number="收1"), row(2, paper_number="收1", **old)]))
    files = [scan("收1.pdf"), scan("2023_收1_M05 可研报告.pdf", "2"), scan("2024_收1.pdf", "3")]
    told = attach_papers(user=world.officer2, files=files, at=NOON)
    assert [each.refusal and each.refusal.code for each in told] == ["past_number_of_two_years", None, None]
    kept = PastPaper.objects.order_by("pk").values_list("takeover__register_year", "name")
    assert list(kept) == [(2023, "M05 可研报告.pdf"), (2024, "2024_收1.pdf")]


def test_what_was_entered_before_has_its_number_and_year(world: World) -> None:
    first = entered(world, world.officer, paper_number="收118", key="takeover:1")
    second = entered(world, world.officer, paper_number="收119", key="takeover:2", released_on="2023年6月19日")
    Takeover.objects.filter(pk=first.pk).update(number_key="x", register_year=1)
    Takeover.objects.filter(pk=second.pk).update(number_key="y", register_year=1)
    third = Takeover.objects.create(**_copied(first) | {"register_year": 2}, number_key="z", creation_key="double")

    import_module("investreview.projects.migrations.0014_takeover_numbers").fill_numbers(apps, SimpleNamespace())

    assert list(Takeover.objects.order_by("pk").values_list("number_key", "register_year")) == [
        ("收118", 2024),
        ("收119", 2023),
        (f"收118#{third.pk}", 2024),
    ]
