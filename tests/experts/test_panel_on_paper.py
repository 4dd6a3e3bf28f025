"""A whole panel on paper: told by telephone, typed in by one, compared by another; the paper is the original."""

from datetime import timedelta

import pytest

from experts.models import ConflictDeclaration, OpinionSignature, ScoreSheet, Seat
from experts.selectors import places
from experts.services import declarations, opinions, paper_sheets
from experts.services.declarations import DeclarationEntry
from experts.states import ConfirmedVia, PanelState, ParticipationMode, SheetStage, SheetState, SignedVia
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.journal.selectors import entries_of
from investreview.projects.states import PanelConclusion
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall, refused, scan


@pytest.fixture
def on_paper(there: Hall) -> Hall:
    """Everybody confirmed on the telephone, seated, and declared on paper."""
    ceremonies.to_drawn(there, mode=ParticipationMode.PAPER)
    for seat in ceremonies.reveal_all(there):
        ceremonies.confirm_by_telephone(there, seat.place)
    ceremonies.close_invitations(there)
    for place in there.places():
        sittings.declare(there, place, on_paper=True)
    return there


def test_a_panel_on_paper_concludes(on_paper: Hall) -> None:
    for place in on_paper.places():
        sittings.sign_on_paper(on_paper, place, total=60)
    sittings.hold_meeting(on_paper, chair="2")
    for place in on_paper.places():
        sittings.sign_on_paper(on_paper, place, total=70)
    sittings.put_opinion(on_paper, by="panel_secretary")
    for place in on_paper.places():
        sittings.sign_opinion(on_paper, place, on_paper=True)
    panel = on_paper.panel
    assert (panel.state, panel.conclusion, panel.opinion.mean_hundredths) == (
        PanelState.CONCLUDED,
        PanelConclusion.PASS,
        7000,
    )
    assert set(Seat.objects.filter(panel=panel).values_list("confirmed_via", flat=True)) == {ConfirmedVia.TELEPHONE}
    declared = ConflictDeclaration.objects.filter(seat__panel=panel)
    assert set(declared.values_list("via", "entered_by__username")) == {("PAPER", "lyg.panel_secretary")}
    sheets = ScoreSheet.objects.filter(seat__panel=panel)
    assert sheets.filter(state=SheetState.SIGNED, via=SignedVia.PAPER, scan__is_of_panel=True).count() == 10
    assert set(sheets.values_list("entered_by__username", "compared_by__username")) == {
        ("lyg.panel_secretary", "lyg.panel_secretary2")
    }
    assert OpinionSignature.objects.filter(opinion=panel.opinion, via=SignedVia.PAPER, scan__isnull=False).count() == 5


def test_on_paper_every_place_is_the_secretarys(on_paper: Hall) -> None:
    assert {places.role_of_place(on_paper.case, place) for place in on_paper.places()} == {Role.PANEL_SECRETARY}
    assert {places.assignee_of_place(on_paper.case, place) for place in on_paper.places()} == {None}


def test_who_typed_it_in_does_not_compare_it(on_paper: Hall) -> None:
    sittings.enter_paper(on_paper, 1)
    assert refused(sittings.compare_paper, on_paper, 1, by="panel_secretary") == "experts_paper_same_person"
    sittings.compare_paper(on_paper, 1)
    assert places.places_to_score(on_paper.case) == ("2", "3", "4", "5")
    assert refused(sittings.compare_paper, on_paper, 1) == "experts_nothing_to_compare"
    assert refused(sittings.enter_paper, on_paper, 1) == "experts_sheet_signed"


def test_an_entered_sheet_counts_only_when_it_is_compared(on_paper: Hall) -> None:
    sittings.enter_paper(on_paper, 1)
    assert places.places_to_score(on_paper.case) == ("1", "2", "3", "4", "5")
    assert refused(sittings.enter_paper, on_paper, 1) == "experts_sheet_entered"


