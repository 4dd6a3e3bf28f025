import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from investreview.core.errors import Invalid
from investreview.core.tables import open_table, write_blank
from investreview.projects.past.entry import check_entry, entry_faults
from investreview.projects.past.ledger import LEDGER, bodies_of, entry_of
from investreview.registry.services import rename_enterprise
from tests.projects.past_ledgers import ENTRY, ledger, row
from tests.world import FOUNDER, START, World

TODAY = date(2024, 7, 1)


def test_an_entry_that_agrees_with_itself_has_no_fault() -> None:
    check_entry(ENTRY, today=TODAY)


@pytest.mark.parametrize("field", ["decided_on", "completed_on", "commissioned_on"])
@pytest.mark.parametrize("days, faults", [(0, []), (1, [("past_in_future", None)])])
def test_nothing_of_the_past_lies_after_today(field: str, days: int, faults: list[Any]) -> None:
    entry = replace(ENTRY, **{field: TODAY + timedelta(days=days)})

    assert [(each.code, None) for each in entry_faults(entry, today=TODAY)] == faults
    assert all(each.field == field for each in entry_faults(entry, today=TODAY))


@pytest.mark.parametrize(
    "changes, fault",
    [
        ({"outcome": "REFUSED"}, ("past_refused_but_built", "completed_on")),
        (
            {"outcome": "REFUSED", "completed_on": None, "commissioned_on": date(2023, 1, 1)},
            ("past_refused_but_built", "commissioned_on"),
        ),
        ({"outcome": "REFUSED", "completed_on": None}, ("past_refused_but_built", "actual_yuan")),
        ({"completed_on": None}, ("past_actual_without_completion", "actual_yuan")),
    ],
)
def test_what_was_built_agrees_with_what_was_decided(changes: dict[str, Any], fault: tuple[str, str]) -> None:
    [found] = entry_faults(replace(ENTRY, **changes), today=TODAY)

    assert (found.code, found.field) == fault


def test_a_refused_project_that_was_never_built_is_an_entry() -> None:
    check_entry(replace(ENTRY, outcome="REFUSED", completed_on=None, actual_yuan=None), today=TODAY)


def test_a_row_of_the_ledger_is_an_entry() -> None:
    file = ledger([row(7, document_number="国资函〔2022〕7号", note=None)])
    with open_table(file, name="备案台账.xlsx", shape=LEDGER) as table:
        [read] = table.rows()

    assert read.faults == ()
    assert entry_of(read.values) == replace(
        ENTRY,
        number="国资备〔2022〕7号",
        name="历史项目7（示例）",
        amount_yuan=Decimal("18605000.00"),
        decided_on=date(2022, 3, 18),
        signer="张××",
        document_number="国资函〔2022〕7号",
        completed_on=date(2023, 6, 30),
    )


def test_the_blank_ledger_has_the_columns_that_are_read() -> None:
    stream = io.BytesIO()
    write_blank(stream, LEDGER)
    with open_table(stream, name="模板.xlsx", shape=LEDGER) as table:
        assert [column.key for column in table.header.places.values()] == [column.key for column in LEDGER.columns]
        assert list(table.rows()) == []


@pytest.mark.parametrize(
    "group, enterprise, found",
    [
        ("甲集团", None, ("group", "group")),
        ("甲集团有限公司（示例）", "甲一公司", ("group", "sub")),
        ("甲 集 团", "甲二公司有限公司(示例)", ("group", "sister")),
        ("乙集团", "", ("other", "other")),
    ],
)
def test_bodies_are_found_by_short_and_registered_names(
    world: World, group: str, enterprise: str | None, found: tuple[str, str]
) -> None:
    bodies = bodies_of(world.commission)

    assert bodies.found(group, enterprise) == tuple(world.bodies[key] for key in found)


@pytest.mark.parametrize(
    "group, enterprise, code, field",
    [
        ("丙集团", None, "past_body_unknown", "group"),
        ("甲集团", "丙公司", "past_body_unknown", "enterprise"),
        ("甲一公司", None, "past_not_a_group", "group"),
        ("乙集团", "甲一公司", "past_not_of_group", "enterprise"),
        ("甲集团", "乙集团", "past_not_of_group", "enterprise"),
    ],
)
def test_a_body_that_is_not_meant_is_told_at_its_column(
    world: World, group: str, enterprise: str | None, code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        bodies_of(world.commission).found(group, enterprise)

    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_former_name_still_names_its_body(world: World) -> None:
    rename_enterprise(
        enterprise=world.group,
        name="甲控集团有限公司（示例）",
        short_name="甲控集团",
        since=date(2024, 6, 1),
        actor=FOUNDER,
        at=START,
    )
    bodies = bodies_of(world.commission)

    names = ("甲集团", "甲控集团", "甲集团有限公司（示例）", "甲控集团有限公司（示例）")
    assert {bodies.found(name, None)[0] for name in names} == {world.group}


def test_a_body_of_another_commission_is_unknown(world: World, elsewhere: World) -> None:
    with pytest.raises(Invalid, match="past_body_unknown"):
        bodies_of(elsewhere.commission).found("甲集团", None)


def test_bodies_cost_three_queries(world: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        bodies_of(world.commission).found("甲集团", "甲一公司")
