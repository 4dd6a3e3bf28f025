"""The panel opinion: drafted from the final sheets, concluded by the rules, signed by all; its conditions after it."""

from typing import Any

import pytest

from experts.models import Condition, OpinionSignature
from experts.selectors.final_sheets import draft_text
from experts.selectors.office_pages import enterprise_page, office_pages
from experts.selectors.papers import evidence_of_condition
from experts.services import conditions, opinions
from experts.states import ConditionState, PanelState
from investreview.accounts.selectors import scope_of
from investreview.core.errors import DomainError
from investreview.journal.selectors import entries_of
from investreview.notices.models import Notice
from investreview.projects.states import PanelConclusion
from tests.experts import sittings
from tests.experts.halls import Hall, refused, scan

CHANGES = {"verdict": "AGREE_WITH_CHANGES"}


def test_the_opinion_comes_after_every_final_sheet(there: Hall) -> None:
    sittings.to_finalising(there)
    for place in ("1", "2", "3", "4"):
        sittings.sign(there, place)
    with pytest.raises(DomainError) as caught:
        sittings.put_opinion(there, text="提前形成")
    assert (caught.value.code, caught.value.facts) == ("experts_finals_missing", {"count": 1})
    sittings.sign(there, "5")
    assert sittings.put_opinion(there).state == PanelState.OPINION


def test_the_chair_puts_it_and_nobody_else(there: Hall) -> None:
    sittings.to_finalising(there)
    for place in there.places():
        sittings.sign(there, place)
    for who, code in (
        (there.expert(2), "experts_place_of_another"),
        ("panel_secretary", "experts_place_of_another"),
        ("officer", "experts_place_of_another"),
    ):
        assert refused(sittings.put_opinion, there, by=who) == code
    assert refused(sittings.put_opinion, there, text=" \n") == "text_empty"
    assert sittings.put_opinion(there, text="论证意见正文（示例）").opinion.text == "论证意见正文（示例）"


@pytest.mark.parametrize(
    ("against", "total", "conclusion"),
    [
        (0, 70, PanelConclusion.PASS),
        (1, 70, PanelConclusion.PASS),
        (2, 70, PanelConclusion.FAIL),
        (0, 69, PanelConclusion.FAIL),
    ],
)
def test_the_conclusion_follows_from_the_final_sheets(
    there: Hall, against: int, total: int, conclusion: PanelConclusion
) -> None:
    def final(place: int) -> dict[str, Any]:
        return {"total": total, "verdict": "DISAGREE" if place <= against else "AGREE"}

    panel = sittings.to_opinion(there, final=final)
    assert (panel.opinion.conclusion, panel.opinion.agree_count) == (conclusion, 5 - against)
    assert (panel.opinion.mean_hundredths, panel.conclusion) == (total * 100, "")


def test_dissent_is_kept_by_name_and_stays_inside(there: Hall) -> None:
    def final(place: int) -> dict[str, Any]:
        return {"verdict": "DISAGREE", "comment": "回报测算偏乐观（示例）"} if place == 2 else {}

    panel = sittings.to_concluded(there, final=final)
    name = there.seat(2).expert.name
    assert panel.opinion.dissent == [{"place": 2, "name": name, "text": "回报测算偏乐观（示例）"}]
    [office] = office_pages(scope_of(there.world.officer, there.now), there.case)
    assert [(line.name, line.text) for line in office.dissent] == [(name, "回报测算偏乐观（示例）")]
    enterprise = enterprise_page(scope_of(there.world.group_drafter, there.now), there.case)
    assert "回报测算偏乐观" not in repr(enterprise)


def test_the_draft_names_nobody(there: Hall) -> None:
    sittings.to_finalising(there)
    for place in there.places():
        sittings.sign(there, place)
    text = draft_text(there.panel)
    assert text.startswith("一、2024年7月22日，市国资委组织5名专家对“改造项目（示例）”进行了二次论证。")
    assert [seat for seat in there.places() if there.seat(seat).expert.name in text] == []


def test_each_member_signs_once(there: Hall) -> None:
    sittings.to_opinion(there)
    sittings.sign_opinion(there, 1)
    assert refused(sittings.sign_opinion, there, 1) == "experts_opinion_signed"
    assert refused(sittings.sign_opinion, there, 1, on_paper=True) == "experts_opinion_signed"
    act = {"acting": there.by(there.expert(2)), "case_id": there.case.pk, "version": None, "at": there.tick()}
    assert refused(opinions.sign_opinion, place="3", **act) == "projects_role_missing"
    sittings.sign_opinion(there, 2, on_paper=True)
    assert list(OpinionSignature.objects.order_by("pk").values_list("via", flat=True)) == ["SCREEN", "PAPER"]


