"""The ways of each role, their counts, and what they cost."""

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils.functional import SimpleLazyObject

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of, substitutions_for
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.desk.context import Frame, navigation, read_frame
from investreview.desk.navigation import SECTIONS, sections_for
from investreview.desk.overview.permissions import OVERVIEW_ROLES
from investreview.notices.models import Notice
from investreview.notices.services import notify
from investreview.rulebook.selectors import rule_set_in_force
from tests.desk.people import auditor_of, browser
from tests.world import ADMINS, STAFF, START, World, drive

PLAIN = ["desk:home", "notices:notices", "desk:guide"]
COMMON = [*PLAIN, "desk:leave"]
"""Of whoever may be on leave and have somebody act for them, and of who registers it."""
PAST = ["past:index", "review:takeovers"]
RULES = ["rulebook:rule_sets", "registry:calendar"]
DRAFTED_RULES = ["rulebook:rule_sets", "desk:rule_drafts", "registry:calendar"]
EVALUATIONS = ["evaluations:due", "evaluations:years"]
NUMBERS = ["documents:numbers", "documents:failed", "documents:verify"]
WAYS = {
    Role.ENTERPRISE_DRAFTER: [
        *COMMON,
        "desk:cases",
        "projects:new_project",
        "handover:people",
        "evaluations:mine",
        "documents:verify",
        *RULES,
    ],
    Role.ENTERPRISE_RELEASER: [
        *COMMON,
        "desk:cases",
        "handover:people",
        "evaluations:mine",
        "documents:verify",
        *RULES,
    ],
    Role.CASE_OFFICER: [
        "desk:overview",
        *COMMON,
        "notices:calls",
        "projects:instructions",
        "desk:cases",
        "review:paper_list",
        *PAST,
        "handover:people",
        *EVALUATIONS,
        "evaluations:all_notices",
        "projects:agendas",
        *NUMBERS,
        *RULES,
    ],
    Role.COUNTERSIGNER: [*COMMON, "projects:instructions", "desk:cases", "handover:people", "documents:verify", *RULES],
    Role.EVALUATION_OFFICER: [
        *COMMON,
        "projects:instructions",
        *EVALUATIONS,
        "evaluations:all_notices",
        "documents:failed",
        "documents:verify",
        *RULES,
    ],
    Role.ARCHIVIST: [
        *COMMON,
        "projects:instructions",
        "desk:cases",
        "past:index",
        "evaluations:projects",
        "documents:numbers",
        "documents:verify",
        *RULES,
    ],
    Role.AUDITOR: [
        "desk:overview",
        *PLAIN,
        "projects:instructions",
        "desk:cases",
        "draws:list",
        *PAST,
        "experts:pool",
        *EVALUATIONS,
        "evaluations:all_notices",
        "projects:agendas",
        "documents:numbers",
        "documents:verify",
        *DRAFTED_RULES,
    ],
    Role.OFFICE_HEAD: [
        "desk:overview",
        *COMMON,
        "notices:calls",
        "projects:instructions",
        "desk:cases",
        "draws:list",
        "review:paper_list",
        *PAST,
        "handover:people",
        "experts:pool",
        "experts:queue",
        *EVALUATIONS,
        "evaluations:all_notices",
        "projects:agendas",
        *NUMBERS,
        *DRAFTED_RULES,
    ],
    Role.POOL_KEEPER: [*COMMON, "projects:instructions", "experts:pool", "documents:verify", *RULES],
    Role.DRAW_OPERATOR: [
        *COMMON,
        "projects:instructions",
        "draws:list",
        "handover:people",
        *EVALUATIONS,
        "documents:verify",
        *RULES,
    ],
    Role.DRAW_SUPERVISOR: [
        *COMMON,
        "projects:instructions",
        "draws:list",
        "handover:people",
        *EVALUATIONS,
        "documents:verify",
        *RULES,
    ],
    Role.PANEL_SECRETARY: [
        *COMMON,
        "projects:instructions",
        "draws:list",
        "handover:people",
        "documents:verify",
        *RULES,
    ],
    Role.EXPERT: ["seats:desk", "seats:signed", "notices:notices", "desk:guide"],
    Role.RULE_KEEPER: [*COMMON, "projects:instructions", "documents:verify", *DRAFTED_RULES],
    Role.SYSTEM_ADMIN: [*PLAIN, "documents:verify", *RULES, "desk:jobs", "notices:outbox", "notices:sms"],
    Role.SECURITY_ADMIN: [*COMMON, "documents:verify", *RULES, "accounts:people", "accounts:confirmations"],
    Role.AUDIT_ADMIN: [*PLAIN, "documents:verify", *RULES, "accounts:confirmations", "accounts:access_log"],
}


