"""Names: no page, notice, journal entry of the case, count or error tells one too early (canaries: every expert)."""

from collections.abc import Callable
from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from experts.models import Expert
from experts.selectors import audit_page, ceremony_page, office_pages, papers, seat_pages, secretary_page
from experts.selectors.setup_page import setup_page
from experts.states import CallResult
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import legal_date
from investreview.core.errors import DomainError
from investreview.core.messages.experts import SENTENCES
from investreview.core.scope import Scope
from investreview.draws import selectors as draws
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.files import readable_file
from investreview.projects.models import StoredFile
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall, refused

PROJECT = ("改造项目", "甲集团")


def scope(there: Hall, who: str | User) -> Scope:
    return scope_of(there.world.people[who] if isinstance(who, str) else who, there.now)


def told(text: str) -> set[str]:
    """The experts whose name, number or telephone stands in the text."""
    experts = Expert.objects.all()
    return {one.name for one in experts if any(each in text for each in (one.name, one.number, one.phone))}


def office(there: Hall) -> str:
    return repr([asdict(page) for page in office_pages.office_pages(scope(there, "officer"), there.case)])


def enterprise(there: Hall) -> str:
    return repr(office_pages.enterprise_page(scope(there, "group_drafter"), there.case))


def of_case(there: Hall) -> str:
    entries = Entry.objects.filter(subject_kind="case", subject_key=there.case.number)
    return "".join(bytes(entry.content).decode() + entry.actor_name for entry in entries)


STAGES: dict[str, Callable[[Hall], object]] = {
    "confirmed": ceremonies.to_confirmed,
    "scoring": sittings.to_scoring,
    "finalising": sittings.to_finalising,
    "opinion": sittings.to_opinion,
}


@pytest.mark.parametrize("stage", STAGES)
def test_office_and_enterprise_learn_no_name_before_the_end(there: Hall, stage: str) -> None:
    STAGES[stage](there)
    assert told(office(there)) == told(enterprise(there)) == told(of_case(there)) == set()
    [page] = office_pages.office_pages(scope(there, "officer"), there.case)
    assert (page.confirmed_count, page.size, page.members, page.opinion) == (5, 5, (), None)


def test_after_the_end_the_office_knows_the_members_and_the_enterprise_still_does_not(there: Hall) -> None:
    sittings.to_concluded(there)
    sat = {seat.name for seat in sittings.experts_of(there)}
    assert (told(office(there)), told(enterprise(there)), told(of_case(there))) == (sat, set(), set())


def test_notices_name_neither_expert_nor_project(there: Hall) -> None:
    sittings.to_concluded(there)
    texts = list(Notice.objects.filter(user__kind=User.Kind.EXPERT).values_list("text", "url", "dedupe_key"))
    assert len(texts) == 20  # invited, score, finalise, sign for each of five
    assert told(repr(texts)) == set()
    assert [text for text in texts if any(word in repr(text) for word in (*PROJECT, there.case.number))] == []


def test_an_invitation_tells_field_time_place_duration_and_fee_only(there: Hall) -> None:
    ceremonies.to_drawn(there)
    seat = ceremonies.reveal(there)
    user = seat.expert.user
    assert user is not None
    shown = seat_pages.invitation_of(user, seat.pk)
    panel = there.panel
    assert asdict(shown) == {
        "seat_id": seat.pk,
        "field": seat_pages.field_of(seat),
        "meets_at": panel.meets_at,
        "meeting_place": panel.place,
        "duration": panel.duration,
        "fee": panel.fee,
        "mode": "线上论证",
        "state": "待通知",
        "may_answer": True,
        "may_open": False,
    }
    assert seat_pages.invitations_of(user) == (shown,)
    assert refused(seat_pages.seat_page, user, seat.pk) == "experts_seat_not_visible"
    assert papers.papers_for(user, seat.pk) == ()


