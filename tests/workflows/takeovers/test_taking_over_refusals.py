"""What a 接续单 must not say, who must not sign it, and that nothing remains of one that is refused."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.documents.models import Document
from investreview.projects.models import Case, Opinion, Project, Takeover
from investreview.projects.services.takeovers import enter_takeover, reject_takeover
from tests.workflows.takeover_forms import (
    CHECK,
    DEVIATION,
    PANEL,
    WITHOUT_PROPOSAL,
    entered,
    panel_steps,
    step,
    taken_over,
    typed,
)
from tests.world import START, World
from workflows import taking_over
from workflows.models import ReviewProcess
from workflows.review.forms.takeover import TakeoverForm
from workflows.taking_over import accept_takeover


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def refused(world: World, **fields: Any) -> Invalid:
    """Why the take-over is refused; nothing of it remains."""
    entry = entered(world, world.officer2, **fields)
    with pytest.raises(Invalid) as refusal:
        accept_takeover(takeover_id=entry.pk, user=world.officer, at=START)
    assert (Case.objects.count(), Project.objects.count(), ReviewProcess.objects.count()) == (0, 0, 0)
    assert (Document.objects.count(), Opinion.objects.count(), Takeover.objects.get().case) == (0, 0, None)
    return refusal.value


def test_nobody_compares_what_they_entered(world: World) -> None:
    entry = entered(world, world.officer)

    with pytest.raises(Invalid, match="takeover_own_entry"):
        accept_takeover(takeover_id=entry.pk, user=world.officer, at=START)
    with pytest.raises(Invalid, match="takeover_own_entry"):
        reject_takeover(user=world.officer, takeover_id=entry.pk, reason="x", at=START)


@pytest.mark.parametrize("who", ["officer", "head"])
def test_officer_or_head_compares(world: World, who: str) -> None:
    entry = entered(world, world.officer2)

    assert accept_takeover(takeover_id=entry.pk, user=world.people[who], at=START).state == "REVIEWING"


@pytest.mark.parametrize("who", ["archivist", "deputy", "document_officer", "group_releaser", "system_admin"])
def test_nobody_else_enters_or_compares(world: World, who: str) -> None:
    entry = entered(world, world.officer2)

    with pytest.raises(Forbidden):
        accept_takeover(takeover_id=entry.pk, user=world.people[who], at=START)
    with pytest.raises(Forbidden):
        entered(world, world.people[who], key="takeover:2")


def test_another_commission_finds_no_take_over(world: World, elsewhere: World) -> None:
    entry = entered(world, world.officer2)

    with pytest.raises(NotVisible, match="takeover_not_visible"):
        accept_takeover(takeover_id=entry.pk, user=elsewhere.officer, at=START)


def test_accepted_again_the_first_result_is_answered(world: World) -> None:
    entry = entered(world, world.officer2)
    first = accept_takeover(takeover_id=entry.pk, user=world.officer, at=START)

    assert accept_takeover(takeover_id=entry.pk, user=world.officer, at=START) == first
    with pytest.raises(Invalid, match="takeover_done"):
        accept_takeover(takeover_id=entry.pk, user=world.head, at=START)
    with pytest.raises(Invalid, match="takeover_done"):
        reject_takeover(user=world.head, takeover_id=entry.pk, reason="x", at=START)
    assert Case.objects.count() == 1


def test_one_that_differs_stays_marked_and_makes_no_case(world: World) -> None:
    entry = entered(world, world.officer2)
    reject_takeover(user=world.officer, takeover_id=entry.pk, reason="已用天数不符", at=START)

    entry.refresh_from_db()
    assert (entry.rejected_reason, entry.checked_by, entry.case) == ("已用天数不符", world.officer, None)
    with pytest.raises(Invalid, match="takeover_done"):
        accept_takeover(takeover_id=entry.pk, user=world.head, at=START)
    assert not Case.objects.exists()


def test_entered_again_with_the_same_key_the_first_is_answered(world: World) -> None:
    assert entered(world, world.officer2) == entered(world, world.officer2, name="另一名称")


def test_an_entry_needs_a_scan(world: World) -> None:
    form = TakeoverForm(typed(world), user=world.officer, at=START, has_papers=True)
    assert form.is_valid()

    with pytest.raises(Invalid, match="takeover_scan_needed"):
        enter_takeover(user=world.officer, head=form.head, payload={}, scans=[], creation_key="1", at=START)


@pytest.mark.parametrize(
    "fields, code, field",
    [
        ({"released_on": "2024-06-22"}, "takeover_dates", "complete_on"),
        ({"as_of_on": "2024-06-20"}, "takeover_dates", "as_of_on"),
        ({"as_of_on": "2024-07-02"}, "takeover_in_future", "as_of_on"),
        ({"elapsed_days": "6"}, "takeover_elapsed", "elapsed_days"),
        ({"route": "EXPERT_PANEL"}, "takeover_route_differs", "route"),
        ({"nature": "NON_MAIN"}, "projects_procedure_not_open", None),
        ({"borrowing_yuan": "745"}, "projects_funds_do_not_add_up", "own_funds_yuan"),
        ({"step": "check"}, "takeover_proposal_needed", "proposal"),
        (CHECK, "takeover_proposal_not_yet", "proposal"),
        (CHECK | {"step": "check", "proposed_on": "2024-06-20"}, "takeover_dates", "proposed_on"),
        (CHECK | {"step": "check", "proposal": "FILE_WITH_RISK"}, "projects_risks_needed", "risks"),
        (CHECK | {"step": "check", "proposal": "REFUSE"}, "projects_reason_needed", "refusal_reason"),
        (CHECK | {"step": "wording"}, "takeover_step_not_in_chain", "step"),
        (CHECK | {"step": "sign"}, "takeover_steps_differ", "earlier"),
        (CHECK | {"step": "deliver"}, "takeover_steps_differ", "earlier"),
    ],
)
def test_what_does_not_agree_is_refused_and_nothing_remains(
    world: World, fields: dict[str, str], code: str, field: str | None
) -> None:
    error = refused(world, **fields)

    assert (error.code, error.field) == (code, field)


def test_steps_too_many_or_in_another_order_are_refused(world: World) -> None:
    many = step(1, "check", world.head, "2024-06-25") | step(2, "sign", world.deputy, "2024-06-26")

    error = refused(world, step="sign", **CHECK, **many)

    assert (error.code, error.facts["wanted"]) == ("takeover_steps_differ", "审核")


@pytest.mark.parametrize("who", ["officer", "group_releaser"])
def test_a_step_by_the_officer_or_by_somebody_outside_is_refused(world: World, who: str) -> None:
    payload = typed(world, step="sign", **CHECK, **step(1, "check", world.people[who], "2024-06-25"))
    form = TakeoverForm(payload, user=world.officer2, at=START, has_papers=True)

    if who == "group_releaser":
        assert form.errors.keys() == {"step_1_who"}
    else:
        error = refused(world, step="sign", **CHECK, **step(1, "check", world.officer, "2024-06-25"))
        assert error.code == "takeover_same_person"


def test_head_and_signer_are_two_people(world: World) -> None:
    steps = step(1, "check", world.head, "2024-06-25") | step(2, "sign", world.head, "2024-06-26")
    numbers = {"document_number": "旧函1号", "filing_number": "旧备1"}

    assert refused(world, step="deliver", **CHECK, **steps, **numbers).code == "takeover_same_person"


def test_who_countersigned_does_not_sign(world: World) -> None:
    steps = panel_steps(world, 6) | step(7, "sign", world.finance, "2024-06-28")
    numbers = {"document_number": "旧函1号", "filing_number": "旧备1"}
    fields = CHECK | PANEL | {"step": "deliver", "complete_on": "2024-06-19"} | numbers

    assert refused(world, **(fields | steps)).code == "takeover_same_person"


def test_seconded_staff_cannot_have_signed(world: World) -> None:
    User.objects.filter(pk=world.deputy.pk).update(is_seconded=True)
    steps = step(1, "check", world.head, "2024-06-25") | step(2, "sign", world.deputy, "2024-06-26")
    numbers = {"document_number": "旧函1号", "filing_number": "旧备1"}
    entry = entered(world, world.officer2, step="deliver", **CHECK, **steps, **numbers)

    with pytest.raises(Forbidden, match="projects_seconded_cannot_sign"):
        accept_takeover(takeover_id=entry.pk, user=world.officer, at=START)


def test_numbers_that_the_system_will_give_itself_are_refused(world: World) -> None:
    steps = step(1, "check", world.head, "2024-06-25") | step(2, "sign", world.deputy, "2024-06-26")
    numbers = {"document_number": "国资函〔2024〕1号", "filing_number": "旧备1"}

    error = refused(world, step="deliver", **CHECK, **steps, **numbers)

    assert (error.code, error.field, error.facts["next"]) == ("documents_number_not_old", "document_number", 1)


@pytest.mark.parametrize(
    "numbers, code", [({}, "takeover_number_needed"), ({"document_number": "旧函1号"}, "takeover_filing_number")]
)
def test_a_signed_filing_has_both_numbers(world: World, numbers: dict[str, str], code: str) -> None:
    steps = step(1, "check", world.head, "2024-06-25") | step(2, "sign", world.deputy, "2024-06-26")

    assert refused(world, step="deliver", **CHECK, **steps, **numbers).code == code


WITHOUT_PANEL = {name: "" for name in PANEL if name.startswith("panel_")}
NAMES = PANEL["panel_names"]


@pytest.mark.parametrize(
    "fields, code, field",
    [
        (PANEL | WITHOUT_PANEL | {"step": "check"}, "takeover_panel_needed", "panel_conclusion"),
        (PANEL | WITHOUT_PANEL | {"step": "opinion"} | WITHOUT_PROPOSAL, "takeover_panel_needed", "panel_conclusion"),
        (PANEL | {"step": "panel"} | WITHOUT_PROPOSAL, "takeover_panel_over", "step"),
        (PANEL | WITHOUT_PANEL | {"step": "panel"}, "takeover_proposal_not_yet", "proposal"),
        ({"step": "panel"} | WITHOUT_PROPOSAL, "takeover_no_panel", "step"),
        ({**{name: PANEL[name] for name in WITHOUT_PANEL}, "step": "check"}, "takeover_no_panel", "panel_conclusion"),
        (PANEL | {"step": "check", "panel_members": "4"}, "takeover_panel_members", "panel_names"),
        (PANEL | {"step": "check", "panel_names": f"专家甲\n{NAMES}"[:-4]}, "takeover_panel_members", "panel_names"),
        (PANEL | {"step": "check", "panel_held_on": "2024-06-22"}, "takeover_dates", "proposed_on"),
        (PANEL | {"step": "check", "panel_held_on": "2024-06-18"}, "takeover_dates", "panel_held_on"),
        (
            PANEL | {"step": "check", "panel_conclusion": "FAIL", "panel_conditions": ""},
            "projects_deviation_needed",
            "deviation_reason",
        ),
        (PANEL | {"step": "check"} | DEVIATION, "projects_deviation_unneeded", "deviation_reason"),
    ],
)
def test_a_panel_on_paper_stands_where_it_belongs(world: World, fields: dict[str, str], code: str, field: str) -> None:
    error = refused(world, **(CHECK | {"complete_on": "2024-06-19"} | fields))

    assert (error.code, error.field) == (code, field)


def test_a_process_that_goes_on_elsewhere_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_over.TakeoverForm, "node", "sign")

    assert refused(world).code == "takeover_opened_elsewhere"


def test_a_person_who_lost_the_role_is_asked_about_before_anything_is_written(world: World) -> None:
    entry = entered(world, world.officer2)
    User.objects.filter(pk=world.officer.pk).update(is_active=False, deactivated_at=START)

    with pytest.raises(Invalid, match="takeover_not_readable"):
        accept_takeover(takeover_id=entry.pk, user=world.head, at=START)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"checked_by": "officer2"},
        {"checked_by": "officer"},
        {"rejected_reason": "x"},
        {"checked_by": "officer", "checked_at": START},
    ],
)
def test_the_database_refuses_a_take_over_signed_by_one(world: World, wrong: dict[str, Any]) -> None:
    entered(world, world.officer2)
    values = {name: world.people[value] if name == "checked_by" else value for name, value in wrong.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Takeover.objects.update(**values)


def test_the_database_refuses_elapsed_days_of_a_case_that_began_here(world: World) -> None:
    case = taken_over(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(
            taken_over_on=None, drafter=world.sub_drafter, releaser=world.group_releaser
        )
