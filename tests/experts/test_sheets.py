"""Sheets on screen: whose, when, once, blind; what is signed never changes."""

from dataclasses import replace

import pytest

from experts.models import ScoreSheet
from experts.permissions import acting_on_place, may_read_papers
from experts.rules.entries import Mark, SheetEntry
from experts.selectors.places import places_to_score, signed_sheet
from experts.selectors.seat_pages import seat_page
from experts.selectors.sheets import entry_of
from experts.services import sheets
from experts.services.sheet_writing import digest_of
from experts.states import ParticipationMode, SheetStage, SheetState
from investreview.accounts.models import User
from investreview.core.errors import DomainError
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall, refused


@pytest.fixture
def scoring(there: Hall) -> Hall:
    sittings.to_scoring(there)
    return there


def save(there: Hall, place: str, entry: SheetEntry, version: int, *, by: User | str | None = None) -> ScoreSheet:
    return sheets.save_sheet(
        acting=there.by(by or there.expert(place)),
        case_id=there.case.pk,
        place=place,
        sheet_version=version,
        entry=entry,
        at=there.tick(),
    )


def correct(there: Hall, place: str, *, reason: str = "合计笔误（示例）", total: int = 85) -> None:
    sheets.correct_sheet(
        acting=there.by(there.expert(place)),
        case_id=there.case.pk,
        version=None,
        place=place,
        entry=sittings.entry(there, total=total),
        reason=reason,
        at=there.tick(),
    )


def test_a_draft_is_saved_as_often_as_it_changes(scoring: Hall) -> None:
    half = SheetEntry(marks={"RISK": Mark(12, "  尚可\n"), "MARKET": Mark(None, "待查")}, verdict="AGREE")
    first = save(scoring, "1", half, 0)
    assert (first.version, first.state, first.stage) == (1, SheetState.DRAFT, SheetStage.INDEPENDENT)
    assert entry_of(first).marks["RISK"] == Mark(12, "  尚可")
    assert save(scoring, "1", half, 0).version == 1
    assert save(scoring, "1", replace(half, comment="总体可行"), 1).version == 2
    assert refused(save, scoring, "1", half, 1) == "core_stale"
    assert ScoreSheet.objects.count() == 1


def test_a_draft_with_points_beyond_the_most_is_refused(scoring: Hall) -> None:
    assert refused(save, scoring, "1", SheetEntry(marks={"RISK": Mark(21)}), 0) == "experts_points_wrong"
    assert refused(save, scoring, "1", SheetEntry(verdict="PERHAPS"), 0) == "experts_verdict_unknown"


def test_a_signed_sheet_holds_what_was_typed(scoring: Hall) -> None:
    save(scoring, "1", sittings.entry(scoring, total=60), 0)
    sittings.sign(scoring, "1", total=77, verdict="AGREE_WITH_CHANGES", conditions=(" 补充论证 ", " "))
    sheet = ScoreSheet.objects.get()
    assert (sheet.state, sheet.total, sheet.verdict, sheet.conditions) == (
        SheetState.SIGNED,
        77,
        "AGREE_WITH_CHANGES",
        ["补充论证"],
    )
    assert (sheet.signed_at, sheet.via, sheet.ordinal, sheet.entered_by) == (scoring.now, "SCREEN", 1, None)
    assert sheet.sha256 == digest_of(sheet)


def test_the_hash_tells_nobody_the_points(scoring: Hall) -> None:
    for place in ("1", "2"):
        sittings.sign(scoring, place)
    first, second = ScoreSheet.objects.order_by("pk")
    assert entry_of(first) == entry_of(second)
    assert len({first.salt, second.salt, ""}) == 3
    again = ScoreSheet.objects.get(pk=first.pk)
    again.salt = second.salt
    assert digest_of(again) != first.sha256


def test_nobody_signs_twice(scoring: Hall) -> None:
    sittings.sign(scoring, "1")
    assert refused(sittings.sign, scoring, "1") == "experts_sheet_signed"
    assert refused(save, scoring, "1", sittings.entry(scoring), 1) == "experts_sheet_signed"
    assert places_to_score(scoring.case) == ("2", "3", "4", "5")


def test_a_sheet_that_is_not_whole_is_not_signed(scoring: Hall) -> None:
    with pytest.raises(DomainError) as caught:
        sittings.sign(scoring, "1", verdict="")
    assert (caught.value.code, caught.value.field) == ("experts_verdict_missing", "verdict")
    assert ScoreSheet.objects.count() == 0


