"""A filing from draft to acknowledgement, and every end a filing can meet, through the engine."""

from datetime import date
from decimal import Decimal

import pytest

from investreview.core.clock import legal_date
from investreview.core.errors import DomainError, Forbidden, Invalid, Stale
from investreview.demo import hands
from investreview.documents.models import Document, IssuedNumber
from investreview.journal.models import Entry
from investreview.projects.models import Case, Opinion, RoutingRecord
from investreview.projects.selectors import clock_of
from investreview.projects.services import checking, deciding, releases, signing
from investreview.projects.services.drafts import CommitmentInput, PhaseInput
from investreview.projects.services.proposing import propose
from investreview.projects.states import CaseState
from investreview.rulebook.routing import Route
from tests.world import World, drive, later
from workflows import engine
from workflows.models import WorkItem
from workflows.tasks import sweep


def _open(case: Case) -> list[str]:
    items = WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN)
    return sorted(f"{item.node}:{item.office}" if item.office else item.node for item in items)


def _verbs(case: Case) -> list[str]:
    entries = Entry.objects.filter(subject_kind="case", subject_key=case.number, verb__startswith="case.")
    return list(entries.order_by("id").values_list("verb", flat=True))


def test_a_filing_goes_from_draft_to_acknowledgement(world: World) -> None:
    case = drive(world, "acknowledged", body="sub")
    assert case.number == "LYG-2024-0001"
    assert (case.state, case.filing_number, case.document_number) == ("FILED", "BA2024-0001", "国资函〔2024〕1号")
    people = [case.drafter, case.releaser, case.officer, case.head, case.signer]
    assert people == [world.sub_drafter, world.group_releaser, world.officer, world.head, world.deputy]
    assert _open(case) == []
    assert engine.ReviewProcess.objects.get(case=case).status == "DONE"
    assert _verbs(case) == [
        "case.create",
        "case.save",
        "case.pledge",
        *["case.save"] * case.materials.count(),
        "case.hand_over",
        "case.release",
        "case.confirm_completeness",
        "case.propose",
        "case.check",
        "case.sign",
        "case.deliver",
        "case.acknowledge",
    ]


def test_the_routing_record_keeps_rules_code_facts_and_every_row(world: World) -> None:
    case = drive(world, "confirmed")
    record = RoutingRecord.objects.get(case=case, occasion="CONFIRMED")
    assert (record.route, record.amount_yuan_text) == ("FILING", "18600000.00")
    assert record.rule_set == case.rule_set
    assert len(record.code_version) >= 12
    assert [reason["rule"] for reason in record.reasons if reason["matched"]]
    assert len(record.reasons) == len(record.rule_set.data.rows)
    assert case.clock_days == record.rule_set.data.clock_days(Route.FILING) == 10


@pytest.mark.parametrize(
    ("yuan", "state"),
    [("9999999.99", "ENTERPRISE_DECIDED"), ("10000000.00", "REVIEWING"), ("29999999.99", "REVIEWING")],
)
def test_the_bounds_decide_between_own_decision_and_filing(world: World, yuan: str, state: str) -> None:
    assert drive(world, "confirmed", yuan=yuan).state == state


@pytest.mark.parametrize(("yuan", "waits"), [("29999999.99", "opinion"), ("30000000.00", "freeze_draw")])
def test_from_the_upper_bound_on_a_panel_reviews_the_case_first(world: World, yuan: str, waits: str) -> None:
    case = drive(world, "confirmed", yuan=yuan)
    assert WorkItem.objects.get(case=case, state="OPEN").node == waits


def test_no_opinion_is_proposed_before_the_panel(world: World) -> None:
    case = drive(world, "confirmed", yuan="30000000.00")
    with pytest.raises(Invalid) as refused:
        propose(
            acting=hands.acting(world.officer, later(7)), case_id=case.pk, version=case.version, proposal="FILE",
            text="建议备案。", at=later(7),
        )  # fmt: skip
    assert refused.value.code == "projects_panel_first"


@pytest.mark.parametrize(
    "closed",
    [
        {"nature": "NON_MAIN"},
        {"plan_status": "OFF_PLAN"},
        {"is_overseas": True},
        {"is_private_acquisition_with_control": True},
        {"special_matter": "特别监管事项（示例）"},
    ],
)
def test_a_procedure_that_is_not_open_keeps_the_case_a_draft(world: World, closed: dict[str, object]) -> None:
    case = drive(world, "draft", **closed)
    with pytest.raises(Invalid) as refused:
        hands.hand_over(case, world.group_drafter, later(1))
    assert refused.value.code == "projects_procedure_not_open"


