"""The 2024 set as it is shipped, and what the loader refuses."""

from datetime import date

import pytest

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.rulebook.reading import MOST_BYTES, load_yaml
from investreview.rulebook.routing import Route
from investreview.rulebook.ruleset import parse, read_rule_file
from tests.rulebook.factories import FILE, Change, drop, mapping_2024, put, rules_2024

SEED = "连云港市国资委党委关于巡察整改进展情况的通报（2024-08-07）"
DEFAULT = "系统默认（示例规则，待委务会审定）"
STATED = {
    "§3.6": "投资额1000万以上(含1000万元)、3000万以下的项目报市国资委备案",
    "§3.4": "组建专家库,对投资额3000万以上的项目进行二次论证",
    "§3.7.1": "督促企业完成2024年度投资计划编制,并动态做好调整工作",
    "§3.1.1": "指导企业完善投资项目负面清单",
    "§3.5": "常态化做好非主业投资事前备案管理工作",
    "§6.1": "做好企业年度项目后评价计划审核备案工作,并将组织抽查不少于30%的投资项目",
    "§3.2": "出台市属监管企业收购民营企业项目暂行办法,明确收购民营企业的动议、评估、决策、项目后评价等程序",
}


def test_what_the_source_states_is_quoted_exactly_and_labelled() -> None:
    quoted = {one.key: one.text for one in rules_2024().paragraphs if one.source == SEED}
    assert quoted == STATED


def test_everything_else_is_labelled_as_ours() -> None:
    assert {one.source for one in rules_2024().paragraphs if one.key not in STATED} == {DEFAULT}


def test_the_set_is_dated_and_carries_its_transition_clause() -> None:
    rules = rules_2024()
    assert (rules.code, rules.effective_from, rules.transition) == ("2024-1", date(2024, 1, 1), "§1.3")


def test_the_numbers_of_the_set() -> None:
    rules = rules_2024()
    assert {name: getattr(rules, name) for name in rules.limit_citations} == {
        "completeness_days": 3,
        "supplement_days": 10,
        "supplement_reminder_day": 5,
        "opinion_days": 3,
        "panel_opinion_days": 15,
        "report_by_days": 10,
        "quarterly_report_calendar_days": 10,
        "escalation_days": 3,
        "paper_entry_days": 3,
        "deferral_max_months": 6,
        "filing_valid_months": 12,
        "evaluation_after_months": 12,
        "extension_max_months": 12,
        "extension_ask_calendar_days": 30,
        "appraisal_valid_months": 12,
        "change_amount_bps": 2000,
        "change_own_capital_share_bps": 1000,
        "change_irr_bps": 3000,
        "change_delay_months": 12,
    }
    assert rules.citation_of("report_by_days") == "§4.1"


def test_the_clocks_of_the_routes() -> None:
    assert {route: rules_2024().clock_days(route) for route in Route} == {
        Route.BLOCKED: None,
        Route.ACQUISITION: None,
        Route.SPECIAL_REVIEW: 20,
        Route.EXPERT_PANEL: 20,
        Route.NONMAIN_PREFILING: 10,
        Route.FILING: 10,
        Route.PLAN_SUPPLEMENT: 5,
        Route.ENTERPRISE_DECIDES: None,
    }


def test_the_routes_stand_in_the_order_of_their_strictness() -> None:
    assert sorted(Route, key=rules_2024().strictness) == list(Route)


def test_a_route_the_set_does_not_know_has_no_strictness() -> None:
    mapping = mapping_2024()
    mapping["rows"] = [row for row in mapping["rows"] if row["key"] != "PROHIBITED"]
    with pytest.raises(KeyError):
        parse(mapping).strictness(Route.BLOCKED)


