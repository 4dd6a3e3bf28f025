from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from investreview.journal.models import Entry
from investreview.projects.models import Case, Party, Project
from tests.projects.pages import (
    NAME,
    error_beside,
    filled,
    opened,
    save,
    signed_in,
    step_url,
    steps_in,
    typed,
)
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site")]


def test_new_project_sent_twice_is_one_case(world: World, drafter: Client) -> None:
    form = typed(drafter.get("/projects/new/").content.decode()) | {"enterprise": world.group.pk, "name": NAME}

    answers = [drafter.post("/projects/new/", form) for _ in range(3)]

    assert {answer.url for answer in answers} == {"/cases/LYG-2024-0001/facts/"}
    assert Project.objects.count() == 1


def test_new_project_offers_only_enterprises_of_the_drafter(world: World) -> None:
    page = signed_in(world.sub_drafter).get("/projects/new/").content.decode()

    assert "甲一公司" in page
    assert "甲二公司" not in page
    assert "乙集团" not in page


@pytest.mark.parametrize(("who", "chosen"), [("sub_drafter", "sub"), ("group_drafter", "")])
def test_new_project_is_for_the_only_enterprise_there_is_else_for_none_yet(world: World, who: str, chosen: str) -> None:
    form = typed(signed_in(world.people[who]).get("/projects/new/").content.decode())

    assert form["enterprise"] == (str(world.bodies[chosen].pk) if chosen else "")


def test_new_project_for_another_enterprise_is_refused_at_the_field(world: World) -> None:
    client = signed_in(world.sub_drafter)
    form = typed(client.get("/projects/new/").content.decode())

    answer = client.post("/projects/new/", form | {"enterprise": world.sister.pk, "name": NAME})

    assert answer.status_code == 422
    assert error_beside(answer.content.decode(), "id_enterprise") == "请选择您有权申报的企业。"
    assert typed(answer.content.decode())["name"] == NAME
    assert Project.objects.count() == 0


@pytest.mark.parametrize("person", ["officer", "system_admin", "group_releaser"])
def test_new_project_is_for_drafters(world: World, person: str) -> None:
    assert signed_in(world.people[person]).get("/projects/new/").status_code == 403


def test_new_project_asks_a_stranger_to_sign_in(client: Client) -> None:
    assert client.get("/projects/new/").url == "/sign-in/?next=/projects/new/"


def test_facts_saved_and_shown_again(drafter: Client, case: Case) -> None:
    answer = save(drafter, case, filled(opened(drafter, case)))

    assert (answer.status_code, answer.url) == (302, step_url(case, "pledges"))
    declaration = Case.objects.get().declaration
    assert declaration.borrowing_yuan == Decimal("7440000.00")
    assert declaration.irr_bps == 835
    assert declaration.decided_on == date(2024, 6, 24)
    assert [phase.total_yuan for phase in declaration.phases.all()] == [Decimal("18600000.00")]
    assert [line.total_yuan for line in declaration.commitments.all()] == [Decimal("18600000.00")]
    page = opened(drafter, case)
    shown = typed(page)
    assert (shown["own_funds_yuan"], shown["irr_bps"], shown["payback_months"]) == ("1116", "8.35", "84")
    assert "1,116.00 万元 = 11,160,000.00 元（人民币壹仟壹佰壹拾陆万元整）" in page


def test_facts_saved_unchanged_stay_the_same(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case)))
    before = typed(opened(drafter, case))

    save(drafter, case, before)

    after = typed(opened(drafter, case))
    assert after == before


def test_a_step_saved_writes_one_journal_entry_and_a_step_that_says_nothing_new_none(
    drafter: Client, case: Case
) -> None:
    for _ in range(2):
        save(drafter, case, filled(opened(drafter, case)))

    assert Entry.objects.filter(verb="case.save", subject_key=case.number).count() == 2


def test_facts_of_an_empty_draft_can_be_saved(drafter: Client, case: Case) -> None:
    answer = save(drafter, case, typed(opened(drafter, case)))

    assert answer.status_code == 302