def test_an_entry_that_differs_from_the_paper_is_typed_in_anew(on_paper: Hall) -> None:
    sittings.enter_paper(on_paper, 1, total=61)
    reject = {"case_id": on_paper.case.pk, "place": "1", "at": on_paper.tick()}
    other = on_paper.by("panel_secretary2")
    assert refused(paper_sheets.reject_sheet, acting=other, reason=" ", **reject) == "projects_reason_needed"
    paper_sheets.reject_sheet(acting=other, reason="第二项应为8分（示例）", **reject)
    sheet = ScoreSheet.objects.get(seat=on_paper.seat(1))
    assert (sheet.state, sheet.rejected_reason) == (SheetState.DRAFT, "第二项应为8分（示例）")
    sittings.sign_on_paper(on_paper, 1, total=62)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total, sheet.ordinal, sheet.rejected_reason) == (SheetState.SIGNED, 62, 1, "")
    told = entries_of(on_paper.panel.subject).filter(verb__contains="sheet").values_list("verb", flat=True)
    assert list(told) == ["panel.enter_sheet", "panel.reject_sheet", "panel.enter_sheet", "panel.sign_sheet"]


def test_a_paper_is_dated_between_confirmation_and_today(on_paper: Hall) -> None:
    confirmed_on = legal_date(on_paper.seat(1).confirmed_at)
    on_paper.tick(minutes=3 * 24 * 60)
    today = legal_date(on_paper.now)

    def entered(days: int, place: str) -> None:
        paper_sheets.enter_sheet(
            acting=on_paper.by("panel_secretary"),
            case_id=on_paper.case.pk,
            place=place,
            entry=sittings.entry(on_paper),
            dated_on=confirmed_on + timedelta(days=days),
            scan=scan(),
            at=on_paper.tick(),
        )

    assert refused(entered, -1, "1") == "experts_paper_date_wrong"
    entered(0, "1")
    assert refused(entered, (today - confirmed_on).days + 1, "2") == "experts_paper_date_wrong"
    entered((today - confirmed_on).days, "2")


def test_a_correction_on_paper_replaces_the_signed_sheet(on_paper: Hall) -> None:
    sittings.sign_on_paper(on_paper, 1, total=75)
    sittings.enter_paper(on_paper, 1, total=76, correction_reason="合计笔误（示例）")
    assert places.signed_sheet(on_paper.seat(1), SheetStage.INDEPENDENT).total == 75  # type: ignore[union-attr]
    sittings.compare_paper(on_paper, 1)
    versions = ScoreSheet.objects.filter(seat=on_paper.seat(1)).order_by("ordinal")
    assert list(versions.values_list("ordinal", "state", "total", "correction_reason")) == [
        (1, "SUPERSEDED", 75, ""),
        (2, "SIGNED", 76, "合计笔误（示例）"),
    ]


def test_what_comes_on_paper_needs_its_scan(on_paper: Hall, there: Hall) -> None:
    for place in on_paper.places():
        sittings.sign_on_paper(on_paper, place)
    sittings.hold_meeting(on_paper)
    for place in on_paper.places():
        sittings.sign_on_paper(on_paper, place)
    sittings.put_opinion(on_paper, by="panel_secretary")
    code = refused(
        opinions.sign_opinion,
        acting=on_paper.by("panel_secretary"),
        case_id=on_paper.case.pk,
        version=None,
        place="1",
        at=on_paper.tick(),
    )
    assert code == "experts_scan_needed"


def test_a_declaration_typed_in_needs_its_scan(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    code = refused(
        declarations.declare_conflicts,
        acting=there.by("panel_secretary"),
        case_id=there.case.pk,
        place="1",
        entry=DeclarationEntry(False),
        at=there.tick(),
    )
    assert code == "experts_scan_needed"


def test_nobody_but_the_secretary_types_for_an_expert(on_paper: Hall) -> None:
    for who in ("draw_operator", "draw_supervisor", "officer", "head", "document_officer", "group_drafter"):
        code = refused(
            paper_sheets.enter_sheet,
            acting=on_paper.by(who),
            case_id=on_paper.case.pk,
            place="1",
            entry=sittings.entry(on_paper),
            dated_on=legal_date(on_paper.now),
            scan=scan(),
            at=on_paper.tick(),
        )
        assert (who, code) == (who, "projects_role_missing")
