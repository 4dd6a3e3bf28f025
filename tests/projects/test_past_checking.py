"""Two people: one enters, another compares; then the whole batch counts, or none of it."""

import random
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from investreview.accounts.selectors import scope_of
from investreview.core.errors import Forbidden, Invalid, NotVisible, Stale
from investreview.journal.models import Entry
from investreview.projects.models import Backfill, PastDecision, Project
from investreview.projects.past.selectors import visible_past, waiting_for
from investreview.projects.past.services.checking import accept_backfill, begin_check, return_backfill
from investreview.projects.past.services.entering import correct_past, enter_past
from tests.projects.past_ledgers import ENTRY, NOON, accepted, entered, ledger, past, row, scan, stored
from tests.world import START, World

pytestmark = pytest.mark.usefixtures("media")


def accept(backfill: Backfill, who: Any, **changes: Any) -> Backfill:
    """``who`` accepts what they were given to compare, with ``changes``."""
    drawn = begin_check(user=who, backfill_id=backfill.pk, chance=random.Random(1), at=NOON)
    usual = {"user": who, "backfill_id": drawn.pk, "version": drawn.version, "compared": drawn.sample, "at": NOON}
    return accept_backfill(**(usual | changes))


def test_an_entry_waits_for_another_person_and_counts_after_that(world: World) -> None:
    backfill = entered(world, world.officer)
    reader = scope_of(world.head, NOON)
    assert visible_past(reader).count() == 0

    done = accept(backfill, world.archivist)

    [decision] = visible_past(reader)
    assert (done.state, done.checked_by, done.checked_at) == ("ACCEPTED", world.archivist, NOON)
    assert (decision.number, decision.amount_yuan, decision.signer) == (ENTRY.number, ENTRY.amount_yuan, ENTRY.signer)
    assert (decision.project.origin, decision.project.cases.count()) == (Project.Origin.BACKFILLED, 0)


@pytest.mark.parametrize(
    "enterer, checker", [("officer", "officer2"), ("archivist", "officer"), ("officer", "archivist")]
)
def test_officer_and_archivist_enter_and_check_for_each_other(world: World, enterer: str, checker: str) -> None:
    assert accept(entered(world, world.people[enterer]), world.people[checker]).state == "ACCEPTED"


@pytest.mark.parametrize(
    "who", ["head", "deputy", "document_officer", "law", "rule_keeper", "group_releaser", "audit_admin"]
)
def test_nobody_else_enters_or_checks(world: World, who: str) -> None:
    backfill = entered(world, world.officer)

    with pytest.raises(Forbidden):
        entered(world, world.people[who], key="past:2", number="另一号")
    with pytest.raises(Forbidden):
        begin_check(user=world.people[who], backfill_id=backfill.pk, chance=random.Random(1), at=NOON)


@pytest.mark.parametrize("act", ["check", "accept", "return"])
def test_nobody_checks_what_they_entered(world: World, act: str) -> None:
    backfill = entered(world, world.officer)
    acts = {
        "check": lambda: begin_check(user=world.officer, backfill_id=backfill.pk, chance=random.Random(1), at=NOON),
        "accept": lambda: accept_backfill(
            user=world.officer, backfill_id=backfill.pk, version=backfill.version, compared=[], at=NOON
        ),
        "return": lambda: return_backfill(
            user=world.officer, backfill_id=backfill.pk, version=backfill.version, reason="不符", at=NOON
        ),
    }

    with pytest.raises(Invalid, match="past_own_entry"):
        acts[act]()
    backfill.refresh_from_db()
    assert backfill.state == "WAITING"


def test_another_commission_finds_no_batch(world: World, elsewhere: World) -> None:
    backfill = entered(world, world.officer)

    with pytest.raises(NotVisible, match="past_not_visible"):
        begin_check(user=elsewhere.officer, backfill_id=backfill.pk, chance=random.Random(1), at=NOON)


def test_the_sample_of_a_ledger_is_drawn_once_for_a_person(world: World) -> None:
    backfill = stored(world.officer, ledger([row(number) for number in range(1, 31)]))

    drawn = begin_check(user=world.archivist, backfill_id=backfill.pk, chance=random.Random(7), at=NOON)
    again = begin_check(user=world.archivist, backfill_id=backfill.pk, chance=random.Random(8), at=NOON)
    other = begin_check(user=world.officer2, backfill_id=backfill.pk, chance=random.Random(8), at=NOON)

    assert len(drawn.sample) == 10
    assert again.sample == drawn.sample != other.sample
    assert Entry.objects.filter(verb="backfill.begin_check").count() == 2