def test_facts_panel_tells_route_reasons_and_what_is_missing(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case)))

    page = opened(drafter, case)

    assert "将进入：备案" in page
    assert "10 个工作日" in page
    assert "人民币壹仟捌佰陆拾万元整" in page
    assert "1000万元（含）至3000万元（不含）" in page
    assert 'href="/rules/2024-1/%C2%A73.6/"' in page
    assert "M01 备案报告" in page
    assert "2024年7月8日" in page


@pytest.mark.parametrize(
    ("fields", "route", "told"),
    [
        ({"nature": "NON_MAIN"}, "将进入：非主业事前备案", "尚未开通"),
        ({"prohibited_matter": "房地产开发"}, "将进入：禁止投资", "不得报送"),
    ],
)
def test_facts_of_a_procedure_not_open_are_saved_and_explained(
    drafter: Client, case: Case, fields: dict[str, str], route: str, told: str
) -> None:
    answer = save(drafter, case, filled(opened(drafter, case), **fields))

    page = opened(drafter, case)

    assert answer.status_code == 302
    assert route in page
    assert told in page


def test_facts_panel_before_the_route_is_known(drafter: Client, case: Case) -> None:
    assert "办理路径待定" in opened(drafter, case)


def test_facts_panel_shows_that_sources_do_not_add_up(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case), own_funds_yuan="1000"))

    assert "相差 116.00 万元" in opened(drafter, case)


BAD = [
    ("own_funds_yuan", "1e+7", "科学计数法"),
    ("own_funds_yuan", "1_000_000", "下划线"),
    ("own_funds_yuan", "٣٠٠٠", "不是 0–9 的数字"),
    ("own_funds_yuan", "-0", "负数"),
    ("own_funds_yuan", "2999.9999995", "精确到了分以下"),
    ("own_funds_yuan", "100 美元", "单位"),
    ("plan_amount_yuan", "NaN", "不是数"),
    ("irr_bps", "8.355", "小数位太多"),
    ("irr_bps", "八", "无法识别"),
    ("irr_bps", "1e2", "无法识别"),
    ("irr_bps", "1000.01", "不在允许的范围内"),
    ("payback_months", "1_2", "无法识别"),
    ("payback_months", "0", "不在允许的范围内"),
    ("currency_rate_millionths", "7.1234567", "小数位太多"),
    ("currency", "元", "不是币种代码"),
    ("decided_on", "2024-02-30", "没有"),
    ("decided_on", "0001-01-01", "不在允许的范围内"),
    ("decided_on", "9999-12-31", "不在允许的范围内"),
    ("decided_on", "明天", "无法识别日期"),
    ("contract_on", "2024-06-01", "早于"),
    ("name", "", "请填写项目名称"),
    ("name", "   ", "请填写项目名称"),
    ("name", "皮带\u202e机", "看不见的字符"),
    ("name", "皮带\u200b机", "看不见的字符"),
    ("name", "皮带\x00机", "无法保存"),
    ("name", "皮带\n机", "只能填写一行"),
    ("name", "长" * 121, "最多 120 个字"),
    ("summary", "空\x00", "无法保存"),
    ("summary", "字" * 20_001, "最多 20000 个字"),
    ("kind", "WEATHER", "WEATHER"),
    ("mark", "TOP_SECRET", "TOP_SECRET"),
    ("phases-0-total_yuan", "1860万美元", "单位"),
    ("phases-0-name", "", "请填写分期名称"),
    ("commitments-0-cash_yuan", "1,86", "逗号的位置"),
    ("commitments-0-enterprise", "", "请选择出资主体"),
    ("commitments-0-enterprise", "999999", "本集团及所属企业"),
    ("commitments-0-paid_in_yuan", "5", "大于认缴"),
]


