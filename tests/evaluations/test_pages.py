"""The pages: who gets which answer, what is kept of a refused form, one whole year through the doors."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from investreview.core import clock
from investreview.draws import verify_draw as ird
from investreview.evaluations.models import EvaluationYear, FrameRow, SampleNotice
from investreview.journal.models import Entry
from investreview.projects.models import Milestone
from tests.core.samples import pdf, written
from tests.desk.people import browser
from tests.evaluations.house import (
    AT,
    BALLS,
    announced,
    digest_of,
    finished,
    found_house,
    frozen,
    numbered,
    opened,
    pictured,
)
from tests.evaluations.test_notices import drafted, stood_in_for, through
from tests.world import Role, World


@pytest.fixture(autouse=True)
def business_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def at(name: str, *args: object) -> str:
    return reverse(f"evaluations:{name}", args=args)


def text(answer) -> str:
    return answer.content.decode()


SEEING = {"evaluation_officer", "officer", "head", "deputy", "director", "draw_operator", "draw_supervisor"}
COURSE = {"evaluation_officer", "officer", "head", "deputy", "director", "archivist"}
ENTERING = {"evaluation_officer", "officer", "archivist"}
NOTICES = {"evaluation_officer", "officer", "head", "deputy", "director", "document_officer"}
ENTERPRISES = {"group_drafter", "group_releaser", "other_releaser"}
EVERYBODY = sorted(
    SEEING
    | COURSE
    | NOTICES
    | {"finance", "rule_keeper", "system_admin", "security_admin", "audit_admin"}
    | ENTERPRISES
)


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_gets_which_page(world: World, who: str) -> None:
    notice = drafted(world)[0]
    year, project = notice.year, notice.year.rows.first().project
    visitor = browser(world.people[who])
    sees, course, notes = (200 if who in group else None for group in (SEEING, COURSE, NOTICES))
    expected = {
        at("due"): sees or 403,
        at("years"): sees or 403,
        at("projects"): course or 403,
        at("project", project.pk): course or 404,
        at("withdraw", project.milestones.first().pk): (200 if who in ENTERING else course and 403) or 404,
        at("year", year.pk): sees or 404,
        at("setup", year.pk): sees or 404,
        at("ceremony", year.pk): sees or 404,
        at("seal_sheet", year.pk): sees or 404,
        at("sample", year.pk): sees or (200 if who in ENTERPRISES else 404),
        at("evidence", year.pk): sees or (200 if who in ENTERPRISES else 404),
        at("all_notices"): notes or 403,
        at("notices", year.pk): notes or 404,
        at("notice", notice.pk): notes or 404,
        at("mine"): 200 if who in ENTERPRISES else 403,
    }
    assert {page: visitor.get(page).status_code for page in expected} == expected


@pytest.mark.parametrize(
    ("name", "doers"),
    [
        ("add", {"evaluation_officer"}),
        ("method", {"evaluation_officer"}),
        ("freeze", {"draw_operator"}),
        ("withdraw_freeze", {"draw_operator"}),
        ("announce", {"draw_operator"}),
        ("numbers", {"draw_supervisor"}),
    ],
)
def test_who_may_do_what_to_a_year(world: World, name: str, doers: set[str]) -> None:
    finished(world, "一（示例）")
    year = frozen(world)
    sent = {"version": year.version, "digest": digest_of(year), "reason": "因", "code": "X", "method": "cell_ceil"}
    for who in sorted(SEEING):
        if who not in doers:
            assert browser(world.people[who]).post(at(name, year.pk), sent).status_code == 403, who
    assert browser(world.document_officer).post(at(name, year.pk), sent).status_code == 404
    assert browser(world.group_releaser).post(at(name, year.pk), sent).status_code == 404
    assert EvaluationYear.objects.get(pk=year.pk).version == year.version


def test_visitors_are_asked_to_sign_in(world: World) -> None:
    for page in (at("due"), at("mine"), at("years")):
        assert Client().get(page).status_code == 302


def test_another_commission_gets_nothing(world: World) -> None:
    other = found_house("GY", names="外")
    notice = drafted(world)[0]
    officer = browser(other.evaluation_officer)
    project = notice.year.rows.first().project
    for page in (
        at("year", notice.year_id),
        at("setup", notice.year_id),
        at("sample", notice.year_id),
        at("evidence", notice.year_id),
        at("notices", notice.year_id),
        at("notice", notice.pk),
        at("project", project.pk),
    ):
        assert officer.get(page).status_code == 404, page
    seen = "".join(text(officer.get(page)) for page in (at("due"), at("years"), at("all_notices")))
    seen += text(officer.get(at("projects"), {"q": "示例"}))
    assert project.name not in seen and "甲集团" not in seen


def test_a_year_goes_its_way_through_the_pages(world: World) -> None:
    pictured(world)
    from investreview.evaluations.services.finding import find_due

    find_due(world.commission, at=AT)
    officer, operator, supervisor = (
        browser(world.people[who]) for who in ("evaluation_officer", "draw_operator", "draw_supervisor")
    )
    assert officer.post(at("years")).status_code == 302
    year = EvaluationYear.objects.get()
    assert text(operator.get(at("setup", year.pk))).count("ir-picked") == 1
    changed = operator.post(at("freeze", year.pk), {"version": year.version, "digest": "0" * 64})
    assert (changed.status_code, digest_of(year)[:8] in text(changed)) == (409, True)
    answer = operator.post(at("freeze", year.pk), {"version": year.version, "digest": digest_of(year)})
    assert answer["Location"] == at("ceremony", year.pk)
    assert operator.post(at("announce", year.pk)).status_code == 302
    year = EvaluationYear.objects.select_related("draw").get()
    shown = text(supervisor.get(at("ceremony", year.pk)))
    assert year.draw.request_hash[:4] in shown and 'name="ball_10"' in shown
    assert 'name="ball_1"' not in text(operator.get(at("ceremony", year.pk)))
    assert year.draw.request_hash[-4:] in text(operator.get(at("seal_sheet", year.pk)))
    sent = {"fingerprint_tail": year.draw.request_hash[-8:], "read_by": "WITNESS"}
    sent |= {f"ball_{place}": digit for place, digit in enumerate(BALLS, start=1)}
    assert supervisor.post(at("numbers", year.pk), sent)["Location"] == at("sample", year.pk)
    listed = text(officer.get(at("sample", year.pk)))
    assert listed.count('class="ir-picked"') == 7
    assert "7 / 23 · 30.4%" in listed
    assert listed.count(">30.4%</td>") == 23, "the probability of each project"
    evidence = json.loads(officer.get(at("evidence", year.pk)).content)
    assert ird.verify(evidence) == []
    assert officer.post(at("notices", year.pk)).status_code == 302
    assert SampleNotice.objects.count() == year.rows.filter(is_picked=True).values("group").distinct().count()


def test_a_notice_goes_its_way_through_the_pages(world: World) -> None:
    notice = drafted(world)[0]
    hands = {
        "hand_in": "evaluation_officer",
        "check": "head",
        "sign": "deputy",
        "deliver": "document_officer",
        "acknowledge": "group_releaser",
    }
    for name, who in hands.items():
        notice.refresh_from_db()
        visitor = browser(world.people[who])
        assert f'action="{at(name, notice.pk)}"' in text(visitor.get(at("notice", notice.pk))), name
        sent: dict[str, object] = {"version": notice.version}
        if name == "deliver":
            sent |= {"sealed": sealed(), "sealed_on": "2024-07-19", "channel": "PAPER", "delivered_on": "2024-07-19"}
        answer = visitor.post(at(name, notice.pk), sent)
        assert answer["Location"] == at("notice", notice.pk), name
    notice.refresh_from_db()
    assert (notice.state, notice.number) == ("ACKNOWLEDGED", "国资〔2024〕27号")
    mine = text(browser(world.group_releaser).get(at("mine")))
    assert "国资〔2024〕27号" in mine and "group必查（示例）" in mine and "other必查" not in mine


def sealed() -> SimpleUploadedFile:
    return SimpleUploadedFile("盖章件.pdf", BytesIO(written(pdf())).read(), "application/pdf")


def test_a_substitute_prepares_the_year_that_is_lent(world: World) -> None:
    from investreview.evaluations.services.finding import find_due

    finished(world, "一（示例）")
    find_due(world.commission, at=AT)
    visitor = browser(world.finance)
    assert visitor.get(at("years")).status_code == 403
    stood_in_for(world, world.evaluation_officer, world.finance, Role.EVALUATION_OFFICER)
    assert f'action="{at("years")}"' in text(visitor.get(at("years")))
    year = visitor.post(at("years"), follow=True)
    assert year.status_code == 200 and "剔除" in text(year)


def test_a_substitute_signs_through_the_pages(world: World) -> None:
    notice = through(world, drafted(world)[0], "CHECKED")
    visitor = browser(world.finance)
    assert visitor.get(at("notice", notice.pk)).status_code == 404
    assert visitor.get(at("all_notices")).status_code == 403
    stood_in_for(world, world.deputy, world.finance, Role.DEPUTY_DIRECTOR)
    assert at("notice", notice.pk) in text(visitor.get(at("all_notices")))
    assert f'action="{at("sign", notice.pk)}"' in text(visitor.get(at("notice", notice.pk)))
    document = reverse("documents:document", args=[notice.document_id])
    assert visitor.get(document).status_code == 200
    answer = visitor.post(at("sign", notice.pk), {"version": notice.version}, follow=True)
    assert answer.status_code == 200 and "（代deputy）" in text(answer)


def test_the_enterprise_sees_no_draft_and_nothing_of_who_signed(world: World) -> None:
    mine, theirs = drafted(world)
    visitor = browser(world.group_releaser)
    assert visitor.get(at("notice", mine.pk)).status_code == 404
    through(world, mine, "DELIVERED")
    shown = text(visitor.get(at("notice", mine.pk)))
    assert "evaluation_officer" not in shown and ">deputy<" not in shown
    assert visitor.get(at("notice", theirs.pk)).status_code == 404
    document = reverse("documents:document", args=[mine.document_id])
    assert visitor.get(document).status_code == 200
    assert at("notice", mine.pk) in text(visitor.get(document))
    assert visitor.get(reverse("documents:document", args=[theirs.document_id])).status_code == 404
    assert browser(world.officer).get(document).status_code == 200
    assert browser(world.draw_operator).get(document).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ball_3": "x"}, "“x”不是 0—9 的一个数字。"),
        ({"ball_3": "12"}, None),
        ({"ball_3": "３"}, "“３”不是 0—9 的一个数字。"),
        ({"ball_3": ""}, "请录入第 3 个数字。"),
        ({"fingerprint_tail": ""}, "请键入封存单上摘要的末 8 位。"),
        ({"fingerprint_tail": "zzzzzzzz"}, None),
        ({"read_by": ""}, None),
    ],
)
def test_wrong_numbers_are_shown_again_as_typed(world: World, changes: dict[str, str], said: str | None) -> None:
    finished(world, "一（示例）")
    year = announced(world)
    year = EvaluationYear.objects.select_related("draw").get(pk=year.pk)
    sent = {"fingerprint_tail": year.draw.request_hash[-8:], "read_by": "OPERATOR"}
    sent |= {f"ball_{place}": str(digit) for place, digit in enumerate(BALLS, start=1)}
    answer = browser(world.draw_supervisor).post(at("numbers", year.pk), sent | changes)
    assert answer.status_code == 422
    assert said is None or said in text(answer)
    assert 'name="ball_2" value="7"' in text(answer)
    assert EvaluationYear.objects.get(pk=year.pk).state == "FROZEN"


def test_other_numbers_after_the_first_are_refused_with_a_sentence(world: World) -> None:
    finished(world, "一（示例）")
    year = announced(world)
    numbered(world, year)
    year = EvaluationYear.objects.select_related("draw").get(pk=year.pk)
    sent = {"fingerprint_tail": year.draw.request_hash[-8:], "read_by": "OPERATOR"}
    sent |= {f"ball_{place}": "1" for place in range(1, 11)}
    answer = browser(world.draw_supervisor).post(at("numbers", year.pk), sent, follow=True)
    assert answer.status_code == 200
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_project_is_left_out_added_and_taken_back_through_the_pages(world: World) -> None:
    first = finished(world, "一（示例）")
    planned = finished(world, "计划（示例）", accepted=None)
    year = opened(world)
    officer = browser(world.evaluation_officer)
    page = at("leave_out", year.pk, first.pk)
    assert officer.get(page).status_code == 200
    refused = officer.post(page, {"version": 1, "reason": ""})
    assert (refused.status_code, FrameRow.objects.count()) == (422, 0)
    assert officer.post(page, {"version": 1, "reason": "在诉"}).status_code == 302
    assert "在诉" in text(officer.get(at("year", year.pk)))
    assert officer.post(at("take_back", year.pk, first.pk), {"version": 2}).status_code == 302
    wrong = officer.post(at("add", year.pk), {"version": 3, "code": "没有这个编号", "reason": "列入计划"})
    assert wrong.status_code == 422
    assert 'value="没有这个编号"' in text(wrong) and 'value="列入计划"' in text(wrong)
    code = planned.cases.get().number
    assert officer.post(at("add", year.pk), {"version": 3, "code": code, "reason": "列入计划"}).status_code == 302
    assert planned.name in text(officer.get(at("year", year.pk)))


def test_a_stale_form_is_answered_with_a_conflict(world: World) -> None:
    project = finished(world, "一（示例）")
    year = opened(world)
    officer = browser(world.evaluation_officer)
    EvaluationYear.objects.update(version=5)
    assert officer.post(at("leave_out", year.pk, project.pk), {"version": 1, "reason": "因"}).status_code == 409
    assert officer.post(at("take_back", year.pk, project.pk), {}).status_code == 409


def test_a_method_without_its_reason_is_shown_again(world: World) -> None:
    finished(world, "一（示例）")
    year = opened(world)
    officer = browser(world.evaluation_officer)
    answer = officer.post(at("method", year.pk), {"version": 1, "method": "cell_ceil", "reason": ""})
    assert answer.status_code == 422
    assert officer.post(at("method", year.pk), {"version": 1, "method": "by_hand"}).status_code == 422
    sent = {"version": 1, "method": "cell_ceil", "reason": "金额差异大"}
    assert officer.post(at("method", year.pk), sent).status_code == 302


def test_a_milestone_is_entered_and_withdrawn_through_the_pages(world: World) -> None:
    project = finished(world, "一（示例）", accepted=None)
    officer = browser(world.evaluation_officer)
    page = at("project", project.pk)
    sent = {"kind": "COST", "happened_on": "2024-05-06", "actual_yuan": "1860.5", "basis": "决算批复〔2024〕3号"}
    refused = officer.post(page, sent | {"happened_on": "2025-05-06"})
    assert refused.status_code == 422 and "决算批复〔2024〕3号" in text(refused)
    assert officer.post(page, sent).status_code == 302
    milestone = Milestone.objects.get()
    assert (milestone.actual_yuan, milestone.entered_by) == (18_605_000, world.evaluation_officer)
    assert browser(world.head).post(page, sent).status_code == 403
    assert officer.post(at("withdraw", milestone.pk), {"version": 1, "reason": ""}).status_code == 422
    assert officer.post(at("withdraw", milestone.pk), {"version": 1, "reason": "误登"}).status_code == 302
    assert "误登" in text(officer.get(page))


def test_a_wrong_sealed_file_is_told_at_its_field(world: World) -> None:
    notice = through(world, drafted(world)[0], "SIGNED")
    sent = {"version": notice.version, "sealed_on": "2024-07-19", "channel": "PAPER", "delivered_on": "2024-07-19"}
    wrong = SimpleUploadedFile("假.pdf", b"no pdf at all", "application/pdf")
    answer = browser(world.document_officer).post(at("deliver", notice.pk), sent | {"sealed": wrong})
    assert answer.status_code == 422
    assert answer.context["deliver_form"].errors.keys() == {"sealed"}


def test_every_enterprise_can_verify_a_published_sample_and_none_before(world: World) -> None:
    finished(world, "甲（示例）")
    finished(world, "乙（示例）", body="other")
    year = announced(world)
    enterprise = browser(world.other_releaser)
    assert {enterprise.get(at(page, year.pk)).status_code for page in ("sample", "evidence", "ceremony")} == {404}
    assert at("sample", year.pk) not in text(enterprise.get(at("mine")))
    numbered(world, year)
    assert at("sample", year.pk) in text(enterprise.get(at("mine")))
    shown = text(enterprise.get(at("sample", year.pk)))
    assert "甲（示例）" in shown and "乙（示例）" in shown, "frame, numbers and list are public (DOMAIN §10)"
    assert "/evaluations/projects/" not in shown and f'href="{at("year", year.pk)}"' not in shown
    evidence = json.loads(enterprise.get(at("evidence", year.pk)).content)
    assert ird.verify(evidence) == []
    assert evidence["request"]["draw_id"] in shown
    outside = found_house("GY", names="外")
    assert browser(outside.group_releaser).get(at("sample", year.pk)).status_code == 404


def test_the_evidence_goes_to_the_access_journal(world: World) -> None:
    notice = drafted(world)[0]
    browser(world.head).get(at("evidence", notice.year_id))
    assert Entry.objects.filter(verb="draw.export", chain="LYG:access").count() == 1


def test_hostile_text_is_shown_as_text(world: World) -> None:
    finished(world, "<b>粗</b>&amp;")
    year = opened(world)
    shown = text(browser(world.head).get(at("year", year.pk)))
    assert "<b>粗</b>" not in shown and "&lt;b&gt;粗&lt;/b&gt;&amp;amp;" in shown