def test_a_sample_compared_in_part_or_for_another_person_accepts_nothing(world: World) -> None:
    backfill = stored(world.officer, ledger([row(number) for number in range(1, 13)]))
    drawn = begin_check(user=world.archivist, backfill_id=backfill.pk, chance=random.Random(7), at=NOON)
    others = list(PastDecision.objects.exclude(pk__in=drawn.sample).values_list("pk", flat=True))
    usual = {"user": world.archivist, "backfill_id": drawn.pk, "version": drawn.version, "at": NOON}

    for compared in ([], drawn.sample[:-1], [*drawn.sample[:-1], others[0]], [*drawn.sample, others[0]]):
        with pytest.raises(Invalid, match="past_sample_not_compared"):
            accept_backfill(**usual, compared=compared)
    with pytest.raises(Invalid, match="past_sample_not_compared"):
        accept_backfill(**(usual | {"user": world.officer2}), compared=drawn.sample)
    assert Backfill.objects.get().state == "WAITING"


def test_accepted_again_by_the_same_person_the_first_result_is_answered(world: World) -> None:
    first = accept(entered(world, world.officer), world.archivist)

    again = accept_backfill(user=world.archivist, backfill_id=first.pk, version=1, compared=[], at=NOON)

    assert (again.version, Entry.objects.filter(verb="backfill.accept").count()) == (first.version, 1)


def test_a_stale_page_accepts_nothing(world: World) -> None:
    backfill = entered(world, world.officer)

    with pytest.raises(Stale, match="core_stale"):
        accept(backfill, world.archivist, version=1)


def test_what_was_accepted_stands_in_the_journal_with_both_names_and_hashes(world: World) -> None:
    backfill = accept(stored(world.officer, ledger([row(1), row(2)])), world.archivist)

    entry = Entry.objects.get(verb="backfill.accept")
    assert (entry.actor_name, entry.facts["entered_by"]) == ("archivist", "officer")
    assert (entry.facts["rows"], entry.facts["compared"]) == (2, 2)
    assert entry.facts["ledger_sha256"] == backfill.sha256 != ""
    assert entry.facts["content_sha256"] == backfill.content_sha256 != ""


def test_a_returned_entry_is_corrected_and_checked_again(world: World) -> None:
    backfill = entered(world, world.officer)
    returned = return_backfill(
        user=world.archivist, backfill_id=backfill.pk, version=backfill.version, reason=" 金额不符 ", at=NOON
    )
    assert (returned.state, returned.returned_reason) == ("RETURNED", "金额不符")

    changes = {"number": "国资备〔2021〕4号", "name": "更正后的名称（示例）"}

    corrected = correct_past(
        user=world.officer,
        backfill_id=backfill.pk,
        version=returned.version,
        enterprise_id=world.sister.pk,
        entry=replace(ENTRY, **changes),
        scans=[scan("新.pdf", "另一扫描")],
        at=NOON,
    )

    decision = PastDecision.objects.get()
    assert (corrected.state, corrected.checked_by, corrected.returned_reason) == ("WAITING", None, "")
    assert (decision.number, decision.project.name) == ("国资备〔2021〕4号", "更正后的名称（示例）")
    assert (decision.path, decision.project.path) == (world.sister.path, world.sister.path)
    assert decision.papers.count() == 2
    assert accept(corrected, world.archivist).state == "ACCEPTED"
    assert [entry.verb for entry in Entry.objects.filter(subject_kind="backfill").order_by("pk")] == [
        "backfill.enter",
        "backfill.return",
        "backfill.correct",
        "backfill.begin_check",
        "backfill.accept",
    ]


@pytest.mark.parametrize("who", ["officer2", "archivist"])
def test_only_who_entered_corrects(world: World, who: str) -> None:
    backfill = entered(world, world.officer)

    with pytest.raises(Forbidden, match="past_not_your_entry"):
        correct_past(
            user=world.people[who],
            backfill_id=backfill.pk,
            version=backfill.version,
            enterprise_id=world.sub.pk,
            entry=ENTRY,
            scans=[],
            at=NOON,
        )


