"""更正单: two people, evidence, nothing overwritten; what changes the route is no slip (DOMAIN §17)."""

import io
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from investreview.accounts.models import User
from investreview.accounts.services import RoleOffer, found_role
from investreview.core.errors import DomainError, Forbidden, Invalid, NotVisible, Stale
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.documents.models import Document
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.corrected import CORRECTABLE, corrected, present_plain
from investreview.projects.models import Case, CorrectionSlip
from investreview.projects.services import corrections
from investreview.projects.services.corrections import (
    Evidence,
    confirm_correction,
    propose_correction,
    reject_correction,
)
from investreview.projects.shown import PROJECT_NAME
from investreview.rulebook.vocabulary import Route
from tests.world import FOUNDED_AT, FOUNDER, World, drive, found_world, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "acknowledged", site="连云区（示例）", irr_bps=640)


def propose(case: Case, user: User, field: str = "site", after: Any = "海州区（示例）", **facts: Any) -> CorrectionSlip:
    told = {"version": hands.fresh(case).version, "reason": "录入错误。", "at": later(20)} | facts
    return propose_correction(
        acting=hands.acting(user, later(20)),
        case_id=case.pk,
        field=field,
        after=after,
        evidence=Evidence(io.BytesIO(sample_pdf("依据（示例）")), "依据（示例）.pdf"),
        **told,
    )


def confirm(slip: CorrectionSlip, user: User) -> CorrectionSlip:
    return confirm_correction(acting=hands.acting(user, later(21)), slip_id=slip.pk, at=later(21))


def test_a_waiting_slip_changes_nothing(world: World, case: Case) -> None:
    slip = propose(case, world.officer)
    assert (slip.before, slip.after, slip.number) == ("连云区（示例）", "海州区（示例）", f"GZ-{case.number}-1")
    assert present_plain(hands.fresh(case), "site") == "连云区（示例）"
    assert Notice.objects.filter(user=world.head, url=f"/corrections/{slip.pk}/").count() == 1


def test_a_confirmed_slip_is_read_and_the_declaration_stays(world: World, case: Case) -> None:
    confirm(propose(case, world.officer), world.head)
    present = hands.fresh(case)
    assert corrected(present).declaration.site == "海州区（示例）"
    assert (present.declaration.site, present.submissions.last().facts["site"]) == ("连云区（示例）", "连云区（示例）")


def test_a_confirmed_slip_is_a_paper_the_enterprise_is_told_of(world: World, case: Case) -> None:
    slip = confirm(propose(case, world.officer), world.head)
    paper = Document.objects.get(pk=slip.document_id)
    content = paper.issued_version.parsed
    assert (paper.number, content.field, content.before, content.after) == (
        slip.number,
        "建设（投资）地点",
        "连云区（示例）",
        "海州区（示例）",
    )
    assert (content.proposed_by, content.confirmed_by) == ("officer 2024-07-21", "head 2024-07-22")
    assert content.evidence_sha256 == slip.evidence.sha256
    told = Notice.objects.filter(dedupe_key=f"correction:{slip.pk}").values_list("user__full_name", flat=True)
    assert sorted(told) == ["group_drafter", "group_releaser"]


def test_each_act_on_a_slip_is_one_entry(world: World, case: Case) -> None:
    entries = Entry.objects.filter(subject_key=case.number, chain="LYG").order_by("pk")
    before = entries.count()
    confirm(propose(case, world.officer), world.head)
    assert [one.verb for one in entries[before:]] == [
        "case.propose_correction",
        "document.issue",
        "case.confirm_correction",
    ]
    facts = entries.last().facts
    assert (facts["field"], facts["before"], facts["after"]) == ("site", "连云区（示例）", "海州区（示例）")


@pytest.mark.parametrize(
    ("field", "after", "plain"),
    [
        (PROJECT_NAME, "改建项目（示例）", "改建项目（示例）"),
        ("irr_bps", 655, 655),
        ("contract_on", date(2024, 11, 8), "2024-11-08"),
        ("own_funds_yuan", Decimal("18600000.50"), "18600000.50"),
        ("involves_staff", True, True),
        ("kind", "INTANGIBLE", "INTANGIBLE"),
    ],
)
def test_facts_of_every_shape_are_corrected(world: World, case: Case, field: str, after: Any, plain: Any) -> None:
    confirm(propose(case, world.officer, field, after), world.head)
    assert present_plain(hands.fresh(case), field) == plain


def test_the_later_slip_on_a_fact_counts(world: World, case: Case) -> None:
    confirm(propose(case, world.officer), world.head)
    second = confirm(propose(case, world.officer, after="赣榆区（示例）"), world.head)
    assert (second.before, second.ordinal) == ("海州区（示例）", 2)
    assert present_plain(hands.fresh(case), "site") == "赣榆区（示例）"


def test_a_rejected_slip_stays_and_another_may_follow(world: World, case: Case) -> None:
    slip = propose(case, world.officer)
    rejected = reject_correction(
        acting=hands.acting(world.head, later(21)), slip_id=slip.pk, reason="依据不足。", at=later(21)
    )
    assert (rejected.rejected_reason, rejected.checked_by) == ("依据不足。", world.head)
    assert present_plain(hands.fresh(case), "site") == "连云区（示例）"
    assert propose(case, world.officer).ordinal == 2