def test_an_independent_sheet_is_corrected_until_the_meeting(scoring: Hall) -> None:
    assert refused(correct, scoring, "1") == "experts_nothing_to_correct"
    sittings.sign(scoring, "1", total=80)
    assert refused(correct, scoring, "1", reason=" ") == "projects_reason_needed"
    correct(scoring, "1")
    versions = ScoreSheet.objects.order_by("ordinal").values_list("ordinal", "state", "total", "correction_reason")
    assert list(versions) == [(1, "SUPERSEDED", 80, ""), (2, "SIGNED", 85, "合计笔误（示例）")]
    for place in ("2", "3", "4", "5"):
        sittings.sign(scoring, place)
    sittings.hold_meeting(scoring)
    assert refused(correct, scoring, "1") == "experts_nothing_to_correct"
    assert signed_sheet(scoring.seat(1), SheetStage.INDEPENDENT).total == 85  # type: ignore[union-attr]


def test_a_final_sheet_is_corrected_until_the_opinion_is_drafted(scoring: Hall) -> None:
    for place in scoring.places():
        sittings.sign(scoring, place)
    sittings.hold_meeting(scoring)
    for place in scoring.places():
        sittings.sign(scoring, place, total=75)
    correct(scoring, "2")
    assert signed_sheet(scoring.seat(2), SheetStage.FINAL).total == 85  # type: ignore[union-attr]
    sittings.put_opinion(scoring)
    assert refused(correct, scoring, "2") == "experts_not_allowed_in_panel_state"


def test_nothing_opens_before_the_declaration(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    ceremonies.close_invitations(there)
    assert not may_read_papers(there.seat(1))
    assert refused(sittings.sign, there, "1") == "experts_declaration_needed"
    sittings.declare(there, "1")
    assert may_read_papers(there.seat(1))
    assert refused(sittings.declare, there, "1") == "experts_declared_already"
    sittings.sign(there, "1")


def test_a_declared_conflict_closes_papers_and_sheet(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    ceremonies.close_invitations(there)
    sittings.declare(there, "1", conflict="配偶在合作方任职（示例）")
    assert not may_read_papers(there.seat(1))
    assert refused(sittings.sign, there, "1") == "experts_conflict_declared"


def test_nobody_scores_before_everybody_is_seated(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    sittings.declare(there, "1")
    assert refused(sittings.sign, there, "1") == "experts_not_allowed_in_panel_state"


def test_a_sheet_is_its_experts_alone(scoring: Hall) -> None:
    for who in (scoring.expert(2), "panel_secretary", "draw_operator", "officer", "group_drafter"):
        assert refused(save, scoring, "1", SheetEntry(), 0, by=who) == "experts_place_of_another"


def test_an_expert_whose_account_is_closed_acts_no_more(scoring: Hall) -> None:
    user = scoring.expert(1)
    User.objects.filter(pk=user.pk).update(is_active=False, deactivated_at=scoring.now)
    user.refresh_from_db()
    assert refused(save, scoring, "1", SheetEntry(), 0, by=user) == "experts_place_of_another"


def test_a_colleagues_sheet_is_invisible_before_the_meeting(scoring: Hall) -> None:
    def seen(place: int) -> tuple[list[int], list[int]]:
        page = seat_page(scoring.expert(place), scoring.seat(place).pk)
        return (
            [sheet.place for sheet in page.colleagues_independent],
            [sheet.place for sheet in page.colleagues_final],
        )

    for place in scoring.places():
        assert seen(1) == ([], [])
        sittings.sign(scoring, place)
    assert seen(1) == ([], [])
    sittings.hold_meeting(scoring)
    assert seen(1) == ([2, 3, 4, 5], [])
    for place in scoring.places():
        sittings.sign(scoring, place)
        assert seen(1) == ([2, 3, 4, 5], [])
    sittings.put_opinion(scoring)
    assert seen(3) == ([1, 2, 4, 5], [1, 2, 4, 5])
    for place in scoring.places():
        sittings.sign_opinion(scoring, place)
    page = seat_page(scoring.expert(3), scoring.seat(3).pk)
    assert seen(3) == ([], [])
    assert [sheet.place for sheet in page.own_sheets] == [3, 3]


def test_who_acts_on_a_place(scoring: Hall) -> None:
    def actor(user: User) -> str:
        try:
            acting_on_place(user=user, case=scoring.case, place="1", at=scoring.now)
        except DomainError as error:
            return error.code
        return "may act"

    people = scoring.world.people
    assert {who: actor(people[who]) for who in ("panel_secretary", "draw_operator")} == {
        "panel_secretary": "may act",
        "draw_operator": "may act",
    }
    assert actor(scoring.expert(1)) == "may act"
    assert actor(scoring.expert(2)) == "experts_place_of_another"
    refused_people = ("draw_supervisor", "officer", "head", "deputy", "group_drafter", "security_admin")
    assert {actor(people[who]) for who in refused_people} == {"experts_place_of_another"}


def test_on_paper_an_expert_with_an_account_answers_by_telephone_only(there: Hall) -> None:
    ceremonies.to_drawn(there, mode=ParticipationMode.PAPER)
    seat = ceremonies.reveal(there)
    assert refused(ceremonies.confirm_own, there, seat) == "experts_seat_not_visible"