@pytest.mark.parametrize(("field", "given", "told"), BAD, ids=[f"{field}={given[:12]!r}" for field, given, _ in BAD])
def test_facts_bad_input_is_told_at_its_field_and_nothing_is_saved(
    drafter: Client, case: Case, field: str, given: str, told: str
) -> None:
    [step] = steps_in({field: given})
    sent = steps_in(filled(opened(drafter, case)) | {field: given})[step]
    entries = Entry.objects.count()

    answer = drafter.post(step_url(case, step), sent | {"version": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in error_beside(page, f"id_{field}")
    assert {name: typed(page)[name] for name in sent if name != field} == {
        name: value for name, value in sent.items() if name != field
    }
    declaration = Case.objects.get().declaration
    assert (declaration.version, declaration.kind, declaration.contact_name) == (1, "", "")
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("given", ["1e+7", "100 美元", "2999.9999995"])
def test_facts_bad_amount_is_shown_as_typed(drafter: Client, case: Case, given: str) -> None:
    answer = save(drafter, case, filled(opened(drafter, case), own_funds_yuan=given))

    assert typed(answer.content.decode())["own_funds_yuan"] == given


def test_facts_original_currency_is_kept_as_typed(drafter: Client, case: Case) -> None:
    original = {"currency": "usd", "currency_amount": "2,500,000.50", "currency_rate_millionths": "7.1268"}

    save(drafter, case, filled(opened(drafter, case), **original))

    declaration = Case.objects.get().declaration
    assert declaration.currency == "USD"
    assert declaration.currency_amount == Decimal("2500000.50")
    assert declaration.currency_rate_millionths == 7_126_800
    shown = typed(opened(drafter, case))
    assert (shown["currency_amount"], shown["currency_rate_millionths"]) == ("2,500,000.50", "7.1268")


def test_facts_rare_characters_are_kept(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case), name="𬭎㙟项目（示例）"))

    assert Project.objects.get().name == "𬭎㙟项目（示例）"


def test_facts_markup_is_shown_as_text(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case), summary="<script>alert(1)</script>"))

    assert "<script>alert" not in opened(drafter, case)


def test_facts_other_fields_in_the_form_change_nothing(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case), case="1", state="FILED", drafter="1", path="LYG/"))

    after = Case.objects.get()
    assert (after.state, after.path, after.drafter_id) == ("DRAFT", case.path, case.drafter_id)


def test_facts_row_is_added_without_saving_or_losing_anything(drafter: Client, case: Case) -> None:
    sent = steps_in(filled(opened(drafter, case)))["investment"] | {"add": "commitments", "version": "1"}

    answer = drafter.post(step_url(case, "investment"), sent)

    shown = typed(answer.content.decode())
    assert answer.status_code == 200
    assert shown["commitments-TOTAL_FORMS"] == "2"
    assert "commitments-1-cash_yuan" in shown
    assert (shown["own_funds_yuan"], shown["commitments-0-cash_yuan"]) == ("1,116", "1860")
    assert Case.objects.get().declaration.version == 1


def test_facts_rows_of_several_entities_and_phases_are_summed(world: World, drafter: Client, case: Case) -> None:
    more = {
        "commitments-TOTAL_FORMS": "2",
        "commitments-0-cash_yuan": "1000",
        "commitments-1-enterprise": str(world.sub.pk),
        "commitments-1-subscribed_yuan": "860",
        "commitments-1-paid_in_yuan": "100",
        "phases-TOTAL_FORMS": "2",
        "phases-0-total_yuan": "1000",
        "phases-1-name": "二期",
        "phases-1-total_yuan": "860",
    }

    save(drafter, case, filled(opened(drafter, case)) | more)

    declaration = Case.objects.get().declaration
    assert [line.total_yuan for line in declaration.commitments.all()] == [Decimal(10_000_000), Decimal(8_600_000)]
    assert [phase.name for phase in declaration.phases.all()] == ["全部", "二期"]


def test_facts_row_emptied_or_ticked_is_dropped(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case)))
    emptied = {"phases-0-DELETE": "on", "commitments-0-enterprise": "", "commitments-0-cash_yuan": ""}
    sent = typed(opened(drafter, case)) | emptied

    answer = save(drafter, case, sent)

    declaration = Case.objects.get().declaration
    assert answer.status_code == 302
    assert (declaration.phases.count(), declaration.commitments.count()) == (0, 0)


