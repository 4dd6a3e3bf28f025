"""The rule keeper's pages: a file becomes a draft, is compared, tried on the past, withdrawn or published."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.rulebook.models import RuleSet
from tests.accounts.factories import give_role
from tests.desk.people import browser
from tests.rulebook.conftest import content_of
from tests.world import START, World, drive

NEW, LIST = "/rule-drafts/new/", "/rule-drafts/"
OCTOBER = date(2024, 10, 1)
LATER_PANEL = (b'{key: panel, yuan: "30000000.00"', b'{key: panel, yuan: "15000000.00"')


@pytest.fixture
def keeper(world: World) -> Client:
    return browser(world.people["rule_keeper"])


@pytest.fixture
def head(world: World) -> Client:
    return browser(world.people["head"])


def file_of(content: bytes, name: str = "规则.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/yaml")


def changed(*pairs: tuple[bytes, bytes]) -> bytes:
    """The 2024 rules as 2024-2 from October on, with some bytes put for others."""
    content = content_of("2024-2", OCTOBER)
    for old, new in pairs:
        assert old in content
        content = content.replace(old, new, 1)
    return content


def draft(client: Client, content: bytes, base: str = "") -> RuleSet:
    answer = client.post(NEW, {"file": file_of(content), "base": base})
    assert answer.status_code == 302, answer.content.decode()
    return RuleSet.objects.get(state="DRAFT")


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return str(answer.content.decode())


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="rule_set.").order_by("pk").values_list("verb", flat=True))


def test_any_version_is_taken_as_the_file_that_was_reviewed(world: World, keeper: Client) -> None:
    answer = keeper.get("/rules/2024-1/file/")
    held = RuleSet.objects.get(commission=world.commission)
    assert (answer.content, answer["Content-Disposition"]) == (
        held.content.encode(), 'attachment; filename="LYG-2024-1.yaml"',
    )  # fmt: skip


def test_a_file_becomes_a_draft_of_the_person(world: World, keeper: Client) -> None:
    held = draft(keeper, changed())
    assert (held.code, held.effective_from, held.drafted_by) == ("2024-2", OCTOBER, world.people["rule_keeper"])
    assert held.content.encode() == changed()
    assert f'href="{LIST}{held.pk}/"' in page(keeper, LIST)


def test_the_same_file_sent_twice_is_one_draft(world: World, keeper: Client) -> None:
    first = draft(keeper, changed())
    assert draft(keeper, changed()) == first
    assert verbs().count("rule_set.draft") == 2  # that of the founding, and this one


def test_a_text_from_the_browser_is_the_same_file(world: World, keeper: Client) -> None:
    typed = changed().decode().replace("\n", "\r\n")
    answer = keeper.post(f"{NEW}?from=2024-1", {"text": typed, "base": ""})
    assert answer.status_code == 302
    assert RuleSet.objects.get(state="DRAFT").content.encode() == changed()


FAULTS: list[tuple[tuple[bytes, bytes], str, int]] = [
    ((b'citation: "\xc2\xa73.2"', b'citation: "\xc2\xa73.99"'), "依据“§3.99”在本规则集的条文中不存在", 272),
    ((b"opinion_days: {value: 3", b"opinion_days: {value: three"), "此处应为不小于 1 的整数", 642),
    ((b"  opinion_days: {value: 3, citation: ", b"  opinion_day: {value: 3, citation: "), "缺少这一项", 638),
    ((b"columns: [filing", b"columns: [[filing"), "规则文件无法读取", 0),
    ((b"effective_from: 2024-10-01", b"effective_from: 2024-02-30"), "不是有效的数或者日期", 7),
]


@pytest.mark.parametrize(("fault", "told", "line"), FAULTS)
def test_a_fault_is_told_at_its_line_and_what_was_tried_stays(
    world: World, keeper: Client, fault: tuple[bytes, bytes], told: str, line: int
) -> None:
    content = changed(fault)
    answer = keeper.post(NEW, {"file": file_of(content)})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert not RuleSet.objects.filter(state="DRAFT").exists()
    assert answer.context["form"]["text"].value() == content.decode()
    if line:
        marked = [(each.number, each.text) for each in answer.context["lines"] if each.is_fault]
        assert marked == [(line, content.decode().splitlines()[line - 1])]
        assert f'data-line="{line}"' in text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (changed().decode().encode("gb18030"), "不是 UTF-8 编码"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)), "不是 UTF-8 编码"),
        (b"code: x\n" + b"#" * 512 * 1024, "超过 512 KB 的上限"),
        (b"a: &a [x]\nb: *a\n", "使用了引用"),
        (b"[" * 5000, "嵌套过深"),
        (b"- one\n- two\n", "此处应为若干“名称: 值”"),
        (b"   \n", "没有收到规则文件"),
        (b"", "没有收到规则文件"),
    ],
)
def test_what_is_no_rule_file_is_refused_with_what_to_do(
    world: World, keeper: Client, content: bytes, told: str
) -> None:
    answer = keeper.post(NEW, {"file": file_of(content), "text": ""})
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert not RuleSet.objects.filter(state="DRAFT").exists()


def test_a_published_code_is_told_beside_the_text(world: World, keeper: Client) -> None:
    answer = keeper.post(NEW, {"file": file_of(content_of("2024-1", OCTOBER))})
    assert (answer.status_code, "请使用新的代码另行起草" in answer.content.decode()) == (422, True)


def test_writing_begins_with_the_chosen_version(world: World, keeper: Client) -> None:
    assert keeper.get(f"{NEW}?from=2024-1").context["form"]["base"].value() == ""
    held = draft(keeper, changed())
    form = keeper.get(f"{NEW}?from=2024-2").context["form"]
    assert (form["text"].value().encode(), form["base"].value()) == (changed(), held.sha256)
    assert keeper.get(f"{NEW}?from=2024-9").status_code == 404


def test_a_draft_is_replaced_by_whoever_has_seen_it(world: World, keeper: Client) -> None:
    seen = draft(keeper, changed()).sha256
    other = browser(another_keeper(world))
    theirs = draft(other, changed(LATER_PANEL), base=seen)
    answer = keeper.post(NEW, {"text": changed((b"value: 8", b"value: 9")).decode(), "base": seen})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "现在的内容由" in text
    assert f'href="{LIST}{theirs.pk}/"' in text
    form = answer.context["form"]
    assert "value: 9" in form["text"].value()
    assert draft(keeper, form["text"].value().encode(), base=form["base"].value()).sha256 != theirs.sha256


def test_a_text_made_from_a_draft_that_was_withdrawn_is_not_lost(world: World, keeper: Client) -> None:
    held = draft(keeper, changed())
    keeper.post(f"{LIST}{held.pk}/withdrawal/", {"sha256": held.sha256, "reason": "重写"})
    answer = keeper.post(f"{NEW}?from=2024-2", {"text": changed(LATER_PANEL).decode(), "base": held.sha256})
    assert answer.status_code == 302
    assert RuleSet.objects.get(state="DRAFT").content.encode() == changed(LATER_PANEL)


def another_keeper(world: World) -> User:
    """The officer keeps rules too."""
    give_role(world.people["officer"], Role.RULE_KEEPER, world.commission, at=START)
    return world.people["officer"]


def test_the_page_says_how_the_draft_differs(world: World, keeper: Client) -> None:
    held = draft(keeper, changed(LATER_PANEL))
    shown = keeper.get(f"{LIST}{held.pk}/").context["page"]
    assert (shown.before.code, shown.paragraph_count, shown.entry_count) == ("2024-1", 1, 3)
    compared = page(keeper, "/rules/2024-2/since/2024-1/")
    assert "thresholds[panel].yuan" in compared
    assert "<ins>15000000.00</ins>" in compared


def test_a_draft_that_changes_nothing_says_so(world: World, keeper: Client) -> None:
    drive(world, "released")
    held = draft(keeper, changed())
    assert "除代码和施行日期外，与上一版没有不同" in page(keeper, f"{LIST}{held.pk}/")
    assert "以往项目的路径、义务、期限和材料都不变" in page(keeper, f"{LIST}{held.pk}/replay/")


def test_the_trial_names_cases_to_the_head_and_numbers_to_the_keeper(
    world: World, keeper: Client, head: Client
) -> None:
    case = drive(world, "checked")
    drive(world, "released", key="2", name="小项目（示例）", yuan="12000000.00")
    held = draft(keeper, changed(LATER_PANEL))
    url = f"{LIST}{held.pk}/replay/"
    for client, sees in ((keeper, False), (head, True)):
        answer = client.get(url)
        replay, text = answer.context["replay"], answer.content.decode()
        assert (replay.case_count, replay.past_count, replay.count, replay.rerouted_count) == (2, 0, 1, 1)
        assert "备案 → 二次论证" in text
        assert (case.number in text, case.project.name in text) == (sees, sees)
        assert ("1 个项目未列出名称" in text) is not sees


def test_the_trial_before_any_project_says_what_would_be_here(world: World, keeper: Client) -> None:
    held = draft(keeper, changed(LATER_PANEL))
    assert "还没有判定过的办件和补录项目" in page(keeper, f"{LIST}{held.pk}/replay/")


def test_the_head_publishes_what_was_seen(world: World, keeper: Client, head: Client) -> None:
    held = draft(keeper, changed(LATER_PANEL))
    url, sent = f"{LIST}{held.pk}/publication/", {"sha256": held.sha256, "has_checked": "on"}
    unread = head.post(url, {"sha256": held.sha256})
    assert (unread.status_code, "请先核对比对和试算结果" in unread.content.decode()) == (422, True)
    for _press in range(2):
        answer = head.post(url, sent)
        assert (answer.status_code, answer["Location"]) == (302, "/rules/2024-2/")
    assert verbs()[-1] == "rule_set.publish"
    assert verbs().count("rule_set.publish") == 1
    assert head.get(f"{LIST}{held.pk}/")["Location"] == "/rules/2024-2/"
    assert keeper.get(f"{LIST}{held.pk}/replay/").status_code == 404


def test_heads_are_told_once_of_a_draft_and_the_keeper_of_its_publication(
    world: World, keeper: Client, head: Client
) -> None:
    seen = draft(keeper, changed()).sha256
    held = draft(keeper, changed(LATER_PANEL), base=seen)
    head.post(f"{LIST}{held.pk}/publication/", {"sha256": held.sha256, "has_checked": "on"})
    told = Notice.objects.filter(dedupe_key__startswith="rule_set:").order_by("pk")
    assert [(one.user, one.url) for one in told] == [
        (world.people["head"], f"{LIST}{held.pk}/"),
        (world.people["rule_keeper"], "/rules/2024-2/"),
    ]


def test_a_stale_page_publishes_nothing_and_shows_the_draft_as_it_is(
    world: World, keeper: Client, head: Client
) -> None:
    seen = draft(keeper, changed()).sha256
    held = draft(keeper, changed(LATER_PANEL), base=seen)
    answer = head.post(f"{LIST}{held.pk}/publication/", {"sha256": seen, "has_checked": "on"})
    assert (answer.status_code, "在您打开页面之后已由" in answer.content.decode()) == (409, True)
    assert answer.context["publish_form"]["sha256"].value() == held.sha256
    withdrawn = keeper.post(f"{LIST}{held.pk}/withdrawal/", {"sha256": seen, "reason": "重写"})
    assert (withdrawn.status_code, withdrawn.context["withdraw_form"]["reason"].value()) == (409, "重写")
    assert RuleSet.objects.get(pk=held.pk).state == "DRAFT"


def test_the_keeper_withdraws_with_a_reason(world: World, keeper: Client) -> None:
    held = draft(keeper, changed())
    url = f"{LIST}{held.pk}/withdrawal/"
    assert keeper.post(url, {"sha256": held.sha256, "reason": ""}).status_code == 422
    assert keeper.post(url, {"sha256": held.sha256, "reason": "委务会未通过"})["Location"] == LIST
    assert keeper.post(url, {"sha256": held.sha256, "reason": "委务会未通过"}).status_code == 404
    assert Entry.objects.get(verb="rule_set.withdraw").facts == {"sha256": held.sha256, "reason": "委务会未通过"}


def test_a_draft_of_a_past_day_tells_the_head_why_it_waits(world: World, keeper: Client, head: Client) -> None:
    keeper.post(NEW, {"file": file_of(content_of("2024-2", date(2024, 7, 2)))})
    held = RuleSet.objects.get(state="DRAFT")
    text = page(head, f"{LIST}{held.pk}/")
    assert "早于今日，规则不溯及既往" in text
    assert "/publication/" not in text


@pytest.mark.parametrize("who", ["officer", "group_drafter", "system_admin", "archivist"])
def test_drafts_do_not_exist_for_others(world: World, keeper: Client, who: str) -> None:
    held = draft(keeper, changed())
    other = browser(world.people[who])
    sent: dict[str, Any] = {"sha256": held.sha256, "reason": "x", "has_checked": "on"}
    asked: list[Callable[[], Any]] = [
        *(lambda url=url: other.get(url) for url in (LIST, NEW, f"{LIST}{held.pk}/", f"{LIST}{held.pk}/replay/")),
        *(lambda url=url: other.post(f"{LIST}{held.pk}/{url}/", sent) for url in ("publication", "withdrawal")),
        lambda: other.post(NEW, {"file": file_of(changed())}),
        lambda: other.get("/rules/2024-2/file/"),
    ]
    assert [ask().status_code for ask in asked] == [404] * len(asked)
    assert reverse("desk:rule_drafts") not in page(other, "/")


def test_the_head_writes_no_draft_and_the_keeper_publishes_none(world: World, keeper: Client, head: Client) -> None:
    held = draft(keeper, changed())
    sent = {"sha256": held.sha256, "reason": "x", "has_checked": "on"}
    assert head.post(NEW, {"file": file_of(changed())}).status_code == 403
    assert head.post(f"{LIST}{held.pk}/withdrawal/", sent).status_code == 403
    assert keeper.post(f"{LIST}{held.pk}/publication/", sent).status_code == 403
