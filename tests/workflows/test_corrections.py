"""Mistakes through the engine: a signature taken back, a letter corrected, a letter void and reissued."""

import pytest

from investreview.core.errors import DomainError, Forbidden, Invalid, NotVisible, Stale
from investreview.demo import hands
from investreview.documents.contents import LockedField
from investreview.documents.kinds import DocumentKind, DocumentState, NumberState
from investreview.documents.models import Document, IssuedNumber, WithdrawnSignature
from investreview.journal.models import Entry
from investreview.projects.models import Opinion, Remedy
from investreview.projects.selectors import clock_of
from investreview.projects.services import deciding, remedies
from tests.workflows import mistakes
from tests.workflows.mistakes import waiting
from tests.world import World, drive, later
from workflows import corrections
from workflows.models import ReviewProcess, WorkItem

pytestmark = pytest.mark.django_db


def verbs(case: object) -> list[str]:
    entries = Entry.objects.filter(subject_key=case.number, chain="LYG").order_by("pk")
    return [entry.verb for entry in entries]


def test_a_withdrawn_signature_leaves_the_number_and_the_signing_step(world: World) -> None:
    signed = drive(world, "signed")
    case = mistakes.withdraw(signed, world.deputy, later(7))

    assert (case.state, case.signer, case.signed_at, case.ended_at) == ("REVIEWING", None, None, None)
    assert (case.document_number, case.filing_number) == ("", "")
    assert waiting(case) == ["sign"]
    letter = Document.objects.get(pk=case.letter_id)
    assert (letter.state, letter.number, letter.signer) == (DocumentState.DRAFT, "", "")
    held = list(letter.numbers.order_by("text").values_list("text", "state"))
    assert held == [(signed.filing_number, NumberState.ISSUED), (signed.document_number, NumberState.ISSUED)]
    assert all(number.is_reserved for number in letter.numbers.select_related("document"))
    kept = WithdrawnSignature.objects.get()
    assert (kept.number, kept.signer_name, kept.reason) == (signed.document_number, "deputy", "复函文字有误。")


def test_a_withdrawn_signature_is_one_entry_and_an_opinion_that_stays(world: World) -> None:
    case = drive(world, "signed")
    before = verbs(case)
    mistakes.withdraw(case, world.deputy, later(7))
    assert verbs(case)[len(before) :] == ["document.withdraw_signature", "case.withdraw_signature"]
    opinion = Opinion.objects.get(case=case, outcome="SIGNED")
    assert opinion.recalled_at == later(7)
    assert WorkItem.objects.get(case=case, node="sign", state="RECALLED").done_by == world.deputy
    assert WorkItem.objects.get(case=case, node="deliver").state == "CANCELLED"


def test_signed_again_the_letter_has_the_numbers_it_had(world: World) -> None:
    first = drive(world, "signed")
    case = mistakes.withdraw(first, world.deputy, later(7))
    again = hands.sign(case, world.deputy, later(8))
    assert (again.document_number, again.filing_number) == (first.document_number, first.filing_number)
    assert (again.state, waiting(again)) == ("FILED", ["deliver"])
    assert IssuedNumber.objects.filter(series__code__in=["HAN", "BA"]).count() == 2
    delivered = hands.deliver(again, world.document_officer, later(9))
    assert waiting(delivered) == ["acknowledge"]


def test_the_clock_runs_on_as_if_the_case_had_never_been_signed(world: World) -> None:
    case = drive(world, "signed")
    used = clock_of(case, later(11).date()).used
    case = mistakes.withdraw(case, world.deputy, later(7))
    assert clock_of(case, later(11).date()).used > used


def test_after_a_withdrawal_the_leader_may_return_and_the_refusal_voids_the_numbers(world: World) -> None:
    signed = drive(world, "signed")
    mistakes.withdraw(signed, world.deputy, later(7))
    hands.act(signed, "sign", world.deputy, deciding.send_back, later(8), reason="请重新研究。")
    hands.propose(signed, world.officer, later(9), risks=[], refusal="报送材料不能说明投资必要性。")
    old = Document.objects.get(kind=DocumentKind.FILING_LETTER)
    assert old.state == DocumentState.VOIDED
    void = IssuedNumber.objects.filter(document=old).order_by("text")
    assert [(one.text, one.state) for one in void] == [
        (signed.filing_number, NumberState.VOIDED),
        (signed.document_number, NumberState.VOIDED),
    ]
    assert {one.void_reason for one in void} == {"文稿作废：拟办意见改变"}
    assert {one.voided_by_name for one in void} == {"officer"}
    hands.check(signed, world.head, later(10))
    refused = hands.sign(signed, world.deputy, later(11))
    assert (refused.state, refused.document_number) == ("REFUSED", "国资函〔2024〕2号")


