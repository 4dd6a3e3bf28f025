"""Mistakes of a panel's case put right, and the posts of a running panel passed on (DOMAIN §1, §17)."""

import pytest

from experts.draw_papers import draw_record
from experts.services.ceremony import close_invitations
from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.demo import hands, panel_hands
from investreview.demo.panel_hands import Crew
from investreview.documents.kinds import DocumentKind
from investreview.documents.models import Document, IssuedNumber
from investreview.projects.models import Case, FormerHolder
from investreview.projects.services import signing
from tests.workflows import mistakes
from tests.workflows.newcomers import give_role, new_person
from tests.workflows.panel_replies import propose, sign
from tests.workflows.panel_stages import Stage, agreed, staged
from workflows.handing_over import hand_over
from workflows.handover.load import held_by, holders_of_work
from workflows.models import Handover


@pytest.fixture
def stage(db: None) -> Stage:
    return staged(until="invited")


def decided(stage: Stage) -> Case:
    """Reviewed by the panel, proposed as it concluded and signed by the director."""
    stage.seat_all()
    stage.declare(1, 2, 3, 4, 5)
    stage.conclude(agreed)
    propose(stage, "FILE")
    return sign(stage)


def letter(case: Case) -> Document:
    return Document.objects.get(pk=hands.fresh(case).letter_id)


def text_of(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.versions.latest("ordinal").parsed.paragraphs)


def test_the_director_takes_the_signature_back_and_the_numbers_are_used_again(stage: Stage) -> None:
    case, world = decided(stage), stage.world
    given = (case.document_number, case.filing_number)
    with pytest.raises(Forbidden) as raised:
        mistakes.withdraw(case, world.deputy, stage.tick())
    assert raised.value.code == "projects_role_missing"

    again_open = mistakes.withdraw(case, world.director, stage.tick())
    assert (again_open.state, again_open.filing_number, again_open.panel_conclusion) == ("REVIEWING", "", "PASS")
    assert mistakes.waiting(case) == ["sign"]
    assert hands.fresh(case).panels.get().state == "CONCLUDED"

    version = hands.letter_version(hands.fresh(case))
    signed = hands.act(
        case, "sign", world.director, signing.sign, stage.tick(), text="", letter_version=version, entered_number=""
    )
    assert ((signed.document_number, signed.filing_number), signed.state) == (given, "FILED")
    assert IssuedNumber.objects.filter(text__in=given, voided_at__isnull=True).count() == 2


def test_a_second_review_letter_is_corrected_by_the_one_who_signs_it(stage: Stage) -> None:
    case = decided(stage)
    hands.deliver(case, stage.world.document_officer, stage.tick())
    original = letter(case)
    mistakes.begin(case, stage.world.officer, stage.tick())
    mistakes.check(case, stage.world, stage.tick())
    with pytest.raises(Forbidden) as raised:
        mistakes.sign(case, stage.world.deputy, stage.tick())
    assert raised.value.code == "projects_role_missing"
    mistakes.sign(case, stage.world.director, stage.tick())
    mistakes.deliver(case, stage.world, stage.tick())
    original.refresh_from_db()
    correction = original.corrected_by
    assert (original.state, correction.kind) == ("CORRECTED", DocumentKind.CORRECTION_LETTER)
    assert f"（{original.number}）" in text_of(correction)
    assert hands.fresh(case).filing_number == original.registration_number


def test_a_reissued_second_review_letter_keeps_its_registration_and_its_conclusion(stage: Stage) -> None:
    case = decided(stage)
    hands.deliver(case, stage.world.document_officer, stage.tick())
    original = letter(case)
    mistakes.begin(case, stage.world.officer, stage.tick(), "REISSUE")
    mistakes.check(case, stage.world, stage.tick())
    mistakes.sign(case, stage.world.director, stage.tick())
    mistakes.deliver(case, stage.world, stage.tick())
    original.refresh_from_db()
    present, text = letter(case), text_of(letter(case))
    assert (original.state, present.kind) == ("VOIDED", DocumentKind.SECOND_REVIEW_LETTER)
    assert (present.registration_number, present.number == original.number) == (original.registration_number, False)
    said = (
        "论证结论为通过",
        f"（二次论证登记号：{original.registration_number}）",
        "二次论证登记号不变",
        original.number,
    )
    assert [word for word in said if word not in text] == []
    assert IssuedNumber.objects.get(text=original.number).void_reason != ""