def frame_of(user: User, path: str = "/") -> Frame:
    request = RequestFactory().get(path)
    request.user = user
    request.scope = scope_of(user, clock.now())
    request.lent = substitutions_for(user, clock.now())
    request.resolver_match = resolve(path)
    return read_frame(request)


@pytest.mark.parametrize(("role", "ways"), WAYS.items())
def test_role_has_exactly_its_ways(role: Role, ways: list[str]) -> None:
    assert [way.view for _section, found in sections_for(frozenset({role})) for way in found] == ways


def test_every_role_has_ways() -> None:
    assert [role for role in Role if not sections_for(frozenset({role}))] == []


def test_every_way_and_what_belongs_to_it_has_an_address() -> None:
    ways = [way for section in SECTIONS for way in section.ways]
    assert all(reverse(way.view) for way in ways)


@pytest.mark.parametrize("who", [*STAFF, *ADMINS, "group_drafter", "group_releaser"])
def test_every_way_opens_for_who_has_it(world: World, who: str) -> None:
    client = browser(world.people[who])
    frame = frame_of(world.people[who])
    shut = [item.url for group in frame.groups for item in group.items if client.get(item.url).status_code != 200]
    assert shut == []


def test_every_way_opens_for_the_auditor(world: World) -> None:
    auditor = auditor_of(world)
    client = browser(auditor)
    frame = frame_of(auditor)
    assert {client.get(item.url).status_code for group in frame.groups for item in group.items} == {200}


def test_counts_are_those_of_the_pages(world: World) -> None:
    for number in range(3):
        drive(world, "checked", key=str(number))
    notify(users=[world.deputy], text="提醒", url="/", dedupe_key="one", at=START)
    counts = {item.label: item.count for group in frame_of(world.deputy).groups for item in group.items if item.count}
    unread = world.deputy.notices.filter(read_at__isnull=True).count()
    assert counts == {"今日待签": 3, "我的待办": 3, "通知": unread}


def test_frame_names_commission_and_rules_in_force(world: World) -> None:
    frame = frame_of(world.officer)
    assert frame.commission_name == world.commission.short_name
    assert frame.rule_set_code == rule_set_in_force(world.commission, legal_date(clock.now())).code


def test_way_of_the_open_page_is_marked(world: World) -> None:
    case = drive(world, "released")
    frame = frame_of(world.officer, reverse("desk:case", args=[case.number]))
    assert [item.label for group in frame.groups for item in group.items if item.is_on] == ["办件"]


def test_phone_has_at_most_four_ways_and_signing_overview_or_desk_first(world: World) -> None:
    for user in world.people.values():
        bar = frame_of(user).on_phone
        reads_all = bool(scope_of(user, clock.now()).roles & OVERVIEW_ROLES)
        assert 2 <= len(bar) <= 4
        assert [way.url for way in bar if way.url in ("/", "/overview/")] == ["/overview/", "/"][not reads_all :]
        assert bar[0].url in ("/", "/overview/", "/signing/")


def test_navigation_costs_two_queries(world: World, django_assert_num_queries) -> None:
    request = RequestFactory().get("/")
    request.user = world.officer
    request.scope = scope_of(world.officer, clock.now())
    request.lent = SimpleLazyObject(lambda: substitutions_for(world.officer, clock.now()))
    request.resolver_match = resolve("/")
    clock.is_demonstration()
    with django_assert_num_queries(2):
        assert list(navigation(request)["navigation"])


def test_navigation_nobody_asks_for_costs_nothing(world: World, django_assert_num_queries) -> None:
    request = RequestFactory().get("/")
    request.user = world.officer
    with django_assert_num_queries(0):
        navigation(request)


def test_navigation_of_strangers_is_empty(rf: RequestFactory) -> None:
    request = rf.get("/")
    shown = navigation(request)
    assert (list(shown["navigation"]), str(shown["commission_name"])) == ([], "")


@pytest.mark.parametrize(("unread", "shown"), [(100, "100"), (1000, "999+")])
def test_the_bell_counts_as_the_tabs_do(world: World, unread: int, shown: str) -> None:
    told = {"user": world.system_admin, "text": "期限将至", "url": "/", "created_at": START}
    Notice.objects.bulk_create([Notice(dedupe_key=str(n), **told) for n in range(unread)])
    bell = browser(world.system_admin).get("/").content.decode().split('class="ir-bell"')[1].split("</a>")[0]
    assert f">{shown}</span>" in bell and f"{shown} 条未读" in bell
