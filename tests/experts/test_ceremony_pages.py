"""The draw on screen: two people, one page for its whole life, names one at a time to both."""

import re
from datetime import date
from typing import Any

import pytest

from experts.models import Call, Departure, Expert, Panel, Seat
from experts.states import CallResult, PanelState, SeatState
from investreview.accounts.models import User
from investreview.core.clock import SHANGHAI
from investreview.draws.kinds import DrawState
from investreview.draws.models import Draw, Reveal
from investreview.draws.names import open_name
from investreview.journal.models import Entry
from tests.browser.house import _let_auditor_in
from tests.experts import ceremonies
from tests.experts import engine_rooms as rooms
from tests.experts.doors import act, at_step, browser, opened, page_of, scan, text, url
from tests.experts.halls import Hall
from tests.experts.pool import employ
from tests.workflows.doors import hidden
from tests.world import found_world
from workflows.models import WorkItem

OPERATOR, SUPERVISOR = "draw_operator", "draw_supervisor"
PREVIEW = "?preview=yes&industries=PORT"
SETUP: dict[str, Any] = {
    "industries": ["PORT"],
    "mode": "ONLINE",
    "meets_at": "2024-07-22T14:00",
    "place": "三楼会议室（示例）",
    "duration": "半天",
    "fee": "按标准",
}
BALLS = {f"ball_{place}": str(digit) for place, digit in enumerate(ceremonies.DIGITS, 1)}


def drawn_names(there: Hall) -> set[str]:
    """Everybody who was drawn, whether revealed or not."""
    draw = Draw.objects.get(pk=there.panel.draw_id)
    return {open_name(draw, member.no).name for member in draw.members.all()}


def shown(page: str, names: set[str]) -> set[str]:
    return {name for name in names if name in page}


def test_before_the_freeze_the_operator_sees_what_would_be_frozen(there: Hall) -> None:
    address = page_of(there, "freeze_draw")
    first = text(there, OPERATOR, address)
    assert "将要封存的内容" not in first and "封存后名册" not in first
    page = opened(there, OPERATOR, address + PREVIEW).context["outlook"]
    assert (page.setup.pool.size, len(page.setup.pool.rows), page.lacks, page.certain) == (5, 18, (), ())
    assert page.setup.seed_count == 1000
    assert 0 < page.least <= page.most < 10_000


def test_the_outlook_names_nobody(there: Hall) -> None:
    page = text(there, OPERATOR, page_of(there, "freeze_draw") + PREVIEW)
    assert "专家甲" not in page


def test_a_shortage_is_told_exactly_and_the_freeze_is_shut(there: Hall) -> None:
    answer = opened(there, OPERATOR, page_of(there, "freeze_draw") + "?preview=yes&industries=DIGITAL")
    [lack] = answer.context["outlook"].lacks
    assert (lack.seats, lack.need, lack.have) == ("行业技术", 1, 0)
    assert "人数不足，不能封存" in answer.content.decode()


def test_a_freeze_without_industry_is_refused_and_nothing_typed_is_lost(there: Hall) -> None:
    typed = {name: value for name, value in SETUP.items() if name != "industries"}
    answer = at_step(there, OPERATOR, "freeze_draw", "freeze_panel", query=PREVIEW, **typed)
    assert answer.status_code == 422
    assert not Panel.objects.filter(case=there.case).exists()
    assert "请选择项目所属行业。" in answer.content.decode()


def test_the_whole_ceremony_by_its_two_hands(there: Hall) -> None:
    answer = at_step(there, OPERATOR, "freeze_draw", "freeze_panel", query=PREVIEW, **SETUP)
    assert answer.status_code == 302 and answer.url == url(there)
    assert at_step(there, OPERATOR, "announce_draw", "announce_panel").url == url(there)
    draw = there.panel.draw
    page = text(there, SUPERVISOR)
    assert re.findall(r"<li(?: class=\"ir-last\")?>([0-9a-f]{4})</li>", page) == re.findall("....", draw.request_hash)
    typed = {"fingerprint_tail": draw.request_hash[-8:].upper(), "read_by": "OPERATOR", **BALLS}
    answer = at_step(there, SUPERVISOR, "draw_numbers", "draw_panel", **typed, photo=scan("照片（示例）.pdf"))
    assert answer.url == url(there)
    panel = there.panel
    assert (panel.state, panel.draw.state, panel.draw.read_by) == (PanelState.INVITING, DrawState.DRAWN, "OPERATOR")
    assert len(panel.draw.photo_sha256) == 64
    for place in there.places():
        no = next_no(there, OPERATOR)
        assert act(there, OPERATOR, "ask-reveal", no=no).status_code == 302
        assert act(there, SUPERVISOR, "confirm-reveal", no=no).status_code == 302
        ceremonies.confirm_own(there, there.seat(place))
    assert at_step(there, OPERATOR, "convene", "close_invitations").url == url(there)
    assert there.panel.state == PanelState.SCORING