@pytest.mark.parametrize("person", ["deputy2", "director", "head", "officer", "document_officer", "group_releaser"])
def test_nobody_but_the_signer_takes_a_signature_back(world: World, person: str) -> None:
    case = drive(world, "signed")
    with pytest.raises(Forbidden) as raised:
        mistakes.withdraw(case, world.people[person], later(7))
    has_role = person == "deputy2"
    assert raised.value.code == ("projects_not_your_signature" if has_role else "projects_role_missing")
    assert waiting(case) == ["deliver"]


@pytest.mark.parametrize("step", ["draft", "proposed", "checked", "delivered", "acknowledged"])
def test_only_a_signature_before_the_seal_is_taken_back(world: World, step: str) -> None:
    case = drive(world, step)
    with pytest.raises(DomainError) as raised:
        mistakes.withdraw(case, world.deputy, later(12))
    has_process = step != "draft"
    assert raised.value.code == ("workflows_nothing_to_withdraw" if has_process else "projects_case_not_visible")


def test_a_stale_or_unreasoned_withdrawal_leaves_the_signature(world: World) -> None:
    case = drive(world, "signed")
    with pytest.raises(Stale):
        corrections.withdraw_signature(
            record_id=case.pk, user=world.deputy, at=later(7), version=case.version - 1, reason="有误。"
        )
    with pytest.raises(Invalid) as raised:
        mistakes.withdraw(case, world.deputy, later(7), reason="  ")
    assert raised.value.code == "projects_reason_needed"
    assert hands.fresh(case).state == "FILED"


def test_a_correction_letter_leaves_the_reply_corrected_by_it(world: World) -> None:
    filed = drive(world, "acknowledged")
    case = mistakes.put_right(filed, world, "CORRECTION")

    original = Document.objects.get(pk=filed.letter_id)
    letter = Document.objects.get(kind=DocumentKind.CORRECTION_LETTER)
    assert (original.state, original.corrected_by, original.number) == ("CORRECTED", letter, filed.document_number)
    assert (letter.state, letter.number, letter.registration_number) == ("DELIVERED", "国资函〔2024〕2号", "")
    assert letter.replaces == original
    assert "“每季度终了后10日内”更正为“每季度终了后15日内”。" in letter.issued_version.content
    assert (case.state, case.letter_id, case.document_number) == ("FILED", original.pk, filed.document_number)
    assert IssuedNumber.objects.filter(state=NumberState.VOIDED).count() == 0
    assert waiting(case) == ["acknowledge"]


def test_a_reissued_letter_takes_the_place_of_the_void_one(world: World) -> None:
    filed = drive(world, "acknowledged")
    case = mistakes.put_right(filed, world, "REISSUE")

    old, new = Document.objects.filter(kind=DocumentKind.FILING_LETTER).order_by("pk")
    assert (old.state, new.state) == ("VOIDED", "DELIVERED")
    assert old.void_reason == "作废重发：季报期限写错。（以国资函〔2024〕2号代替）"
    assert (case.state, case.letter_id, case.document_number) == ("FILED", new.pk, "国资函〔2024〕2号")
    assert (case.filing_number, new.registration_number) == (filed.filing_number, filed.filing_number)
    assert new.issued_version.parsed.locked_values()[LockedField.ORIGINAL_NUMBER] == filed.document_number
    numbers = {one.text: (one.state, one.document_id) for one in IssuedNumber.objects.exclude(series__code="JS")}
    assert numbers == {
        filed.document_number: ("VOIDED", old.pk),
        filed.filing_number: ("ISSUED", new.pk),
        "国资函〔2024〕2号": ("ISSUED", new.pk),
    }


def test_the_old_letter_holds_until_the_new_one_is_delivered(world: World) -> None:
    case = drive(world, "acknowledged")
    original = Document.objects.get(pk=case.letter_id)
    mistakes.begin(case, world.officer, later(20), "REISSUE")
    mistakes.check(case, world, later(21))
    mistakes.sign(case, world.deputy, later(22))
    original.refresh_from_db()
    assert (original.state, hands.fresh(case).document_number) == ("DELIVERED", original.number)


def test_a_letter_is_put_right_twice(world: World) -> None:
    case = drive(world, "acknowledged")
    mistakes.put_right(case, world, "CORRECTION", day=20)
    mistakes.put_right(case, world, "REISSUE", day=30)
    last = mistakes.put_right(case, world, "REISSUE", day=40)
    states = Document.objects.filter(kind=DocumentKind.FILING_LETTER).order_by("pk").values_list("state", flat=True)
    assert (list(states), last.document_number) == (["VOIDED", "VOIDED", "DELIVERED"], "国资函〔2024〕4号")
    text = Document.objects.get(pk=last.letter_id).issued_version.parsed
    named = [one for one in text.paragraphs if "代替" in one.text]
    assert [one.text.count("〔2024〕3号") for one in named] == [1]


def test_one_acknowledgement_takes_in_both_letters(world: World) -> None:
    delivered = drive(world, "delivered")
    case = mistakes.put_right(delivered, world, "CORRECTION")
    assert waiting(case) == ["acknowledge"]
    done = hands.acknowledge(case, world.group_releaser, later(25))
    assert done.acknowledged_at == later(25)
    letter = Document.objects.get(kind=DocumentKind.CORRECTION_LETTER)
    assert letter.deliveries.get().acknowledged_by_name == "group_releaser"
    assert ReviewProcess.objects.get(case=case).status == "DONE"