def test_another_experts_seat_does_not_exist(there: Hall) -> None:
    sittings.to_scoring(there)
    for act in (seat_pages.invitation_of, seat_pages.seat_page, papers.papers_for):
        assert refused(act, there.expert(1), there.seat(2).pk) == "experts_seat_not_visible"
        assert refused(act, there.expert(1), 0) == "experts_seat_not_visible"


def test_an_experts_page_names_no_colleague(there: Hall) -> None:
    sittings.to_opinion(there)
    seat = there.seat(2)
    assert told(repr(seat_pages.seat_page(there.expert(2), seat.pk))) == set()


def test_the_papers_open_with_the_declaration_and_close_with_the_panel(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    user, seat = there.expert(1), there.seat(1)
    assert papers.papers_for(user, seat.pk) == ()
    sittings.declare(there, 1)
    assert papers.papers_for(user, seat.pk) == ()
    ceremonies.close_invitations(there)
    listed = papers.papers_for(user, seat.pk)
    assert "M05" in {paper.slot for paper in listed}
    assert papers.paper_for(user, seat.pk, listed[0].file_id).pk == listed[0].file_id
    assert refused(papers.paper_for, user, seat.pk, 0) == "experts_file_not_visible"
    assert papers.papers_for(there.expert(2), there.seat(2).pk) == ()
    for place in ("2", "3", "4", "5"):
        sittings.declare(there, place)
    for _stage in (1, 2):
        for place in there.places():
            sittings.sign(there, place)
        if there.panel.held_at is None:
            sittings.hold_meeting(there)
    sittings.put_opinion(there)
    assert papers.papers_for(user, seat.pk) == listed
    for place in there.places():
        sittings.sign_opinion(there, place)
    assert papers.papers_for(user, seat.pk) == ()


def test_the_hands_of_the_ceremony_know_revealed_names_only(there: Hall) -> None:
    ceremonies.to_drawn(there)
    first = ceremonies.reveal(there)
    for who in ("draw_operator", "draw_supervisor"):
        page = ceremony_page.ceremony_page(scope(there, who), there.case)
        assert told(repr(page)) == {first.expert.name}
        assert (page.free_places, page.confirmed_count, page.size) == (("2", "3", "4", "5"), 0, 5)
    assert told(repr(secretary_page.secretary_page(scope(there, "panel_secretary"), there.case))) == {first.expert.name}
    by_number = draws.ceremony(scope(there, "head"), there.panel.draw_id)
    assert told(repr(by_number)) == set()


def test_the_secretary_is_blind_to_points_and_verdicts(there: Hall) -> None:
    sittings.to_finalising(there)
    sittings.sign(there, 1, total=97, verdict="DISAGREE")
    page = secretary_page.secretary_page(scope(there, "panel_secretary"), there.case)
    assert [(line.place, line.final.state) for line in page.lines] == [("1", "已签名"), *((p, "") for p in "2345")]
    assert "97" not in repr([line.final for line in page.lines]) and "DISAGREE" not in repr(page)
    assert page.drafted_text == ""


CASE_READERS = {"officer", "officer2", "head", "deputy", "deputy2", "director", "document_officer"}
READERS = {
    "ceremony": (ceremony_page.ceremony_page, {"draw_operator", "draw_supervisor"}),
    "secretary": (secretary_page.secretary_page, {"panel_secretary", "panel_secretary2"}),
    "audit": (audit_page.audit_pages, set()),
    "office": (
        office_pages.office_pages,
        {"officer", "officer2", "head", "deputy", "deputy2", "director", "document_officer"},
    ),
    "enterprise": (
        office_pages.enterprise_page,
        {
            "officer",
            "officer2",
            "head",
            "deputy",
            "deputy2",
            "director",
            "document_officer",
            "group_drafter",
            "group_releaser",
        },
    ),
}


@pytest.mark.parametrize("page", READERS)
def test_each_page_is_for_its_readers(there: Hall, page: str) -> None:
    sittings.to_scoring(there)
    selector, expected = READERS[page]
    readers = set()
    for who in there.world.people:
        try:
            selector(scope(there, who), there.case)
        except DomainError as error:
            assert error.code in ("experts_seat_not_visible", "projects_case_not_visible")
        else:
            readers.add(who)
    assert readers == expected
    assert refused(selector, scope(there, there.expert(1)), there.case) in (
        "experts_seat_not_visible",
        "projects_case_not_visible",
    )


def test_the_auditor_reads_it_all(there: Hall) -> None:
    sittings.to_concluded(there)
    reader = scope(there, "officer")
    grant = reader.grants[0].__class__("AUDITOR", there.world.commission.path)
    auditor = Scope(user_id=0, username="auditor", name="审计", grants=(grant,))
    [page] = audit_page.audit_pages(auditor, there.case)
    assert [len(seat.sheets) for seat in page.seats] == [2] * 5
    assert (page.operator, page.supervisor) == ("draw_operator", "draw_supervisor")
    assert {entry.verb for entry in page.entries} >= {"draw.freeze", "panel.sign_sheet", "panel.conclude"}
    assert ceremony_page.ceremony_page(auditor, there.case).exclusions == ()


def test_papers_of_a_panel_have_a_door_of_their_own(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.reveal_all(there)
    ceremonies.told_to_leave(there, 1)
    note = StoredFile.objects.get(is_of_panel=True)
    for who in ("officer", "head", "deputy", "document_officer", "group_drafter", "group_releaser"):
        reader = {"user": there.world.people[who], "scope": scope(there, who), "at": there.now}
        assert (who, refused(readable_file, note.pk, **reader)) == (who, "projects_case_not_visible")
    may_read = {who for who, user in there.world.people.items() if _reads(user, scope(there, who), note)}
    assert may_read == {
        "draw_operator", "draw_supervisor", "panel_secretary", "panel_secretary2", "discipline"
    }  # fmt: skip


def test_scanned_sheets_are_for_the_secretary(there: Hall) -> None:
    sittings.to_scoring(there)
    sittings.enter_paper(there, 1)
    sheet = StoredFile.objects.get(is_of_panel=True)
    may_read = {who for who, user in there.world.people.items() if _reads(user, scope(there, who), sheet)}
    assert may_read == {"panel_secretary", "panel_secretary2"}


def _reads(user: User, reader: Scope, stored: StoredFile) -> bool:
    try:
        return papers.readable_panel_file(user, reader, stored.pk) == stored
    except DomainError as error:
        assert error.code == "experts_file_not_visible"
        return False


def test_no_sentence_has_room_for_a_name() -> None:
    assert [code for code, texts in SENTENCES.items() if "{name}" in "".join(texts) or "{who}" in "".join(texts)] == []


def test_the_setup_shows_who_may_be_drawn_and_how_likely(there: Hall) -> None:
    page = setup_page(scope(there, "draw_operator"), there.case, industries=("PORT",), on=legal_date(there.now))
    assert (len(page.pool.rows), page.seed_count, sum(page.hits.values())) == (18, 1000, 5000)
    assert page.certain == ()
    code = refused(
        setup_page, scope(there, "draw_supervisor"), there.case, industries=("PORT",), on=legal_date(there.now)
    )
    assert code == "experts_seat_not_visible"


def queries(there: Hall) -> tuple[int, int]:
    """How many queries the page of the ceremony and that of the secretary take."""
    operator, secretary = scope(there, "draw_operator"), scope(there, "panel_secretary")
    case = there.fresh()
    with CaptureQueriesContext(connection) as ceremonys:
        ceremony_page.ceremony_page(operator, case)
    with CaptureQueriesContext(connection) as secretarys:
        secretary_page.secretary_page(secretary, case)
    return len(ceremonys), len(secretarys)


def test_pages_ask_as_often_for_one_member_as_for_five(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.reveal(there)
    ceremonies.call(there, 1, CallResult.NO_ANSWER)
    one = queries(there)
    for place in (2, 3, 4, 5):
        ceremonies.reveal(there)
        ceremonies.call(there, place, CallResult.NO_ANSWER)
    assert queries(there) == one == (4, 5)