def test_a_prohibited_project_is_saved_and_blocked(world: World) -> None:
    case = drive(world, "draft", prohibited_matter="禁止类事项（示例）")
    with pytest.raises(Invalid) as refused:
        hands.hand_over(case, world.group_drafter, later(1))
    assert (refused.value.code, hands.fresh(case).state) == ("projects_blocked", "DRAFT")


def test_a_draft_without_its_materials_is_not_released_and_all_of_them_are_named(world: World) -> None:
    case = drive(world, "draft")
    hands.hand_over(case, world.group_drafter, later(1))
    with pytest.raises(Invalid) as refused:
        hands.release(case, world.group_releaser, later(2))
    assert refused.value.code == "projects_materials_missing"
    assert all(code in str(refused.value.facts["missing"]) for code in ("M01", "M02", "M03", "M04", "M05", "M07"))
    assert _open(case) == ["release"]


def test_facts_changed_after_stamping_make_the_stamped_form_void(world: World) -> None:
    case = drive(world, "draft")
    hands.gather_materials(case, world.group_drafter, later(1))
    hands.drafts.save_facts(
        acting=hands.acting(world.group_drafter, later(1)),
        case_id=case.pk,
        version=hands.fresh(case).declaration.version,
        name=case.project.name,
        fields={"site": "另一地点（示例）"},
        phases=(PhaseInput("全部", Decimal("18600000")),),
        commitments=(CommitmentInput(enterprise_id=world.group.pk, cash_yuan=Decimal("18600000")),),
        parties=(),
        at=later(1),
    )
    hands.hand_over(case, world.group_drafter, later(2))
    with pytest.raises(Invalid) as refused:
        hands.release(case, world.group_releaser, later(3))
    assert "M02" in str(refused.value.facts["missing"])


def test_a_supplement_is_asked_once_and_stops_no_clock_that_does_not_run(world: World) -> None:
    case = drive(world, "released")
    items = [{"slot": "M07", "text": "请补充签字页。"}]
    hands.ask_supplement(case, world.officer, items, later(3))
    case = hands.fresh(case)
    assert (case.state, case.supplement_due_on) == ("SUPPLEMENTING", date(2024, 7, 18))
    assert _open(case) == ["revise"]
    hands.replace_material(case, world.group_drafter, "M07", later(4))
    hands.hand_over(case, world.group_drafter, later(4))
    hands.release(case, world.group_releaser, later(5))
    with pytest.raises(Invalid) as refused:
        hands.ask_supplement(case, world.officer, items, later(6))
    assert refused.value.code == "projects_supplement_used"
    hands.confirm(case, world.officer, later(7))
    assert hands.fresh(case).state == "REVIEWING"
    assert not case.clock_stops.exists()


def test_a_supplement_after_completeness_stops_the_clock_until_the_new_release(world: World) -> None:
    case = drive(world, "confirmed")  # 4 July 2024, a Thursday
    asked = (checking.SupplementItem("M04", "请补充各董事意见。"),)
    hands.act(case, "opinion", world.officer, checking.request_supplement, later(7), items=asked)  # Monday 8 July
    hands.hand_over(case, world.group_drafter, later(9))
    hands.release(case, world.group_releaser, later(10))  # Thursday 11 July
    hands.confirm(case, world.officer, later(11))
    reading = clock_of(hands.fresh(case), legal_date(later(11)))
    assert reading is not None
    assert (reading.used, reading.due_on) == (3, date(2024, 7, 23))
    assert _open(case) == ["opinion"]
    assert RoutingRecord.objects.filter(case=case, occasion="CONFIRMED").count() == 1


def test_an_unanswered_supplement_goes_back_the_day_after_and_not_before(world: World) -> None:
    case = drive(world, "released")
    hands.ask_supplement(case, world.officer, [{"slot": "M07", "text": "请补充。"}], later(3))
    sweep(later(17))  # 18 July, the last day
    assert hands.fresh(case).state == "SUPPLEMENTING"
    sweep(later(18))
    case = hands.fresh(case)
    assert (case.state, _open(case)) == ("RETURNED", [])
    assert "2024-07-18" in case.end_reason
    assert sweep(later(18)) == 0


def test_the_head_sends_back_and_the_chain_begins_anew_with_a_new_opinion(world: World) -> None:
    case = drive(world, "proposed")
    hands.act(case, "check", world.head, deciding.send_back, later(6), reason="请核实资金来源。")
    assert _open(case) == ["opinion"]
    hands.propose(case, world.officer, later(7), risks=["资金来源待落实。"])
    hands.check(case, world.head, later(8))
    hands.sign(case, world.deputy, later(9))
    case = hands.fresh(case)
    assert (case.state, case.round) == ("FILED_WITH_RISK", 2)
    letter = Document.objects.get(pk=case.letter_id)
    assert "资金来源待落实" in letter.issued_version.content


