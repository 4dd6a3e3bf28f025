"""What somebody reads who knows a case by one step of it: a substitute, an office that is asked to countersign."""

import pytest
from django.urls import reverse

from investreview.core.roles import Role
from investreview.demo import hands
from investreview.documents.kinds import DocumentKind
from investreview.documents.models import Document
from investreview.projects.models import Case
from investreview.projects.services import countersigning
from tests.desk.people import browser, let_stand_in
from tests.workflows.doors import hidden, set_time
from tests.world import World, drive, found_world, later, rules_with_chain
from workflows import engine
from workflows.models import WorkItem

ASKING_FINANCE = rules_with_chain(
    {"key": "check", "kind": "CHECK", "role": "OFFICE_HEAD", "limit_days": 2, "citation": "§5.3"},
    {
        "key": "countersign",
        "kind": "COUNTERSIGN",
        "role": "COUNTERSIGNER",
        "offices": ["FINANCE"],
        "limit_days": 2,
        "citation": "§5.3",
    },
    {"key": "sign", "kind": "SIGN", "role": "DEPUTY_DIRECTOR", "limit_days": 2, "citation": "§5.1"},
)


def addresses(case: Case) -> list[str]:
    """Everything the case page leads to."""
    letter = Document.objects.get(pk=case.letter_id)
    sheet = Document.objects.filter(subject_key=case.number, kind=DocumentKind.APPROVAL_SHEET).first()
    file = case.files.order_by("pk")[0]
    papers = [letter] if sheet is None else [letter, sheet]
    return [
        reverse("desk:case", args=[case.number]),
        *(reverse("documents:document", args=[paper.pk]) for paper in papers),
        reverse("documents:versions", args=[letter.pk]),
        reverse("projects:file", args=[file.pk]),
        reverse("projects:phone_notes", args=[case.number]),
    ]


def statuses(world: World, who: str, case: Case) -> set[int]:
    client = browser(world.people[who])
    found = set()
    for address in addresses(case):
        answer = client.get(address)
        answer.close()
        found.add(answer.status_code)
    return found


@pytest.fixture
def signing(world: World) -> Case:
    """A case that waits for the deputy director's signature, for whom the colleague of the law office stands in."""
    case = drive(world, "checked")
    hands.print_sheet(case, world.officer, later(6))
    let_stand_in(world, world.law, world.deputy, Role.DEPUTY_DIRECTOR)
    set_time(later(7))
    return hands.fresh(case)


def test_substitute_reads_everything_that_the_decision_rests_on(world: World, signing: Case) -> None:
    assert statuses(world, "law", signing) == {200}
    assert statuses(world, "finance", signing) == {404}


def test_substitute_signs_and_keeps_reading_what_they_signed(world: World, signing: Case) -> None:
    client, url = browser(world.law), f"/tasks/{hands.task_of(signing, 'sign')}/"
    sent = {**hidden(client.get(url), "sign"), "text": "同意。"}
    told = [client.post(url, sent, follow=True) for _click in range(2)]
    assert [answer.status_code for answer in told] == [200, 200]
    assert WorkItem.objects.filter(case=signing, node="sign", done_for=world.deputy).count() == 1
    assert statuses(world, "law", signing) == {200}
    set_time(later(32))
    assert statuses(world, "law", signing) == {404}, "the authority ended with July"


def test_substitute_whose_step_was_done_by_the_principal_gets_their_text_back(world: World, signing: Case) -> None:
    client, url = browser(world.law), f"/tasks/{hands.task_of(signing, 'sign')}/"
    sent = {**hidden(client.get(url), "sign"), "text": "我也写了意见。"}
    hands.sign(signing, world.deputy, later(7))
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert "我也写了意见。" in answer.content.decode()
    assert statuses(world, "law", signing) == {404}, "nothing waits for them any more"


@pytest.mark.parametrize("way", ["edit", "phone", "print", "paper"])
def test_substitute_knows_the_case_but_may_do_nothing_beside_the_step(world: World, signing: Case, way: str) -> None:
    task_id = hands.task_of(signing, "sign")
    url = {
        "edit": reverse("documents:edit", args=[signing.letter_id]),
        "phone": reverse("projects:phone_notes", args=[signing.number]),
        "print": reverse("review:print_sheet", args=[task_id]),
        "paper": reverse("review:paper", args=[task_id]),
    }[way]
    assert browser(world.law).post(url, {}).status_code == 403


def test_substitute_is_offered_no_wording_that_they_may_not_change(world: World, signing: Case) -> None:
    edit, page = reverse("documents:edit", args=[signing.letter_id]), addresses(signing)[1]
    assert edit not in browser(world.law).get(page).content.decode()
    assert edit in browser(world.deputy).get(page).content.decode()


def test_office_knows_the_case_and_its_draft_from_the_day_it_is_asked(db: None) -> None:
    world = found_world("SZ", rules=ASKING_FINANCE)
    case = drive(world, "proposed")
    assert statuses(world, "finance", case) == {404}
    hands.check(case, world.head, later(6))
    assert statuses(world, "finance", case) == {200}
    assert statuses(world, "law", case) == {404}


def test_office_that_was_asked_by_a_recalled_step_does_not_know_the_case(db: None) -> None:
    world = found_world("SZ", rules=ASKING_FINANCE)
    case = drive(world, "proposed")
    hands.check(case, world.head, later(6))
    check = WorkItem.objects.get(case=case, node="check").task_id
    engine.recall(task_id=check, user=world.head, at=later(6))
    assert statuses(world, "finance", case) == {404}
    hands.check(case, world.head, later(7))
    assert statuses(world, "finance", case) == {200}


def test_office_that_answered_keeps_reading(db: None) -> None:
    world = found_world("SZ", rules=ASKING_FINANCE)
    case = drive(world, "proposed")
    hands.check(case, world.head, later(6))
    answer = {"office": "CW", "outcome": "NO_OBJECTION", "text": ""}
    hands.act(case, "countersign", world.people["finance"], countersigning.countersign, later(7), **answer)
    assert statuses(world, "finance", case) == {200}