ROW = ("rows", 7)
WHEN = (*ROW, "when")
SLOT = ("materials", "slots", 0)
LIMIT = ("limits", "report_by_days")
STEP = ("chains", 0, "steps", 0)
FAULTS: list[tuple[Change, str, str]] = [
    (drop("rows"), "rulebook_entry_missing", "rows"),
    (put("clauses", value=[]), "rulebook_entry_unknown", "clauses"),
    (put("rows", value={}), "rulebook_not_list", "rows"),
    (put("paragraphs", value=[]), "rulebook_not_list", "paragraphs"),
    (put("columns", value=[]), "rulebook_not_list", "columns"),
    (put("sources", value=[]), "rulebook_not_mapping", "sources"),
    (put(*ROW, value="备案"), "rulebook_not_mapping", "rows[7]"),
    (put("code", value="2024/1"), "rulebook_not_code", "code"),
    (put("title", value="  "), "rulebook_not_text", "title"),
    (put("effective_from", value="2024-01-01"), "rulebook_not_day", "effective_from"),
    (put("transition", value="§9.9"), "rulebook_citation_unknown", "transition"),
    (put("paragraphs", 0, "key", value="第一条"), "rulebook_not_paragraph_key", "paragraphs[0].key"),
    (put("paragraphs", 1, "key", value="§1.1"), "rulebook_written_twice", "paragraphs[1]"),
    (put("paragraphs", 0, "source", value="law"), "rulebook_not_one_of", "paragraphs[0].source"),
    (put("thresholds", 0, "yuan", value=10000000.0), "rulebook_not_yuan", "thresholds[0].yuan"),
    (put("thresholds", 0, "yuan", value="10000000"), "rulebook_not_yuan", "thresholds[0].yuan"),
    (put("thresholds", 0, "yuan", value="10000000.005"), "rulebook_not_yuan", "thresholds[0].yuan"),
    (put("thresholds", 0, "net_assets_bps", value=1), "rulebook_bound_unmeasured", "thresholds[0]"),
    (drop("thresholds", 0, "yuan"), "rulebook_bound_unmeasured", "thresholds[0]"),
    (put("thresholds", 1, "lower_inclusive", value=False), "rulebook_bound_nowhere", "thresholds[1]"),
    (put("thresholds", 1, "lower_inclusive", value=1), "rulebook_not_flag", "thresholds[1].lower_inclusive"),
    (put("thresholds", 2, "net_assets_bps", value=0), "rulebook_not_whole", "thresholds[2].net_assets_bps"),
    (put("thresholds", 2, "net_assets_bps", value=True), "rulebook_not_whole", "thresholds[2].net_assets_bps"),
    (put("thresholds", 1, "key", value="filing"), "rulebook_written_twice", "thresholds[1]"),
    (put("thresholds", 0, "citation", value="§3.99"), "rulebook_citation_unknown", "thresholds[0].citation"),
    (put(*ROW, "citation", value="§3.99"), "rulebook_citation_unknown", "rows[7].citation"),
    (put(*ROW, "route", value="APPROVAL"), "rulebook_not_one_of", "rows[7].route"),
    (put(*ROW, "duties", value=["PRAY"]), "rulebook_not_one_of", "rows[7].duties[0]"),
    (put(*ROW, "materials", value=["panels"]), "rulebook_not_one_of", "rows[7].materials[0]"),
    (put(*ROW, "strictness", value=0), "rulebook_not_whole", "rows[7].strictness"),
    (put(*ROW, "key", value="NON_MAIN"), "rulebook_written_twice", "rows[7]"),
    (put(*WHEN, value={}), "rulebook_condition_not_single", "rows[7].when"),
    (put(*WHEN, value="sometimes"), "rulebook_not_mapping", "rows[7].when"),
    (put(*WHEN, value={"plan": "OFF_PLAN", "kind": "FUND"}), "rulebook_condition_not_single", "rows[7].when"),
    (put(*WHEN, value={"mood": "GOOD"}), "rulebook_condition_unknown", "rows[7].when.mood"),
    (put(*WHEN, value={"all": []}), "rulebook_not_list", "rows[7].when.all"),
    (put(*WHEN, value={"any": [{"amount_from": "x"}]}), "rulebook_not_one_of", "rows[7].when.any[0].amount_from"),
    (put(*WHEN, value={"nature": "MAINLY"}), "rulebook_not_one_of", "rows[7].when.nature"),
    (put(*WHEN, value={"is_overseas": "yes"}), "rulebook_not_flag", "rows[7].when.is_overseas"),
    (put(*WHEN, value={"declared": "is_overseas"}), "rulebook_not_one_of", "rows[7].when.declared"),
    (put("rows", 3, "clock_days", value=15), "rulebook_route_uneven", "rows: OVERSEAS"),
    (put("rows", 3, "strictness", value=4), "rulebook_route_uneven", "rows: OVERSEAS"),
    (put(*WHEN, value="otherwise"), "rulebook_otherwise_wrong", "rows"),
    (drop("rows", 10), "rulebook_otherwise_wrong", "rows"),
    (drop("rows", 10, "route"), "rulebook_otherwise_wrong", "rows"),
    (put("rows", 10, "duties", value=["RECORD"]), "rulebook_otherwise_wrong", "rows"),
    (put("rows", 10, "materials", value=["record"]), "rulebook_otherwise_wrong", "rows"),
    (put(*SLOT, "levels", "filing", value="X"), "rulebook_not_one_of", "materials.slots[0].levels.filing"),
    (put(*SLOT, "levels", "draw", value="R"), "rulebook_not_one_of", "materials.slots[0].levels.draw"),
    (put(*SLOT, "levels", "filing", value="C"), "rulebook_condition_mismatch", "materials.slots[0]"),
    (put(*SLOT, "when", value={"kind": "FUND"}), "rulebook_condition_mismatch", "materials.slots[0]"),
    (put(*SLOT, "kinds", value=["EXE"]), "rulebook_not_one_of", "materials.slots[0].kinds[0]"),
    (put("materials", "usual", "kinds", value=[]), "rulebook_not_list", "materials.usual.kinds"),
    (put(*SLOT, "code", value="M02"), "rulebook_written_twice", "materials.slots[1]"),
    (put(*STEP, "role", value="AUDITOR"), "rulebook_not_one_of", "chains[0].steps[0].role"),
    (put(*STEP, "offices", value=["LAW"]), "rulebook_offices_mismatch", "chains[0].steps[0]"),
    (put(*STEP, "kind", value="COUNTERSIGN"), "rulebook_offices_mismatch", "chains[0].steps[0]"),
    (put(*STEP, "kind", value="SIGN"), "rulebook_chain_unsigned", "chains[0]"),
    (put("chains", 0, "steps", 1, "kind", value="CHECK"), "rulebook_chain_unsigned", "chains[0]"),
    (put("chains", 0, "steps", 1, "role", value="OFFICE_HEAD"), "rulebook_chain_unsigned", "chains[0]"),
    (put("chains", 0, "from_yuan", value="0.01"), "rulebook_chain_missing", "chains"),
    (put("chains", 1, "routes", value=["PLAN_SUPPLEMENT", "FILING"]), "rulebook_chain_twice", "chains"),
    (drop(*LIMIT), "rulebook_entry_missing", "limits.report_by_days"),
    (put(*LIMIT, "value", value="10"), "rulebook_not_whole", "limits.report_by_days.value"),
    (put(*LIMIT, "citation", value="§0.1"), "rulebook_citation_unknown", "limits.report_by_days.citation"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "where"), FAULTS, ids=[f"{code} {where}" for _, code, where in FAULTS])
