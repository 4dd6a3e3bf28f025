"""What the keeper and the head send from the pages: registration, correction, each act; what is refused beside it."""

from datetime import date
from typing import Any

import pytest

from experts.models import Expert
from investreview.accounts.models import User
from investreview.accounts.services import NewUser, create_user
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.registry.models import Organisation
from tests.desk.people import auditor_of, browser
from tests.experts.pool import found_pool, fresh, give_account, name_of, organisation, registered
from tests.world import World, credit_code

NEW = {
    "version": "0",
    "name": "专家新（示例）",
    "born_on": "1970-05-01",
    "phone": "13800138000",
    "title": "教授",
    "in_field_since": "1995-07-01",
    "specialties": ["LAW", "PORT"],
}


# Registering and correcting


def test_the_keeper_registers_an_expert(world: World) -> None:
    answer = browser(world.pool_keeper).post("/experts/new/", NEW)
    expert = Expert.objects.get(name="专家新（示例）")
    assert (answer.status_code, answer["Location"]) == (302, f"/experts/pool/{expert.number}/")
    assert (expert.born_on, expert.specialties) == (date(1970, 5, 1), ["LAW", "PORT"])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "请填写姓名。"),
        ({"born_on": "1899-12-31"}, "1900"),
        ({"in_field_since": "1960-01-01"}, "须晚于出生日期1970年5月1日"),
        ({"specialties": []}, "请至少选择一个专业。"),
        ({"specialties": ["MAGIC"]}, "MAGIC"),
        ({"email": "nobody"}, "不是电子邮箱地址"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_kept(world: World, typed: dict[str, Any], told: str) -> None:
    page = browser(world.pool_keeper).post("/experts/new/", NEW | typed)
    text = page.content.decode()
    assert (page.status_code, told in text, "13800138000" in text) == (422, True, True)
    assert Expert.objects.count() == 0


def test_a_correction_that_is_late_says_so_and_may_be_sent_again(world: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    client, url = browser(world.pool_keeper), f"/experts/pool/{expert.number}/facts/"
    typed = NEW | {"version": str(expert.version - 1)}
    page = client.post(url, typed)
    assert (page.status_code, "专家新（示例）" in page.content.decode()) == (422, True)
    assert f'name="version" value="{expert.version}"' in page.content.decode()
    assert fresh(expert).name == name_of(0)
    assert client.post(url, typed | {"version": str(expert.version)}).status_code == 302
    assert fresh(expert).name == "专家新（示例）"


def test_the_form_of_a_correction_holds_what_is_known(world: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    text = browser(world.pool_keeper).get(f"/experts/pool/{expert.number}/facts/").content.decode()
    assert f'value="{expert.phone}"' in text
    assert 'value="1968-03-15"' in text


def test_the_head_does_not_register(world: World) -> None:
    assert browser(world.head).post("/experts/new/", NEW).status_code == 403
    assert Expert.objects.count() == 0


# Acts


def act(who: User, expert: Expert, path: str, **typed: object) -> Any:
    data = {"version": fresh(expert).version, **typed}
    return browser(who).post(f"/experts/pool/{expert.number}/{path}", data)


def test_a_term_is_proposed_and_admitted_through_the_pages(world: World) -> None:
    expert = registered(world, 0)
    assert act(world.pool_keeper, expert, "proposals/", pool="INVESTMENT").status_code == 302
    term = expert.memberships.get()
    queue = browser(world.head).get("/experts/queue/").content.decode()
    assert f"/experts/pool/{expert.number}/" in queue
    assert act(world.pool_keeper, expert, f"proposals/{term.pk}/admission/").status_code == 403
    assert act(world.head, expert, f"proposals/{term.pk}/admission/").status_code == 302
    term.refresh_from_db()
    assert (term.admitted_by, term.admitted_on) == (world.head, legal_date(clock.now()))
    assert act(world.head, expert, "removal/", pool="INVESTMENT", reason="本人申请（示例）").status_code == 302
    term.refresh_from_db()
    assert term.removal_reason == "本人申请（示例）"


def test_a_proposal_is_refused_with_a_reason(world: World) -> None:
    expert = registered(world, 0)
    act(world.pool_keeper, expert, "proposals/", pool="SUPERVISION")
    term = expert.memberships.get()
    empty = act(world.head, expert, f"proposals/{term.pk}/refusal/", reason="")
    assert (empty.status_code, "请写明理由。" in empty.content.decode()) == (422, True)
    assert act(world.head, expert, f"proposals/{term.pk}/refusal/", reason="材料不全").status_code == 302
    assert "未同意入库" in browser(world.head).get(f"/experts/pool/{expert.number}/").content.decode()


def test_an_employer_is_noted_matched_and_ended_through_the_pages(world: World) -> None:
    expert = registered(world, 0)
    typed = {"kind": "EMPLOYED", "stated_name": "某大学", "from_on": "1989-09-01"}
    assert act(world.pool_keeper, expert, "employers/", **typed).status_code == 302
    tie = expert.employers.get()
    unknown = act(world.pool_keeper, expert, f"employers/{tie.pk}/match/", name="某大学")
    assert (unknown.status_code, "请填写统一社会信用代码" in unknown.content.decode()) == (422, True)
    typed = {"name": "某大学", "credit_code": credit_code(88)}
    assert act(world.pool_keeper, expert, f"employers/{tie.pk}/match/", **typed).status_code == 302
    tie.refresh_from_db()
    assert tie.organisation == Organisation.objects.get(credit_code=credit_code(88))
    assert act(world.pool_keeper, expert, f"employers/{tie.pk}/end/", until_on="2024-01-31").status_code == 302
    tie.refresh_from_db()
    assert tie.until_on == date(2024, 1, 31)


def test_a_refused_act_on_a_record_stands_open_at_that_record(world: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    tie = expert.employers.get()
    page = act(world.pool_keeper, expert, f"employers/{tie.pk}/end/", until_on="1999-01-01")
    text = page.content.decode()
    assert page.status_code == 422
    assert f'id="end_employer{tie.pk}_until_on_error"' in text
    assert "早于起始日期" in text


def test_conflicts_suspensions_and_accounts_through_the_pages(world: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    organisation("某公司")
    typed = {"name": "某公司", "kind": "LOAN", "basis": "本人申报", "from_on": "2020-01-01"}
    assert act(world.pool_keeper, expert, "conflicts/", **typed).status_code == 302
    conflict = expert.conflict_parties.get()
    ended = act(world.pool_keeper, expert, f"conflicts/{conflict.pk}/end/", until_on="2024-07-01")
    assert ended.status_code == 302
    typed = {"reason": "审查（示例）", "from_on": "2024-07-01"}
    assert act(world.head, expert, "suspensions/", **typed).status_code == 302
    suspension = expert.suspensions.get()
    lift = {"until_on": "2024-07-02", "reason": "结束（示例）"}
    assert act(world.pool_keeper, expert, f"suspensions/{suspension.pk}/lift/", **lift).status_code == 403
    assert act(world.head, expert, f"suspensions/{suspension.pk}/lift/", **lift).status_code == 302
    other = registered(world, 1)
    user = give_account(world, other)
    page = act(world.pool_keeper, expert, "account/", user=user.pk)
    assert page.status_code == 422  # an account of another name is not offered
    assert fresh(expert).user is None


def test_the_account_of_the_expert_is_offered_and_linked(world: World) -> None:
    expert = registered(world, 0)
    user = create_user(
        commission=world.commission,
        new=NewUser(username="zj.one", full_name=expert.name, kind=User.Kind.EXPERT),
        one_time_password="Once-2024-pass",
        by=world.security_admin,
        at=clock.now(),
    )
    page = browser(world.pool_keeper).get(f"/experts/pool/{expert.number}/").content.decode()
    assert "zj.one" in page
    assert act(world.pool_keeper, expert, "account/", user=user.pk).status_code == 302
    assert fresh(expert).user == user


@pytest.mark.parametrize(
    "path",
    ["proposals/", "removal/", "employers/", "conflicts/", "suspensions/", "account/", "employers/1/end/"],
)
@pytest.mark.parametrize("who", ["officer", "group_drafter", "draw_operator", "auditor"])
def test_nobody_else_acts(world: World, path: str, who: str) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    user = auditor_of(world) if who == "auditor" else world.people[who]
    assert act(user, expert, path).status_code == 403


@pytest.mark.parametrize("path", ["proposals/", "employers/", "removal/"])
def test_acts_are_sent_never_opened(world: World, path: str) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    assert browser(world.pool_keeper).get(f"/experts/pool/{expert.number}/{path}").status_code == 405
