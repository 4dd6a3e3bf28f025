"""Drafts begun, numbered and saved at once: one project a key, no number twice, no gap, no text lost unseen."""

from functools import partial

import pytest

from investreview.accounts.models import User
from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.projects.models import Case, Party, Project
from investreview.projects.services import drafts
from investreview.projects.services.drafts import PartyInput
from investreview.registry.models import Organisation, OrganisationName
from tests.concurrency.acts import AT, times_in_journal
from tests.concurrency.crowd import Act, at_once, codes, overtake
from tests.world import World, credit_code, drive, later, wanted

pytestmark = pytest.mark.both_databases
CLICKS = 20
THREADS = 8


def _creating(world: World, body: str, key: str, user: User | None = None) -> Act:
    return partial(
        drafts.create_project,
        user=user or world.people[f"{body}_drafter"],
        enterprise_id=world.bodies[body].pk,
        name="改造项目（示例）",
        creation_key=key,
        at=AT,
    )


def _saving(world: World, case: Case, *, name: str, parties: tuple[PartyInput, ...] = ()) -> Act:
    facts = wanted(world, name=name)
    return partial(
        drafts.save_facts,
        acting=hands.acting(world.group_drafter, AT),
        case_id=case.pk,
        version=case.declaration.version,
        name=name,
        fields=facts.fields,
        phases=facts.phases,
        commitments=facts.commitments,
        parties=parties,
        at=AT,
    )


def test_twenty_clicks_with_one_key_begin_one_project(world: World) -> None:
    answers = at_once([_creating(world, "group", "one-form")] * CLICKS)
    assert {answer.number for answer in answers} == {"LYG-2024-0001"}
    assert (Project.objects.count(), Case.objects.count()) == (1, 1)
    assert times_in_journal(answers[0], "case.create") == 1


def test_a_key_that_two_people_use_begins_one_project(world: World) -> None:
    answers = at_once([_creating(world, "group", "one-form"), _creating(world, "other", "one-form")])
    assert codes(answers) == {"done": 1, "projects_enterprise_unknown": 1}
    assert Project.objects.count() == 1


def test_case_numbers_of_many_at_once_have_no_gap(world: World) -> None:
    bodies = ["group", "sub", "sister", "other"] * (THREADS // 4)
    answers = at_once([_creating(world, body, f"form-{n}") for n, body in enumerate(bodies)])
    expected = [f"LYG-2024-{n:04d}" for n in range(1, THREADS + 1)]
    assert sorted(case.number for case in answers) == expected


def test_a_refused_project_leaves_no_gap(world: World) -> None:
    stranger = [_creating(world, "group", f"stranger-{n}", world.other_drafter) for n in range(THREADS)]
    own = [_creating(world, "group", f"own-{n}") for n in range(THREADS)]
    assert codes(at_once([*stranger, *own])) == {"done": THREADS, "projects_enterprise_unknown": THREADS}
    expected = [f"LYG-2024-{n:04d}" for n in range(1, THREADS + 1)]
    assert sorted(Case.objects.values_list("number", flat=True)) == expected


@pytest.mark.postgres
def test_a_group_and_its_subsidiary_beginning_at_once_do_not_block_each_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = overtake(
        monkeypatch,
        drafts,
        "next_case_number",
        act=_creating(world, "sub", "sub-form"),
        intruder=_creating(world, "group", "group-form"),
    )
    assert codes(answers) == {"done": 2}


@pytest.mark.postgres
def test_a_subsidiary_that_begins_again_and_its_group_do_not_block_each_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = drive(world, "draft", body="sub")
    drafts.discard_draft(
        acting=hands.acting(world.sub_drafter, AT), case_id=case.pk, version=hands.fresh(case).version, at=AT
    )
    again = partial(drafts.begin_again, user=world.sub_drafter, project_id=case.project_id, at=AT)
    answers = overtake(
        monkeypatch, drafts, "next_case_number", act=again, intruder=_creating(world, "group", "group-form")
    )
    assert codes(answers) == {"done": 2}


def test_a_project_begun_again_by_many_clicks_has_one_open_case(world: World) -> None:
    case = drive(world, "draft")
    drafts.discard_draft(
        acting=hands.acting(world.group_drafter, AT), case_id=case.pk, version=hands.fresh(case).version, at=AT
    )
    again = partial(drafts.begin_again, user=world.group_drafter, project_id=case.project_id, at=AT)
    assert codes(at_once([again] * THREADS)) == {"done": 1, "projects_open_case_exists": THREADS - 1}
    assert Case.objects.filter(project_id=case.project_id).count() == 2


def test_of_two_saves_on_one_version_the_second_is_told(world: World) -> None:
    case = drive(world, "draft")
    answers = at_once([_saving(world, case, name=name) for name in ("甲稿（示例）", "乙稿（示例）")])
    assert codes(answers) == {"done": 1, "core_stale": 1}
    saved = hands.fresh(case)
    kept = "乙稿（示例）" if isinstance(answers[0], DomainError) else "甲稿（示例）"
    assert (saved.project.name, saved.declaration.version) == (kept, case.declaration.version + 1)
    assert times_in_journal(case, "case.save") == 2


def test_two_drafts_that_name_one_new_organisation_share_it(world: World) -> None:
    mine, theirs = drive(world, "draft"), drive(world, "draft", key="2", name="另一项目（示例）")
    partner = PartyInput(role=Party.Role.PARTNER, name="合作方有限公司（示例）", credit_code=credit_code(9_000_001))
    answers = at_once([_saving(world, case, name=case.project.name, parties=(partner,)) for case in (mine, theirs)])
    assert codes(answers) == {"done": 2}
    organisation = Organisation.objects.get(credit_code=partner.credit_code)
    assert OrganisationName.objects.filter(organisation=organisation).count() == 1
    assert Party.objects.filter(organisation=organisation).count() == 2


def test_numbers_begin_anew_with_the_year_of_shanghai_for_everybody_at_once(world: World) -> None:
    new_year = [
        partial(
            drafts.create_project,
            user=world.group_drafter,
            enterprise_id=world.group.pk,
            name="改造项目（示例）",
            creation_key=f"form-{n}",
            at=later(184),
        )
        for n in range(THREADS)
    ]
    assert later(184).year == 2025
    answers = at_once(new_year)
    assert sorted(case.number for case in answers) == [f"LYG-2025-{n:04d}" for n in range(1, THREADS + 1)]