def test_loader_refuses_and_says_where(change: Change, code: str, where: str) -> None:
    mapping = mapping_2024()
    change(mapping)
    with pytest.raises(Invalid) as caught:
        parse(mapping)
    assert (caught.value.code, caught.value.facts["where"]) == (code, where)
    assert where in sentence(caught.value, "zh-hans")
    assert where in sentence(caught.value, "en")


@pytest.mark.parametrize("value", [None, [], "2024-1", 7])
def test_loader_refuses_a_file_that_is_no_mapping(value: object) -> None:
    with pytest.raises(Invalid) as caught:
        parse(value)
    assert (caught.value.code, caught.value.facts["where"]) == ("rulebook_not_mapping", "/")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"code: a\n\xff\xfe", "rulebook_not_utf8"),
        ("code: 规则".encode("gb18030"), "rulebook_not_utf8"),
        (b" " * (MOST_BYTES + 1), "rulebook_file_large"),
        (b"code: [", "rulebook_not_yaml"),
        (b"a: !!python/object/apply:os.system [true]", "rulebook_tag"),
        (b"a: !!timestamp 5", "rulebook_tag"),
        (b"[" * 5000, "rulebook_too_deep"),
        (b"day: 2024-02-30", "rulebook_not_value"),
        (b"a: 0x_", "rulebook_not_value"),
        (b"a: " + b"9" * 5000, "rulebook_not_value"),
        (b"? [1]\n: 2", "rulebook_not_yaml"),
        (b"code: a\ncode: b", "rulebook_key_twice"),
        (b"one: &x {a: 1}\ntwo: *x", "rulebook_alias"),
        (b"one: &x [*x]", "rulebook_alias"),
    ],
)
def test_reading_refuses_what_yaml_would_take_or_guess(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        load_yaml(content)
    assert caught.value.code == code
    assert sentence(caught.value, "zh-hans")


def test_reading_says_on_which_line_a_group_has_a_key_twice() -> None:
    with pytest.raises(Invalid) as caught:
        load_yaml(b"a: 1\nb:\n  c: 1\n  c: 2\n")
    assert caught.value.facts == {"line": 3, "key": "c"}


def test_a_text_with_what_nobody_sees_is_refused() -> None:
    mapping = mapping_2024()
    mapping["paragraphs"][0]["text"] = "不得\u202e投资"
    with pytest.raises(Invalid) as caught:
        parse(mapping)
    assert caught.value.code == "rulebook_text_unseen"
    assert caught.value.facts == {"where": "paragraphs[0].text", "given": "不得‹U+202E›投资"}


def test_the_shipped_file_is_read_whole() -> None:
    assert read_rule_file(FILE.read_bytes()) == rules_2024()