def test_the_leader_sends_back_to_the_office(world: World) -> None:
    case = drive(world, "checked")
    hands.act(case, "sign", world.deputy, deciding.send_back, later(6), reason="请财务处补充测算。")
    assert _open(case) == ["opinion"]
    assert hands.fresh(case).head is not None


def test_a_refusal_is_reasoned_and_takes_no_filing_number(world: World) -> None:
    case = drive(world, "confirmed")
    hands.propose(case, world.officer, later(4), risks=[], refusal="租赁合同即将到期，投资必要性不足。")
    hands.check(case, world.head, later(5))
    hands.sign(case, world.deputy, later(6))
    case = hands.fresh(case)
    assert (case.state, case.filing_number, case.document_number) == ("REFUSED", "", "国资函〔2024〕1号")
    assert not IssuedNumber.objects.filter(series__code="BA").exists()


def test_changing_from_filing_to_refusal_discards_the_first_draft(world: World) -> None:
    case = drive(world, "proposed")
    first = hands.fresh(case).letter_id
    hands.act(case, "check", world.head, deciding.send_back, later(6), reason="理由不充分。")
    hands.propose(case, world.officer, later(7), risks=[], refusal="投资必要性不足。")
    case = hands.fresh(case)
    assert case.letter_id != first
    assert Document.objects.get(pk=first).state == "VOIDED"
    assert Document.objects.get(pk=case.letter_id).kind == "REFUSAL_LETTER"


def test_a_deferral_stops_the_clock_and_ends_on_its_date(world: World) -> None:
    case = drive(world, "checked")  # confirmed on 4 July, checked on 6 July
    hands.act(case, "sign", world.deputy, deciding.defer, later(7), reason="等待规划批复。", until=date(2024, 7, 22))
    assert (hands.fresh(case).state, _open(case)) == ("DEFERRED", ["deferral"])
    sweep(later(20))
    assert hands.fresh(case).state == "DEFERRED"
    sweep(later(21))
    case = hands.fresh(case)
    assert (case.state, _open(case)) == ("REVIEWING", ["sign"])
    reading = clock_of(case, date(2024, 7, 22))
    assert reading is not None
    assert (reading.used, reading.due_on) == (2, date(2024, 8, 1))


@pytest.mark.parametrize(
    ("until", "allowed"),
    [(date(2024, 7, 8), False), (date(2024, 7, 9), True), (date(2025, 1, 8), True), (date(2025, 1, 9), False)],
)
def test_a_deferral_lies_within_six_months(world: World, until: date, allowed: bool) -> None:
    case = drive(world, "checked")
    at = later(7)  # 8 July
    if allowed:
        hands.act(case, "sign", world.deputy, deciding.defer, at, reason="等待批复。", until=until)
        assert hands.fresh(case).deferred_until == until
    else:
        with pytest.raises(Invalid) as refused:
            hands.act(case, "sign", world.deputy, deciding.defer, at, reason="等待批复。", until=until)
        assert refused.value.code == "projects_defer_date"


def test_the_officer_ends_a_deferral_early(world: World) -> None:
    case = drive(world, "checked")
    hands.act(case, "sign", world.deputy, deciding.defer, later(7), reason="等待批复。", until=date(2024, 9, 2))
    hands.act(case, "deferral", world.officer, deciding.resume, later(9))
    assert _open(case) == ["sign"]


@pytest.mark.parametrize("step", ["handed_over", "released", "confirmed", "proposed", "checked"])
def test_the_group_withdraws_before_the_signature(world: World, step: str) -> None:
    case = drive(world, step)
    hands.withdraw(case, world.group_releaser, "方案调整。", later(9))
    case = hands.fresh(case)
    assert (case.state, case.end_reason, _open(case)) == ("WITHDRAWN", "方案调整。", [])
    assert engine.ReviewProcess.objects.get(case=case).status == "CANCELED"


def test_nothing_is_withdrawn_after_the_signature(world: World) -> None:
    case = drive(world, "signed")
    with pytest.raises(Invalid):
        hands.withdraw(case, world.group_releaser, "方案调整。", later(9))
    assert hands.fresh(case).state == "FILED"