def test_what_counts_is_not_corrected_and_not_returned(world: World) -> None:
    backfill = past(world).backfill
    backfill.refresh_from_db()

    with pytest.raises(Invalid, match="past_not_in_this_state"):
        correct_past(
            user=world.officer,
            backfill_id=backfill.pk,
            version=backfill.version,
            enterprise_id=world.sub.pk,
            entry=ENTRY,
            scans=[],
            at=NOON,
        )
    with pytest.raises(Invalid, match="past_not_in_this_state"):
        return_backfill(user=world.archivist, backfill_id=backfill.pk, version=backfill.version, reason="x", at=NOON)


def test_returning_needs_a_reason(world: World) -> None:
    backfill = entered(world, world.officer)

    with pytest.raises(Invalid, match="projects_reason_needed"):
        return_backfill(user=world.archivist, backfill_id=backfill.pk, version=backfill.version, reason=" ", at=NOON)


def test_an_entry_needs_a_scan(world: World) -> None:
    with pytest.raises(Invalid, match="past_scan_needed"):
        enter_past(
            user=world.officer, enterprise_id=world.sub.pk, entry=ENTRY, scans=[], creation_key="past:1", at=START
        )
    assert not Backfill.objects.exists()


def test_entered_again_with_the_same_key_the_first_is_answered(world: World) -> None:
    first = entered(world, world.officer)

    assert entered(world, world.officer, number="另一号") == first
    assert PastDecision.objects.count() == 1


@pytest.mark.parametrize("number", ["国资备〔2021〕3号", "国资备[2021]3号", "国资备（２０２１）3号 "])
def test_a_number_is_entered_once_however_it_is_written(world: World, number: str) -> None:
    entered(world, world.officer)

    with pytest.raises(Invalid, match="past_number_taken"):
        entered(world, world.officer2, key="past:2", number=number)


def test_an_enterprise_of_another_commission_is_unknown(world: World, elsewhere: World) -> None:
    with pytest.raises(Invalid, match="past_body_unknown"):
        enter_past(
            user=world.officer,
            enterprise_id=elsewhere.sub.pk,
            entry=ENTRY,
            scans=[scan()],
            creation_key="past:1",
            at=START,
        )


def test_the_checks_of_others_wait_for_me_and_my_own_do_not(world: World, elsewhere: World) -> None:
    mine, theirs = entered(world, world.officer), entered(world, world.officer2, key="past:2", number="另一号")
    entered(elsewhere, elsewhere.officer, key="past:3")

    assert list(waiting_for(world.officer, scope_of(world.officer, NOON))) == [theirs]
    assert list(waiting_for(world.archivist, scope_of(world.archivist, NOON))) == [mine, theirs]
    assert list(waiting_for(world.head, scope_of(world.head, NOON))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"checked_by": "officer"},
        {"state": "ACCEPTED"},
        {"state": "ACCEPTED", "checked_by": "archivist"},
        {"state": "RETURNED", "checked_by": "archivist"},
        {"storage_name": "x"},
        {"fault_count": 1},
        {"source": "LEDGER"},
    ],
)
def test_the_database_refuses_a_batch_without_its_evidence(world: World, wrong: dict[str, Any]) -> None:
    backfill = entered(world, world.officer)
    values = {name: world.people[value] if name == "checked_by" else value for name, value in wrong.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Backfill.objects.filter(pk=backfill.pk).update(**values)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"signer": ""},
        {"kind": "?"},
        {"nature": ""},
        {"route": "BLOCKED"},
        {"outcome": "DRAFT"},
        {"outcome": "REFUSED"},
        {"amount_yuan": -1},
        {"actual_yuan": -1},
    ],
)
def test_the_database_refuses_a_decision_told_in_part(world: World, wrong: dict[str, Any]) -> None:
    entered(world, world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        PastDecision.objects.update(**wrong)


def test_the_sample_of_a_typed_entry_is_the_entry(world: World) -> None:
    backfill = entered(world, world.officer)
    drawn = begin_check(user=world.archivist, backfill_id=backfill.pk, chance=random.Random(1), at=NOON)

    assert drawn.sample == [PastDecision.objects.get().pk]
    assert accepted(backfill, world.archivist).state == "ACCEPTED"