@pytest.mark.parametrize(
    ("field", "after"),
    [("nature", "NON_MAIN"), ("plan_status", "OFF_PLAN"), ("is_overseas", True), ("prohibited_matter", "禁止类")],
)
def test_what_changes_route_or_duties_is_no_slip(world: World, case: Case, field: str, after: Any) -> None:
    with pytest.raises(Invalid) as raised:
        propose(case, world.officer, field, after)
    assert raised.value.code == "projects_correction_reroutes"
    assert CorrectionSlip.objects.count() == 0


@pytest.mark.parametrize("field", ["mark", "version", "phases", "case", ""])
def test_other_columns_are_not_corrected_by_slip(world: World, case: Case, field: str) -> None:
    assert field not in CORRECTABLE
    with pytest.raises(Invalid) as raised:
        propose(case, world.officer, field, "x")
    assert raised.value.code == "projects_field_not_correctable"


@pytest.mark.parametrize("step", ["released", "checked", "signed"])
def test_before_delivery_there_is_no_slip(world: World, step: str) -> None:
    case = drive(world, step, key="early", name="早项目（示例）")
    with pytest.raises(Invalid) as raised:
        propose(case, world.officer)
    is_decided = step == "signed"
    expected = "projects_correction_before_delivery" if is_decided else "projects_not_allowed_in_state"
    assert raised.value.code == expected


@pytest.mark.parametrize("person", ["head", "deputy", "document_officer", "archivist", "group_drafter", "law"])
def test_only_the_officer_proposes(world: World, case: Case, person: str) -> None:
    with pytest.raises(Forbidden):
        propose(case, world.people[person])
    assert CorrectionSlip.objects.count() == 0


@pytest.mark.parametrize("person", ["officer2", "deputy", "document_officer", "group_releaser"])
def test_only_the_office_head_answers(world: World, case: Case, person: str) -> None:
    slip = propose(case, world.officer)
    with pytest.raises(Forbidden):
        confirm(slip, world.people[person])
    assert CorrectionSlip.objects.get().is_waiting


def test_the_head_does_not_answer_their_own_slip(world: World, case: Case) -> None:
    offer = RoleOffer(role=Role.CASE_OFFICER, body=world.commission, valid_from=FOUNDED_AT.date())
    found_role(user=world.head, offer=offer, actor=FOUNDER, at=FOUNDED_AT)
    slip = propose(case, world.head)
    with pytest.raises(Invalid) as raised:
        confirm(slip, world.head)
    assert raised.value.code == "projects_slip_same_person"


def test_a_slip_is_answered_once(world: World, case: Case) -> None:
    slip = confirm(propose(case, world.officer), world.head)
    for answer in (
        lambda: confirm(slip, world.head),
        lambda: reject_correction(
            acting=hands.acting(world.head, later(22)), slip_id=slip.pk, reason="x", at=later(22)
        ),
    ):
        with pytest.raises(Invalid) as raised:
            answer()
        assert raised.value.code == "projects_slip_not_waiting"


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"reason": " "}, "projects_reason_needed"), ({"after": "连云区（示例）"}, "projects_correction_same")],
)
def test_a_slip_gives_a_reason_and_another_value(world: World, case: Case, facts: dict, code: str) -> None:
    with pytest.raises(Invalid) as raised:
        propose(case, world.officer, **facts)
    assert raised.value.code == code


def test_one_slip_waits_for_a_fact(world: World, case: Case) -> None:
    propose(case, world.officer)
    with pytest.raises(Invalid) as raised:
        propose(case, world.officer2, after="灌云县（示例）")
    assert raised.value.code == "projects_slip_waiting"


def test_evidence_that_is_no_document_is_refused(world: World, case: Case) -> None:
    with pytest.raises(DomainError) as raised:
        propose_correction(
            acting=hands.acting(world.officer, later(20)),
            case_id=case.pk,
            version=None,
            field="site",
            after="海州区（示例）",
            reason="录入错误。",
            evidence=Evidence(io.BytesIO(b"MZ"), "依据.pdf"),
            at=later(20),
        )
    assert raised.value.code.startswith("file_")
    assert CorrectionSlip.objects.count() == 0


def test_a_stale_form_is_refused(world: World, case: Case) -> None:
    with pytest.raises(Stale):
        propose(case, world.officer, version=case.version - 1)


def test_another_commission_knows_no_slip(world: World, case: Case) -> None:
    elsewhere = found_world("HAZ", names="别处")
    slip = propose(case, world.officer)
    with pytest.raises((Forbidden, NotVisible)):
        confirm(slip, elsewhere.head)
    with pytest.raises((Forbidden, NotVisible)):
        propose(case, elsewhere.officer, after="x")


def test_two_slips_that_reroute_only_together_are_not_both_confirmed(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decide(one: Case, on: date) -> Any:
        moved = one.declaration.site == "海州区（示例）" and one.declaration.irr_bps == 700
        return SimpleNamespace(route=Route.EXPERT_PANEL if moved else Route.FILING, duties=frozenset())

    monkeypatch.setattr(corrections, "decide", decide)
    first, second = propose(case, world.officer), propose(case, world.officer, "irr_bps", 700)
    confirm(first, world.head)
    with pytest.raises(Invalid, match="projects_correction_reroutes"):
        confirm(second, world.head)
    second.refresh_from_db()
    assert second.is_waiting