def next_no(there: Hall, who: str) -> str:
    [form] = [one for one in opened(there, who).context["view"].acts if one.name.endswith("reveal")]
    return str(form["no"].value())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"fingerprint_tail": "00000000"}, "fingerprint_tail"),
        ({"fingerprint_tail": "xyz"}, "fingerprint_tail"),
        ({"ball_10": ""}, "ball_10"),
        ({"ball_3": "x"}, "ball_3"),
    ],
)
def test_wrong_numbers_are_told_at_their_field(there: Hall, wrong: dict[str, str], field: str) -> None:
    rooms.freeze(there)
    rooms.announce(there)
    typed = {"fingerprint_tail": there.panel.draw.request_hash[-8:], "read_by": "WITNESS", **BALLS, **wrong}
    answer = at_step(there, SUPERVISOR, "draw_numbers", "draw_panel", **typed)
    form = answer.context["panels"][0].form
    assert answer.status_code == 422 and list(form.errors) == [field]
    assert form["ball_1"].value() == "0"
    assert there.panel.draw.state == DrawState.ANNOUNCED


def test_numbers_that_stand_only_go_on(there: Hall) -> None:
    rooms.freeze(there)
    rooms.announce(there)
    ceremonies.enter_numbers(there)
    page = text(there, SUPERVISOR)
    assert "继续抽取" in page and 'name="ball_1"' not in page
    assert at_step(there, SUPERVISOR, "draw_numbers", "draw_panel").status_code == 302
    assert there.panel.state == PanelState.INVITING


def test_no_name_before_both_have_revealed_it(there: Hall) -> None:
    rooms.to_drawn(there)
    names = drawn_names(there)
    readers = (OPERATOR, SUPERVISOR, "panel_secretary")
    assert {who: shown(text(there, who), names) for who in readers} == {who: set() for who in readers}
    no = next_no(there, OPERATOR)
    act(there, OPERATOR, "ask-reveal", no=no)
    assert {who: shown(text(there, who), names) for who in readers} == {who: set() for who in readers}
    act(there, SUPERVISOR, "confirm-reveal", no=no)
    first = {there.seat(1).expert.name}
    assert {who: shown(text(there, who), names) for who in readers} == dict.fromkeys(readers, first)
    assert shown(text(there, "head", f"/experts/draws/{there.panel.draw_id}/"), names) == set()


def test_a_second_press_reveals_nobody_else(there: Hall) -> None:
    rooms.to_drawn(there)
    no = next_no(there, OPERATOR)
    for _press in range(2):
        assert act(there, OPERATOR, "ask-reveal", no=no).status_code == 302
    for _press in range(2):
        assert act(there, SUPERVISOR, "confirm-reveal", no=no).status_code == 302
    assert act(there, OPERATOR, "ask-reveal", no=no).status_code == 302
    assert (Reveal.objects.filter(draw=there.panel.draw_id).count(), Seat.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        (SUPERVISOR, "ask-reveal"),
        (OPERATOR, "confirm-reveal"),
        (OPERATOR, "confirm-decline"),
        (SUPERVISOR, "decline"),
        (OPERATOR, "confirm-wave"),
        (OPERATOR, "finish-void"),
        (OPERATOR, "declare"),
        (SUPERVISOR, "note-call"),
        ("panel_secretary", "ask-reveal"),
        ("discipline", "confirm-reveal"),
    ],
)
def test_each_hand_does_its_own_part_only(there: Hall, who: str, name: str) -> None:
    rooms.to_drawn(there)
    assert act(there, who, name, no=next_no(there, OPERATOR), place="1").status_code == 403


EVERYBODY = {
    "draw_operator": 200,
    "draw_supervisor": 200,
    "panel_secretary": 200,
    "panel_secretary2": 200,
    "discipline": 200,
    "officer": 404,
    "head": 404,
    "deputy": 404,
    "director": 404,
    "finance": 404,
    "document_officer": 404,
    "archivist": 404,
    "pool_keeper": 404,
    "rule_keeper": 404,
    "group_drafter": 404,
    "group_releaser": 404,
    "other_drafter": 404,
    "system_admin": 404,
    "security_admin": 404,
    "audit_admin": 404,
}


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_opens_the_page_of_a_panel(there: Hall, who: str) -> None:
    rooms.to_drawn(there)
    assert opened(there, who).status_code == EVERYBODY[who]