def test_a_withdrawn_project_begins_again_as_a_new_case_with_its_facts(world: World) -> None:
    case = drive(world, "confirmed")
    hands.withdraw(case, world.group_releaser, "方案调整。", later(9))
    again = hands.drafts.begin_again(user=world.group_drafter, project_id=case.project_id, at=later(10))
    assert (again.number, again.declaration.summary) == ("LYG-2024-0002", case.declaration.summary)
    assert again.declaration.commitments.get().cash_yuan == Decimal("18600000.00")
    with pytest.raises(Invalid):
        hands.drafts.begin_again(user=world.group_drafter, project_id=case.project_id, at=later(10))


def test_the_officer_returns_what_is_not_a_case_for_the_commission(world: World) -> None:
    case = drive(world, "released")
    engine.cancel(
        record_id=case.pk,
        acting=hands.acting(world.officer, later(4)),
        at=later(4),
        version=case.version,
        service=checking.return_case,
        facts={"reason": "不属于备案范围。"},
    )
    assert (hands.fresh(case).state, _open(case)) == ("RETURNED", [])


FORBIDDEN = [
    ("released", "check_completeness", "head", checking.confirm_completeness, {}),
    ("released", "check_completeness", "group_releaser", checking.confirm_completeness, {}),
    ("released", "check_completeness", "system_admin", checking.confirm_completeness, {}),
    ("handed_over", "release", "group_drafter", releases.release, {}),
    ("handed_over", "release", "other_releaser", releases.release, {}),
    ("handed_over", "release", "officer", releases.release, {}),
    ("proposed", "check", "officer", deciding.check, {"text": "同意。"}),
    ("proposed", "check", "deputy", deciding.check, {"text": "同意。"}),
    ("checked", "sign", "head", signing.sign, {"text": "", "letter_version": 1}),
    ("checked", "sign", "director", signing.sign, {"text": "", "letter_version": 1}),
]


@pytest.mark.parametrize(("step", "node", "who", "service", "facts"), FORBIDDEN)
def test_nobody_does_what_is_not_theirs(
    world: World, step: str, node: str, who: str, service: engine.Service, facts: dict[str, object]
) -> None:
    case = drive(world, step)
    before = (case.state, case.version, Entry.objects.count())
    with pytest.raises(Forbidden):
        hands.act(case, node, world.people[who], service, later(9), **facts)
    case = hands.fresh(case)
    assert (case.state, case.version, Entry.objects.count()) == before


def test_an_act_of_another_step_is_refused(world: World) -> None:
    case = drive(world, "checked")
    with pytest.raises(DomainError) as refused:
        hands.act(case, "sign", world.deputy, deciding.check, later(9), text="同意。")
    assert refused.value.code == "workflows_act_not_of_task"


def test_a_stale_version_changes_nothing(world: World) -> None:
    case = drive(world, "checked")
    with pytest.raises(Stale):
        engine.perform(
            task_id=hands.task_of(case, "sign"),
            user=world.deputy,
            at=later(9),
            version=case.version - 1,
            service=signing.sign,
            facts={"text": "", "letter_version": 1},
        )
    assert (hands.fresh(case).state, Opinion.objects.filter(case=case, outcome="SIGNED").count()) == ("REVIEWING", 0)


def test_the_same_submission_is_answered_with_the_first_result(world: World) -> None:
    case = drive(world, "proposed")
    task_id = hands.task_of(case, "check")
    first = {"task_id": task_id, "user": world.head, "version": case.version, "service": deciding.check}
    for minute in range(8):
        engine.perform(**first, at=later(6).replace(minute=minute), facts={"text": "同意。"}, key="a-key")
    assert Opinion.objects.filter(case=case, outcome="AGREED").count() == 1
    with pytest.raises(Stale) as refused:
        engine.perform(**first, at=later(6), facts={"text": "同意。"}, key="another-key")
    assert refused.value.facts["who"] == world.head.full_name


def test_a_letter_changed_since_it_was_read_is_not_signed(world: World) -> None:
    case = drive(world, "checked")
    with pytest.raises(Stale):
        hands.act(case, "sign", world.deputy, signing.sign, later(9), text="", letter_version=7)
    assert hands.fresh(case).state == "REVIEWING"


def test_the_state_of_a_filed_case_rests_on_its_evidence(world: World) -> None:
    case = drive(world, "signed")
    opinion = Opinion.objects.get(case=case, outcome="SIGNED")
    letter = Document.objects.get(pk=case.letter_id)
    assert (opinion.author, opinion.decided_via) == (world.deputy, "SCREEN")
    assert (letter.state, letter.number, letter.registration_number) == (
        "NUMBERED",
        case.document_number,
        case.filing_number,
    )
    assert CaseState(case.state) is CaseState.FILED
