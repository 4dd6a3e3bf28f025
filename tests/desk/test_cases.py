"""The list of cases: who sees which, search, filter, pages."""

import re

import pytest

from investreview.desk.selectors import case_list
from investreview.projects.states import CaseState
from tests.desk.people import auditor_of, browser
from tests.states import kept
from tests.world import World, drive, wanted


def numbers(answer) -> list[str]:
    return re.findall(r'<div class="ir-hash">([A-Z]+-[0-9-]+)</div>', answer.content.decode())


@pytest.fixture
def three(world: World) -> dict[str, str]:
    return kept(lambda: _three(world), "three")


def _three(world: World) -> dict[str, str]:
    cases = {
        "sub": drive(
            world, "confirmed", key="s1", body="sub", plan=wanted(world, body="sub", name="子公司项目（示例）")
        ),
        "draft": drive(world, "draft", key="s2", plan=wanted(world, name="草稿项目（示例）")),
        "other": drive(
            world, "released", key="s3", body="other", plan=wanted(world, body="other", name="乙项目（示例）")
        ),
    }
    return {key: case.number for key, case in cases.items()}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("officer", ["other", "sub"]),
        ("head", ["other", "sub"]),
        ("deputy", ["other", "sub"]),
        ("director", ["other", "sub"]),
        ("document_officer", ["other", "sub"]),
        ("law", []),
        ("archivist", []),
        ("group_drafter", ["draft", "sub"]),
        ("group_releaser", ["draft", "sub"]),
        ("sub_drafter", ["sub"]),
        ("sister_drafter", []),
        ("other_drafter", ["other"]),
        ("other_releaser", ["other"]),
    ],
)
def test_list_shows_exactly_the_visible_cases(world: World, three: dict[str, str], who: str, seen: list[str]) -> None:
    answer = browser(world.people[who]).get("/cases/")
    assert numbers(answer) == [three[key] for key in seen]


def test_list_shows_the_auditor_the_released_cases(world: World, three: dict[str, str]) -> None:
    assert numbers(browser(auditor_of(world)).get("/cases/")) == [three["other"], three["sub"]]


def test_list_shows_the_other_commission_nothing(world: World, elsewhere: World, three: dict[str, str]) -> None:
    answer = browser(elsewhere.officer).get("/cases/")
    assert numbers(answer) == []
    assert "本委" not in answer.content.decode()


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin", "rule_keeper"])
def test_list_refuses_who_has_no_case_role(world: World, who: str) -> None:
    assert browser(world.people[who]).get("/cases/").status_code == 403


def test_list_is_found_by_number_project_and_group(world: World, three: dict[str, str]) -> None:
    client = browser(world.officer)
    assert numbers(client.get("/cases/", {"q": three["sub"][-4:]})) == [three["sub"]]
    assert numbers(client.get("/cases/", {"q": "乙项目"})) == [three["other"]]
    assert numbers(client.get("/cases/", {"q": "乙集团"})) == [three["other"]]
    assert numbers(client.get("/cases/", {"q": "草稿项目"})) == []


def test_list_says_what_would_be_here_when_nothing_fits(world: World, three: dict[str, str]) -> None:
    assert "没有符合条件的办件" in browser(world.officer).get("/cases/", {"q": "没有这个"}).content.decode()


@pytest.mark.parametrize("text", ["a\x00b", "名\u202e称", "行一\n行二", "长" * 61])
def test_list_keeps_a_search_it_cannot_read_and_says_why(world: World, text: str) -> None:
    answer = browser(world.officer).get("/cases/", {"q": text})
    assert answer.status_code == 200
    assert 'class="ir-error"' in answer.content.decode()


def test_list_filters_by_state(world: World, three: dict[str, str]) -> None:
    client = browser(world.officer)
    assert numbers(client.get("/cases/", {"state": CaseState.CHECKING})) == [three["other"]]
    assert numbers(client.get("/cases/", {"state": CaseState.FILED})) == []


@pytest.mark.parametrize("state", [CaseState.DRAFT, "NONSENSE"])
def test_list_refuses_a_state_the_side_never_sees(world: World, three: dict[str, str], state: str) -> None:
    answer = browser(world.officer).get("/cases/", {"state": state})
    assert (answer.status_code, numbers(answer)) == (200, [])


def test_filter_tells_the_enterprise_no_decision_before_its_delivery(world: World) -> None:
    case = drive(world, "signed")
    mine = {"q": case.number}
    client = browser(world.group_drafter)
    assert numbers(client.get("/cases/", {**mine, "state": CaseState.FILED})) == []
    assert numbers(client.get("/cases/", {**mine, "state": CaseState.REVIEWING})) == [case.number]
    assert numbers(browser(world.officer).get("/cases/", {**mine, "state": CaseState.FILED})) == [case.number]


def test_list_goes_on_from_the_last_key(world: World, three: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_list, "PAGE", 1)
    client = browser(world.officer)
    first = client.get("/cases/")
    assert numbers(first) == [three["other"]]
    onward = re.search(r'href="(\?[^"]*before=\d+)"', first.content.decode())
    assert onward is not None
    second = client.get("/cases/" + onward[1].replace("&amp;", "&"))
    assert numbers(second) == [three["sub"]]
    assert "回到第一页" in second.content.decode()
    assert "下一页" not in second.content.decode()


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30])
def test_list_survives_a_key_nobody_gave_out(world: World, before: str) -> None:
    assert browser(world.officer).get("/cases/", {"before": before}).status_code == 200
