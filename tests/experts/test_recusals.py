"""The enterprise's requests of recusal: who asks, who answers, until when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from experts.models import RecusalRequest
from experts.services.recusals import RecusalFacts, ask_recusal, enter_recusal, refuse_recusal, withdraw_recusal
from experts.states import RecusalKind
from investreview.accounts.models import User
from investreview.accounts.services import RoleOffer, grant_role
from investreview.core.errors import Forbidden, NotVisible, Stale
from investreview.core.roles import Role
from investreview.demo.hands import acting
from investreview.journal.selectors import entries_of
from investreview.projects.models import Case
from investreview.registry.models import Organisation
from tests.experts.asking import refused
from tests.experts.cases import ON, ask, grant, judged, letter, on_day, panel_case
from tests.experts.pool import employ, found_pool, organisation
from tests.world import World, credit_code, drive, later

AT = on_day(ON)


# Asking


@pytest.mark.parametrize("to", ["draft", "handed_over", "released", "confirmed"])
def test_the_enterprise_asks_up_front_on_its_draft_or_case(world: World, to: str) -> None:
    case = panel_case(world, to=to)
    request = ask(world, case, "某某设计院")
    assert (request.state, request.via, request.entered_by) == ("OPEN", "SCREEN", world.group_drafter)
    assert entries_of(case.subject).filter(verb="case.ask_recusal").count() == 1


@pytest.mark.parametrize(("who", "error"), [("other_drafter", Forbidden), ("officer", Forbidden), ("head", Forbidden)])
def test_nobody_else_asks_on_screen(world: World, case: Case, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(world, case, "某某设计院", who=who)


def test_the_releaser_asks_as_well(world: World, case: Case) -> None:
    assert ask(world, case, "某某设计院", who="group_releaser").pk


def test_the_officer_enters_a_letter_with_its_scan(world: World, case: Case) -> None:
    def enter(who: User) -> RecusalRequest:
        return enter_recusal(
            acting=acting(who, AT),
            case_id=case.pk,
            facts=RecusalFacts(kind=RecusalKind.CLASS, stated="曾为竞争对手服务的人员", reason="同业竞争。"),
            scan=letter(),
            scan_name="函.pdf",
            at=AT,
        )

    request = enter(world.officer)
    assert (request.via, request.scan is not None and request.scan.kind) == ("PAPER", "PDF")
    for who in (world.head, world.group_drafter):
        assert isinstance(refused(lambda who=who: enter(who)), Forbidden)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stated": " "}, "text_empty"),
        ({"reason": ""}, "text_empty"),
        ({"credit_code": "123"}, "registry_code_length"),
        ({"kind": RecusalKind.CLASS, "credit_code": credit_code(5)}, "experts_recusal_class_has_no_code"),
    ],
)
def test_a_request_says_whom_and_why(world: World, case: Case, changes: dict[str, Any], code: str) -> None:
    usual: dict[str, Any] = {"kind": RecusalKind.ORGANISATION, "stated": "某某设计院", "reason": "同业竞争。"}
    error = refused(
        lambda: ask_recusal(
            acting=acting(world.group_drafter, AT), case_id=case.pk, facts=RecusalFacts(**usual | changes), at=AT
        )
    )
    assert (error.code, RecusalRequest.objects.count()) == (code, 0)


def test_the_same_is_asked_once_unless_it_was_withdrawn(world: World, case: Case) -> None:
    request = ask(world, case, "某某设计院")
    assert refused(lambda: ask(world, case, "某某设计院")).code == "experts_recusal_asked_already"
    me = acting(world.group_releaser, AT)
    withdraw_recusal(acting=me, request_id=request.pk, version=1, at=AT)
    assert ask(world, case, "某某设计院").pk != request.pk


def test_a_case_that_needs_no_panel_or_is_over_takes_no_request(world: World) -> None:
    filing = drive(world, "confirmed", key="f", yuan="18600000.00")
    assert refused(lambda: ask(world, filing, "某某设计院")).code == "experts_recusal_no_panel"
    over = drive(world, "acknowledged", key="o", yuan="18600000.00")
    assert refused(lambda: ask(world, over, "某某设计院", at=later(10))).code == "experts_recusal_not_open"


# Answering


def test_a_class_of_people_is_answered_with_the_organisations_it_means(world: World, case: Case) -> None:
    request = ask(world, case, "竞争对手的人员", kind=RecusalKind.CLASS)
    known = Organisation.objects.create(name="对手一（示例）", credit_code=credit_code(61))
    known.names.create(name="对手一（示例）", valid_from=date(2000, 1, 1))
    organisation("对手二（示例）")
    answered = grant(world, request, "对手一（示例）", "对手二（示例）", "对手一（示例）")
    assert [one.name for one in answered.organisations.order_by("pk")] == ["对手一（示例）", "对手二（示例）"]
    assert known in answered.organisations.all()
    assert (answered.state, answered.decided_by, answered.version) == ("GRANTED", world.head, 2)


def test_a_grant_names_somebody_and_several_of_one_name_need_a_code(world: World, case: Case) -> None:
    request = ask(world, case, "某某设计院")
    assert refused(lambda: grant(world, request)).code == "experts_recusal_nobody"
    assert refused(lambda: grant(world, request, "没有这家（示例）")).code == "experts_organisation_unknown"
    for number in (62, 63):
        twin = Organisation.objects.create(name="同名单位（示例）", credit_code=credit_code(number))
        twin.names.create(name="同名单位（示例）", valid_from=date(2000, 1, 1))
    assert refused(lambda: grant(world, request, "同名单位（示例）")).code == "experts_organisation_ambiguous"


def refuse(
    world: World, request: RecusalRequest, *, who: str = "head", version: int = 1, answer: str = "无关。"
) -> RecusalRequest:
    return refuse_recusal(
        acting=acting(world.people[who], AT), request_id=request.pk, version=version, answer=answer, at=AT
    )


def test_a_refused_request_leaves_nobody_out(world: World, case: Case) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    employ(world, expert, organisation("某某设计院"), from_on=date(2020, 1, 1))
    request = ask(world, case, "某某设计院")
    assert judged(case).open_requests == 1
    assert refused(lambda: refuse(world, request, answer=" ")).code == "text_empty"
    refuse(world, request)
    pool = judged(case)
    assert (pool.open_requests, pool.excluded) == (0, ())
    assert refused(lambda: refuse(world, request, version=2)).code == "experts_recusal_answered"


@pytest.mark.parametrize("who", ["officer", "deputy", "pool_keeper", "draw_operator", "group_releaser"])
def test_only_the_head_answers(world: World, case: Case, who: str) -> None:
    request = ask(world, case, "某某设计院")
    assert refused(lambda: refuse(world, request, who=who)).code == "projects_role_missing"


def test_whoever_entered_a_request_does_not_answer_it(world: World, case: Case) -> None:
    offer = RoleOffer(Role.CASE_OFFICER, world.commission, ON)
    grant_role(user=world.head, offer=offer, by=world.security_admin, at=AT)
    request = enter_recusal(
        acting=acting(world.head, AT),
        case_id=case.pk,
        facts=RecusalFacts(kind=RecusalKind.ORGANISATION, stated="某某设计院", reason="同业竞争。"),
        scan=letter(),
        scan_name="函.pdf",
        at=AT,
    )
    assert refused(lambda: refuse(world, request)).code == "experts_recusal_own"


def test_a_stale_or_unknown_request_is_refused(world: World, case: Case) -> None:
    request = ask(world, case, "某某设计院")
    assert isinstance(refused(lambda: refuse(world, request, version=0)), Stale)
    me = acting(world.head, AT)
    unknown = refused(lambda: refuse_recusal(acting=me, request_id=999_999, version=1, answer="无。", at=AT))
    assert isinstance(unknown, NotVisible)


def test_only_the_enterprise_withdraws_and_only_what_is_open(world: World, case: Case) -> None:
    request = ask(world, case, "某某设计院")

    def withdraw(who: User, version: int) -> Callable[[], object]:
        return lambda: withdraw_recusal(acting=acting(who, AT), request_id=request.pk, version=version, at=AT)

    assert refused(withdraw(world.head, 1)).code == "projects_role_missing"
    assert refused(withdraw(world.other_drafter, 1)).code == "projects_role_missing"
    organisation("某某设计院")
    grant(world, request, "某某设计院")
    assert refused(withdraw(world.group_drafter, 2)).code == "experts_recusal_answered"
