"""Own leave: seen by the office, refused in words, and no right before the authority is registered."""

import pytest

from investreview.accounts.models import Leave
from investreview.accounts.services.leaves import Absence, record_leave
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from tests.desk.people import browser, let_stand_in
from tests.world import World, drive, later
from workflows.selectors import inbox, scope_of

TODAY, LAST = later(12).date(), later(16).date()
SENT = {"valid_from": TODAY.isoformat(), "valid_until": LAST.isoformat()}


def test_a_leave_is_seen_by_the_office_and_gives_nobody_a_right(world: World) -> None:
    drive(world, "checked")
    answer = browser(world.deputy).post("/leave/", {**SENT, "substitute": world.director.pk, "note": "年休假"})
    assert answer.status_code == 302
    assert "拟请" in browser(world.director).get("/leave/").content.decode()
    at = later(13)
    assert not inbox(user=world.director, scope=scope_of(world.director, at), at=at).exists()
    leave = Leave.objects.get()
    told = set(Notice.objects.filter(dedupe_key=f"leave:{leave.pk}").values_list("user", flat=True))
    assert told == {world.security_admin.pk, world.director.pk}
    keeper = browser(world.security_admin)
    assert f"{world.director.full_name} 代 {world.deputy.full_name}" in keeper.get("/leave/").content.decode()
    form = keeper.get(f"/people/{world.deputy.pk}/?leave={leave.pk}").context["substitution_form"]
    assert (form.initial["substitute"], form.initial["valid_until"]) == (world.director.pk, LAST)
    let_stand_in(world, world.director, world.deputy, Role.DEPUTY_DIRECTOR)
    assert "没有待登记的代办" in keeper.get("/leave/").content.decode()
    assert "授权已登记" in browser(world.deputy).get("/leave/?month=2024-07").content.decode()


def test_a_leave_is_the_offices_own(world: World) -> None:
    browser(world.officer).post("/leave/", SENT)
    name = world.officer.full_name
    assert f"<b>{name}</b>" in browser(world.head).get("/leave/").content.decode()
    for other in ("law", "group_drafter"):
        assert f"<b>{name}</b>" not in browser(world.people[other]).get("/leave/").content.decode()
    leave = Leave.objects.get()
    assert browser(world.officer2).post(f"/leave/{leave.pk}/cancellation/").status_code == 404
    assert browser(world.officer).post(f"/leave/{leave.pk}/cancellation/").status_code == 302
    assert f"<b>{name}</b>" not in browser(world.head).get("/leave/").content.decode()
    verbs = list(Entry.objects.filter(verb__startswith="leave.").values_list("verb", flat=True).order_by("pk"))
    assert verbs == ["leave.record", "leave.cancel"]


def test_wrong_days_and_wrong_people_are_refused_beside_their_field(world: World) -> None:
    officer = browser(world.officer)
    for sent, said in (
        ({"valid_from": LAST.isoformat(), "valid_until": TODAY.isoformat()}, "早于起始日期"),
        ({"valid_from": "2024-07-01", "valid_until": "2024-07-12"}, "早于今天"),
        ({**SENT, "substitute": world.group_drafter.pk}, "ir-error"),
    ):
        answer = officer.post("/leave/", sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert officer.post("/leave/", {**SENT, "valid_from": "2024-07-12"}).status_code == 302
    assert "重叠" in officer.post("/leave/", SENT).content.decode()
    with pytest.raises(Invalid, match="accounts_substitute_away"):
        absence = Absence(LAST, LAST, substitute_id=world.officer.pk)
        record_leave(person=world.officer2, absence=absence, at=later(12))


@pytest.mark.parametrize(("who", "status"), [("security_admin", 200), ("system_admin", 403), ("audit_admin", 403)])
def test_administrators_have_no_leave_and_one_of_them_registers(world: World, who: str, status: int) -> None:
    client = browser(world.people[who])
    assert client.get("/leave/").status_code == status
    assert client.post("/leave/", SENT).status_code == 403