def test_facts_ticked_row_need_not_be_right(drafter: Client, case: Case) -> None:
    wrong = {"phases-0-name": "", "phases-0-total_yuan": "很多", "phases-0-DELETE": "on"}

    answer = save(drafter, case, filled(opened(drafter, case)) | wrong)

    assert answer.status_code == 302
    assert Case.objects.get().declaration.phases.count() == 0


def test_facts_entity_twice_is_told_at_the_row(world: World, drafter: Client, case: Case) -> None:
    more = {
        "commitments-TOTAL_FORMS": "2",
        "commitments-1-enterprise": str(world.group.pk),
        "commitments-1-cash_yuan": "1",
    }

    answer = save(drafter, case, filled(opened(drafter, case)) | more)

    assert "只能填写一行" in error_beside(answer.content.decode(), "id_commitments-1-enterprise")


def test_facts_entity_of_another_group_is_refused(world: World, drafter: Client, case: Case) -> None:
    sent = filled(opened(drafter, case)) | {"commitments-0-enterprise": str(world.other.pk)}

    answer = save(drafter, case, sent)

    page = answer.content.decode()
    assert "本集团及所属企业" in error_beside(page, "id_commitments-0-enterprise")
    assert "乙集团" not in page


def test_facts_too_many_rows_are_told(drafter: Client, case: Case) -> None:
    answer = save(drafter, case, filled(opened(drafter, case)) | {"phases-TOTAL_FORMS": "5000"})

    assert answer.status_code == 422
    assert Case.objects.get().declaration.own_funds_yuan == 0


@pytest.mark.parametrize("lost", ["phases-TOTAL_FORMS", "commitments-TOTAL_FORMS", "parties-INITIAL_FORMS"])
def test_facts_form_without_its_row_counts_is_not_saved(drafter: Client, case: Case, lost: str) -> None:
    sent = filled(opened(drafter, case))
    del sent[lost]

    answer = save(drafter, case, sent)

    assert answer.status_code == 422
    assert Case.objects.get().declaration.own_funds_yuan == 0


PARTY = {"parties-0-role": "PARTNER", "parties-0-name": "示例合作方有限公司"}


def test_facts_party_is_registered_with_its_role(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case)) | PARTY)

    partners = Party.objects.filter(role=Party.Role.PARTNER).values_list("organisation__name", flat=True)
    assert list(partners) == ["示例合作方有限公司"]
    assert typed(opened(drafter, case))["parties-0-name"] == "示例合作方有限公司"


@pytest.mark.parametrize(
    ("code", "told"), [("91320700MA0000000X", "校验位"), ("123", "18位"), ("91320700MA00000IO0", "不是允许的字符")]
)
def test_facts_credit_code_is_checked_at_its_field(drafter: Client, case: Case, code: str, told: str) -> None:
    answer = save(drafter, case, filled(opened(drafter, case)) | PARTY | {"parties-0-credit_code": code})

    page = answer.content.decode()
    assert told in error_beside(page, "id_parties-0-credit_code")
    assert typed(page)["parties-0-credit_code"] == code


def test_facts_credit_code_of_somebody_else_is_told_without_their_name(
    world: World, drafter: Client, case: Case
) -> None:
    code = world.other.organisation.credit_code
    answer = save(drafter, case, filled(opened(drafter, case)) | PARTY | {"parties-0-credit_code": code})

    page = answer.content.decode()
    assert "不一致" in error_beside(page, "id_parties-0-credit_code")
    assert "乙集团" not in page
    assert Case.objects.get().declaration.version == 1


def test_facts_role_of_the_applicant_cannot_be_added(drafter: Client, case: Case) -> None:
    answer = save(drafter, case, filled(opened(drafter, case)) | PARTY | {"parties-0-role": "APPLICANT"})

    assert error_beside(answer.content.decode(), "id_parties-0-role") != ""