def test_conditions_are_one_list_in_an_order_that_tells_no_author(there: Hall) -> None:
    asked = {1: ("丙项", "甲项"), 2: ("乙项",), 3: ("甲项",)}

    def final(place: int) -> dict[str, Any]:
        return CHANGES | {"conditions": asked[place]} if place in asked else {}

    panel = sittings.to_concluded(there, final=final)
    assert panel.conclusion == PanelConclusion.CONDITIONAL
    written = Condition.objects.filter(opinion=panel.opinion).values_list("ordinal", "text", "state")
    assert list(written) == [(n, text, "OPEN") for n, text in enumerate(sorted({"甲项", "乙项", "丙项"}), 1)]
    assert there.fresh().panel_summary["conditions"] == sorted({"甲项", "乙项", "丙项"})


@pytest.fixture
def conditional(there: Hall) -> Hall:
    sittings.to_concluded(there, final=lambda place: CHANGES if place == 1 else {})
    return there


def condition() -> Condition:
    return Condition.objects.get()


def submit(there: Hall, *, by: str = "group_drafter", version: int | None = None) -> Condition:
    return conditions.submit_evidence(
        acting=there.by(by),
        case_id=there.case.pk,
        ordinal=1,
        version=version or condition().version,
        statement="已补充资金证明（示例）。",
        evidence=scan("资金证明（示例）"),
        at=there.tick(),
    )


def judge(there: Hall, judgement: ConditionState, text: str = "", *, by: str = "officer") -> Condition:
    return conditions.judge_condition(
        acting=there.by(by),
        case_id=there.case.pk,
        ordinal=1,
        version=condition().version,
        judgement=judgement,
        text=text,
        at=there.tick(),
    )


def test_a_condition_is_met_when_the_commission_says_so(conditional: Hall) -> None:
    assert refused(judge, conditional, ConditionState.MET) == "experts_condition_not_submitted"
    submitted = submit(conditional)
    assert (submitted.state, submitted.submitted_by) == (ConditionState.SUBMITTED, conditional.world.group_drafter)
    assert refused(submit, conditional) == "experts_condition_not_awaited"
    assert refused(judge, conditional, ConditionState.OPEN) == "experts_judgement_unknown"
    assert refused(judge, conditional, ConditionState.RETURNED) == "projects_reason_needed"
    judge(conditional, ConditionState.RETURNED, "证明未盖章（示例）")
    assert (condition().state, condition().judgement) == (ConditionState.RETURNED, "证明未盖章（示例）")
    submit(conditional, by="group_releaser")
    met = judge(conditional, ConditionState.MET)
    assert (met.state, met.judged_by, met.judgement) == (ConditionState.MET, conditional.world.officer, "")
    assert refused(submit, conditional) == "experts_condition_not_awaited"
    told = entries_of(conditional.case.subject).filter(verb__startswith="condition.").values_list("verb", flat=True)
    assert list(told) == [
        "condition.submit_evidence",
        "condition.return",
        "condition.submit_evidence",
        "condition.accept",
    ]
    assert Notice.objects.filter(dedupe_key__startswith="condition:").count() == 4


def test_conditions_are_submitted_by_their_enterprise_and_judged_by_the_officer(conditional: Hall) -> None:
    for who in ("other_drafter", "sub_drafter", "officer", "panel_secretary"):
        assert (who, refused(submit, conditional, by=who)) == (who, "projects_role_missing")
    submit(conditional)
    for who in ("head", "deputy", "group_drafter", "panel_secretary", "draw_operator"):
        assert (who, refused(judge, conditional, ConditionState.MET, by=who)) == (who, "projects_role_missing")


def test_the_submitter_never_judges(conditional: Hall) -> None:
    submit(conditional)
    Condition.objects.update(submitted_by=conditional.world.officer)
    assert refused(judge, conditional, ConditionState.MET) == "projects_duty_conflict"


def test_a_stale_form_of_a_condition_is_refused(conditional: Hall) -> None:
    submit(conditional, version=1)
    judge(conditional, ConditionState.RETURNED, "请补充（示例）")
    assert refused(submit, conditional, version=2) == "core_stale"


def test_there_is_no_condition_where_the_panel_set_none(there: Hall) -> None:
    sittings.to_concluded(there)
    code = refused(
        conditions.submit_evidence,
        acting=there.by("group_drafter"),
        case_id=there.case.pk,
        ordinal=1,
        version=1,
        statement="已落实。",
        evidence=scan(),
        at=there.tick(),
    )
    assert code == "experts_condition_not_visible"


def test_the_enterprise_reads_its_own_evidence_again(conditional: Hall) -> None:
    evidence = submit(conditional).evidence
    assert evidence is not None
    for who in ("group_drafter", "group_releaser", "officer"):
        assert evidence_of_condition(scope_of(conditional.world.people[who], conditional.now), evidence.pk) == evidence
    for who in ("other_drafter", "panel_secretary", "security_admin"):
        other = scope_of(conditional.world.people[who], conditional.now)
        assert refused(evidence_of_condition, other, evidence.pk) == "experts_file_not_visible"