def give(stage: Stage, giver: User, to: User, key: str = "1") -> Handover:
    """Everything of ``giver`` goes to ``to``, by the office head."""
    plan = {one.key: to for one in held_by(giver)}
    return hand_over(
        giver=giver, user=stage.world.head, plan=plan, reason="岗位调整（示例）。", key=key, at=stage.tick()
    )


def other(stage: Stage, role: Role) -> User:
    """A second person with the role."""
    return new_person(stage.world, f"{role.value.lower()}.next", role, stage.world.commission)


def test_operator_and_supervisor_of_a_running_panel_hand_over_and_stay_apart(stage: Stage) -> None:
    crew, case = stage.crew, stage.case
    assert [(one.kind, one.part) for one in held_by(crew.operator)] == [("DRAW_OPERATOR", "OPERATOR")]
    assert [(one.kind, one.part) for one in held_by(crew.supervisor)] == [("DRAW_SUPERVISOR", "SUPERVISOR")]
    assert {crew.operator.pk, crew.supervisor.pk} <= holders_of_work(User.objects.all())
    operator, supervisor = other(stage, Role.DRAW_OPERATOR), other(stage, Role.DRAW_SUPERVISOR)

    give(stage, crew.operator, operator, "1")
    give(stage, crew.supervisor, supervisor, "2")
    assert (stage.panel.operator, stage.panel.supervisor) == (operator, supervisor)
    assert stage.panel.draw.frozen_by == crew.operator
    parts = FormerHolder.objects.filter(case=case).values_list("part", "person", "successor").order_by("pk")
    assert list(parts) == [
        ("OPERATOR", crew.operator.pk, operator.pk),
        ("SUPERVISOR", crew.supervisor.pk, supervisor.pk),
    ]
    present = Crew(operator, supervisor, crew.secretary, crew.comparer)
    for place in range(1, 6):
        panel_hands.agree(case, present, place, stage.tick())
    hands.act(case, "convene", operator, close_invitations, stage.tick())
    readers = draw_record(stage.panel).readers
    assert [(one.name, one.post) for one in readers] == [
        (crew.operator.full_name, "抽取人"),
        (operator.full_name, "抽取人"),
        (crew.supervisor.full_name, "监督人"),
        (supervisor.full_name, "监督人"),
    ]


def test_nobody_takes_a_post_across_the_draw(stage: Stage) -> None:
    crew = stage.crew
    for person, role in ((crew.supervisor, Role.DRAW_OPERATOR), (crew.operator, Role.DRAW_SUPERVISOR)):
        give_role(person, role, stage.world.commission)
    for giver, to in ((crew.operator, crew.supervisor), (crew.supervisor, crew.operator)):
        with pytest.raises(Invalid) as raised:
            give(stage, giver, to)
        assert (raised.value.code, raised.value.field[:5]) == ("projects_duty_conflict", "line_")

    operator = other(stage, Role.DRAW_OPERATOR)
    give(stage, crew.operator, operator)
    with pytest.raises(Invalid) as raised:
        give(stage, crew.supervisor, crew.operator, "2")
    assert raised.value.code == "projects_duty_conflict"
    assert (stage.panel.operator, stage.panel.supervisor) == (operator, crew.supervisor)


def test_the_secretary_hands_over_after_the_meeting_to_nobody_of_the_case(stage: Stage) -> None:
    crew, world = stage.crew, stage.world
    assert held_by(crew.secretary) == []
    stage.seat_all()
    stage.declare(1, 2, 3, 4, 5)
    stage.score(1, 2, 3, 4, 5)
    stage.meet()
    assert [(one.kind, one.part) for one in held_by(crew.secretary)] == [("PANEL_SECRETARY", "SECRETARY")]
    with pytest.raises(Invalid) as raised:
        give(stage, crew.secretary, world.officer2)
    assert raised.value.code == "projects_receiver_lacks_role"
    give_role(world.officer, Role.PANEL_SECRETARY, world.commission)
    with pytest.raises(Invalid) as raised:
        give(stage, crew.secretary, world.officer)
    assert raised.value.code == "projects_duty_conflict"
    done = give(stage, crew.secretary, crew.comparer)
    assert (stage.panel.secretary, done.lines.get().part) == (crew.comparer, "SECRETARY")
    assert held_by(crew.secretary) == []


def test_a_concluded_panel_is_held_by_nobody(stage: Stage) -> None:
    decided(stage)
    assert [held_by(one) for one in (stage.crew.operator, stage.crew.supervisor, stage.crew.secretary)] == [[], [], []]