def test_an_acknowledged_case_is_acknowledged_again_for_the_new_letter_only(world: World) -> None:
    first = drive(world, "acknowledged")
    case = mistakes.put_right(first, world, "REISSUE")
    assert ReviewProcess.objects.get(case=case).status == "NEW"
    done = hands.acknowledge(case, world.group_releaser, later(25))
    assert done.acknowledged_at == first.acknowledged_at
    assert ReviewProcess.objects.get(case=case).status == "DONE"


def test_a_remedy_is_returned_changed_and_dropped(world: World) -> None:
    case = drive(world, "acknowledged")
    mistakes.begin(case, world.officer, later(20))
    hands.act(case, "remedy_check", world.head, remedies.return_remedy, later(21), reason="请改正摘录。")
    assert waiting(case) == ["remedy_draft"]
    hands.act(case, "remedy_draft", world.officer, remedies.resubmit_remedy, later(22), text="已改。")
    mistakes.check(case, world, later(23))
    hands.act(case, "remedy_sign", world.deputy, remedies.return_remedy, later(24), reason="不必更正。")
    dropped = hands.act(case, "remedy_draft", world.officer, remedies.drop_remedy, later(25), reason="不必更正。")
    assert (waiting(dropped), Remedy.objects.get().state) == ([], "DROPPED")
    letter = Document.objects.get(kind=DocumentKind.CORRECTION_LETTER)
    assert (letter.state, letter.void_reason) == ("VOIDED", "不必更正。")
    assert Document.objects.get(pk=case.letter_id).state == "DELIVERED"
    assert ReviewProcess.objects.get(case=case).status == "DONE"


def test_a_dropped_remedy_leaves_the_open_acknowledgement(world: World) -> None:
    case = drive(world, "delivered")
    mistakes.begin(case, world.officer, later(20))
    hands.act(case, "remedy_check", world.head, remedies.return_remedy, later(21), reason="不必更正。")
    hands.act(case, "remedy_draft", world.officer, remedies.drop_remedy, later(22), reason="不必更正。")
    assert waiting(case) == ["acknowledge"]


def test_the_signature_of_a_remedy_is_taken_back_and_given_again(world: World) -> None:
    case = drive(world, "acknowledged")
    mistakes.begin(case, world.officer, later(20))
    mistakes.check(case, world, later(21))
    mistakes.sign(case, world.deputy, later(22))
    number = Remedy.objects.get().number
    mistakes.withdraw(case, world.deputy, later(23))
    remedy = Remedy.objects.get()
    assert (waiting(case), remedy.state, remedy.number, remedy.signed_by) == (["remedy_sign"], "SIGNING", "", None)
    mistakes.sign(case, world.deputy, later(24))
    assert (Remedy.objects.get().number, number) == ("国资函〔2024〕2号", "国资函〔2024〕2号")


def test_two_remedies_are_never_at_work_together(world: World) -> None:
    case = drive(world, "acknowledged")
    mistakes.begin(case, world.officer, later(20))
    with pytest.raises(Invalid) as raised:
        mistakes.begin(case, world.officer, later(21), "REISSUE")
    assert raised.value.code == "projects_remedy_open"


@pytest.mark.parametrize("step", ["checked", "signed"])
def test_a_letter_that_was_not_sent_is_not_put_right(world: World, step: str) -> None:
    case = drive(world, step)
    with pytest.raises(Invalid) as raised:
        mistakes.begin(case, world.officer, later(12))
    assert (
        raised.value.code
        == {
            "checked": "projects_not_allowed_in_state",
            "signed": "documents_remedy_too_early",
        }[step]
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reason": " "}, "projects_reason_needed"),
        ({"emendations": ()}, "projects_emendation_needed"),
        ({"emendations": (mistakes.Emendation("没有的文字", "新文字"),)}, "projects_emendation_not_found"),
        ({"emendations": (mistakes.Emendation("特此函复", "特此函复"),)}, "projects_correction_same"),
    ],
)
def test_a_correction_says_what_the_letter_says(world: World, facts: dict, code: str) -> None:
    case = drive(world, "acknowledged")
    with pytest.raises(Invalid) as raised:
        mistakes.begin(case, world.officer, later(20), **facts)
    assert raised.value.code == code
    assert Document.objects.filter(kind=DocumentKind.CORRECTION_LETTER).count() == 0


def test_another_commission_sees_nothing_to_put_right(world: World) -> None:
    from tests.world import found_world

    elsewhere = found_world("HAZ", names="别处")
    case = drive(world, "acknowledged")
    with pytest.raises((Forbidden, NotVisible)):
        mistakes.begin(case, elsewhere.officer, later(20))
    signed = drive(world, "signed", key="2")
    with pytest.raises((Forbidden, NotVisible)):
        mistakes.withdraw(signed, elsewhere.deputy, later(20))