def test_experts_and_strangers_do_not_open_it(there: Hall) -> None:
    rooms.to_drawn(there)
    seat = ceremonies.reveal(there)
    assert seat.expert.user is not None
    for address in (url(there), url(there, "members/"), url(there, "beat/"), url(there, "sheets/1/")):
        assert opened(there, seat.expert.user, address).status_code == 404
    client = browser(there, OPERATOR)
    client.logout()
    assert client.get(url(there)).status_code == 302


def test_another_commission_does_not_know_the_panel(there: Hall) -> None:
    elsewhere = found_world("HAZ", names="别处")
    rooms.to_drawn(there)
    for who in (OPERATOR, SUPERVISOR, "panel_secretary", "discipline"):
        stranger: User = elsewhere.people[who]
        assert opened(there, stranger).status_code == 404
        assert act(there, stranger, "ask-reveal", no="1").status_code == 404
        assert opened(there, stranger, f"/experts/draws/{there.panel.draw_id}/").status_code == 404


def test_what_does_not_exist_is_answered_like_what_may_not_be_known(there: Hall) -> None:
    rooms.to_drawn(there)
    assert opened(there, OPERATOR, "/experts/panels/999999/").status_code == 404
    assert act(there, OPERATOR, "draw-again").status_code == 404


def test_an_auditor_reads_and_the_reading_is_noted(there: Hall) -> None:
    rooms.to_drawn(there)
    _let_auditor_in(there.world)
    context = opened(there, "auditor").context
    assert (context["view"].acts, context["steps"]) == ((), ())
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.chain) == ("panel.read", "LYG:access")


def test_the_supervisor_knows_no_reason_of_an_exclusion(there: Hall) -> None:
    expert = Expert.objects.filter(commission=there.world.commission).order_by("pk")[3]
    employ(there.world, expert, there.world.group.organisation, from_on=date(2023, 1, 1))
    rooms.freeze(there)
    [row] = opened(there, OPERATOR).context["view"].exclusions
    assert (row.code, bool(row.reasons)) == ("EMPLOYER", True)
    [same] = opened(there, SUPERVISOR).context["view"].exclusions
    assert (same.no, same.code, same.reasons) == (row.no, "EMPLOYER", ())


def test_the_call_register_counts_by_rule_and_tells_the_next_time(there: Hall) -> None:
    rooms.to_drawn(there)
    ceremonies.reveal(there)
    typed = {"place": "1", "result": "NO_ANSWER", "present": "监督人（示例）", "reason": ""}
    there.tick()
    moment = there.now.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    for _press in range(2):
        answer = act(there, OPERATOR, "note-call", called_at=moment, **typed)
        assert answer.status_code == 302
    assert Call.objects.count() == 1
    [line] = opened(there, OPERATOR).context["view"].lines
    assert (line.line.counted_tries, line.next_try_at is not None) == (1, True)
    assert there.seat(1).expert.phone not in "".join(call.masked_phone for call in line.line.calls)


def test_a_call_that_cannot_be_is_told_at_its_field_with_what_was_typed(there: Hall) -> None:
    rooms.to_drawn(there)
    ceremonies.reveal(there)
    typed = {"called_at": "2024-01-05T09:00", "result": "AGREED", "present": "在场（示例）"}
    answer = act(there, OPERATOR, "note-call", place="1", **typed)
    assert answer.status_code == 422
    [line] = answer.context["view"].lines
    form = next(one for one in line.forms if one.name == "note-call")
    assert (list(form.errors), form["present"].value()) == (["called_at"], "在场（示例）")


def test_a_decline_takes_a_document_and_two_people(there: Hall) -> None:
    rooms.to_drawn(there)
    ceremonies.reveal(there)
    ceremonies.call(there, 1, CallResult.LEAVE, reason="出差（示例）")
    typed = {"place": "1", "kind": "DECLINED", "reason": "出差（示例）"}
    assert act(there, OPERATOR, "decline", **typed).status_code == 422
    for _press in range(2):
        assert act(there, OPERATOR, "decline", **typed, document=scan()).status_code == 302
    assert Departure.objects.count() == 1
    [line] = opened(there, SUPERVISOR).context["view"].lines
    assert [form.name for form in line.forms] == ["confirm-decline", "reject-decline"]
    document = Departure.objects.get().document
    assert document is not None
    file = opened(there, SUPERVISOR, f"/experts/files/{document.pk}/")
    assert file.status_code == 200
    file.close()
    assert opened(there, "officer", f"/experts/files/{document.pk}/").status_code == 404
    for _press in range(2):
        assert act(there, SUPERVISOR, "confirm-decline", place="1").status_code == 302
    assert Seat.objects.get(place=1).state == SeatState.DECLINED
    assert there.panel.draw.wave_count == 1


def test_a_decline_may_be_rejected_with_a_reason(there: Hall) -> None:
    rooms.to_drawn(there)
    ceremonies.reveal(there)
    ceremonies.told_to_leave(there, 1, confirm=False)
    assert act(there, SUPERVISOR, "reject-decline", place="1", reason="").status_code == 422
    assert act(there, SUPERVISOR, "reject-decline", place="1", reason="凭据不符（示例）").status_code == 302
    assert there.seat(1).state == SeatState.REVEALED


def test_beyond_a_third_of_the_seats_the_discipline_office_countersigns(there: Hall) -> None:
    rooms.to_drawn(there)
    for _name in range(2):
        ceremonies.reveal(there)
    ceremonies.told_to_leave(there, 1)
    ceremonies.told_to_leave(there, 2, confirm=False)
    page = text(there, "discipline")
    assert "会签同意" in page and there.seat(2).expert.name not in page
    assert act(there, SUPERVISOR, "confirm-decline", place="2").status_code == 403
    for _press in range(2):
        assert act(there, "discipline", "countersign-wave").status_code == 302
    assert act(there, SUPERVISOR, "confirm-decline", place="2").status_code == 302
    assert there.panel.draw.wave_count == 2


def test_own_declines_are_filled_by_a_wave_of_two(there: Hall) -> None:
    rooms.to_drawn(there)
    ceremonies.reveal(there)
    ceremonies.decline_own(there, 1)
    assert [form.name for form in opened(there, OPERATOR).context["view"].acts] == ["ask-reveal", "ask-wave"]
    for _press in range(2):
        assert act(there, OPERATOR, "ask-wave").status_code == 302
    for _press in range(2):
        assert act(there, SUPERVISOR, "confirm-wave").status_code == 302
    assert there.panel.draw.wave_count == 1


def test_a_seated_member_leaves_by_three_steps_and_the_place_is_filled(there: Hall) -> None:
    rooms.to_scoring(there)
    ceremonies.call(there, 2, CallResult.LEAVE, reason="住院（示例）")
    act(there, OPERATOR, "decline", place="2", kind="DECLINED", reason="住院（示例）", document=scan())
    act(there, SUPERVISOR, "confirm-decline", place="2")
    [step] = opened(there, OPERATOR).context["steps"]
    assert (step.item.node, step.panels[0].act.name) == ("score", "leave_seat")
    assert at_step(there, OPERATOR, "score", "leave_seat", seat="2").url == url(there)
    act(there, OPERATOR, "ask-wave")
    act(there, SUPERVISOR, "confirm-wave")
    no = next_no(there, OPERATOR)
    act(there, OPERATOR, "ask-reveal", no=no)
    act(there, SUPERVISOR, "confirm-reveal", no=no)
    ceremonies.confirm_own(there, there.seat(2))
    assert at_step(there, OPERATOR, "refill", "fill_place", seat="2").url == url(there)
    assert WorkItem.objects.filter(case=there.case, place="2", node="score", state="OPEN").count() == 1


def test_an_operator_who_comes_late_is_told_and_loses_nothing(there: Hall) -> None:
    rooms.freeze(there)
    client = browser(there, OPERATOR)
    address = page_of(there, "announce_draw")
    page = client.get(address)
    typed = hidden(page, "announce_panel")
    rooms.announce(there)
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert url(there) in answer.content.decode()
    assert client.get(address).status_code == 302


def test_the_page_costs_the_same_however_many_names_are_known(there: Hall, django_assert_max_num_queries: Any) -> None:
    rooms.to_drawn(there)
    ceremonies.reveal(there)
    counted = []
    for _more in range(2):
        client = browser(there, OPERATOR)
        client.get(url(there))
        with django_assert_max_num_queries(12) as seen:
            client.get(url(there))
        counted.append(len(seen))
        ceremonies.reveal(there)
    assert len(set(counted)) == 1
    with django_assert_max_num_queries(8):
        client.get(url(there, "beat/"))
