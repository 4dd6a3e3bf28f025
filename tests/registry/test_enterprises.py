from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from investreview.core.actor import SYSTEM
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.scope import Grant, Scope
from investreview.core.subject import Subject
from investreview.journal.selectors import entries_of
from investreview.registry import selectors
from investreview.registry.models import Enterprise, Organisation, Shareholding
from investreview.registry.services import (
    found_office,
    record_financial_position,
    record_shareholding,
    register_organisation,
    rename_enterprise,
    rename_organisation,
)
from tests.registry.factories import AT, SINCE, credit_code, make_commission, make_enterprise, make_organisation

pytestmark = pytest.mark.django_db


def test_found_enterprise_gives_each_body_its_path() -> None:
    commission, other = make_commission(), make_commission("XZ")
    first, second = make_enterprise(commission), make_enterprise(commission)
    below = [make_enterprise(commission, parent=second) for _ in range(2)]
    third_tier = make_enterprise(commission, parent=below[1])
    stranger = make_enterprise(other)
    assert [each.path for each in (first, second, *below, third_tier, stranger)] == [
        "LYG/0001/",
        "LYG/0002/",
        "LYG/0002/0001/",
        "LYG/0002/0002/",
        "LYG/0002/0002/0001/",
        "XZ/0001/",
    ]
    assert (third_tier.tier, third_tier.group, first.group) == (3, second, first)


def test_found_enterprise_is_told_in_the_journal_of_its_commission() -> None:
    enterprise = make_enterprise(make_commission(), "港控集团")
    entry = entries_of(Subject("enterprise", "LYG/0001/")).get()
    assert (entry.chain, entry.verb, entry.facts["short_name"]) == ("LYG", "enterprise.found", "港控集团")
    assert str(enterprise) == "港控集团"


def test_found_enterprise_second_with_the_same_short_name_is_refused() -> None:
    commission = make_commission()
    make_enterprise(commission, "港控集团")
    with pytest.raises(Invalid) as refused:
        make_enterprise(commission, "港控集团")
    assert refused.value.code == "registry_short_name_taken"
    assert make_enterprise(make_commission("XZ"), "港控集团").short_name == "港控集团"


def test_found_enterprise_below_a_parent_of_another_commission_is_refused() -> None:
    parent = make_enterprise(make_commission())
    with pytest.raises(Invalid) as refused:
        make_enterprise(make_commission("XZ"), parent=parent)
    assert refused.value.code == "registry_parent_of_other_commission"


@pytest.mark.parametrize("code", ["", "lyg", "L/G", "连云港", "A" * 13])
def test_found_commission_code_that_is_no_path_part_is_refused(code: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_commission(code)
    assert refused.value.code == "registry_commission_code"


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": 2},
        {"tier": 1, "path": "LYG/0009/0001/"},
        {"path": "LYG/0009"},
        {"path": "LYG/0009/0001/"},
        {"founded_on": date(2020, 1, 2), "dissolved_on": date(2020, 1, 1)},
    ],
)
def test_enterprise_row_that_is_no_node_is_refused_by_the_database(wrong: dict[str, object]) -> None:
    enterprise = make_enterprise(make_commission())
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=enterprise.pk).update(**wrong)


def test_enterprise_row_that_is_a_node_is_accepted_by_the_database() -> None:
    commission = make_commission()
    group, other = make_enterprise(commission), make_enterprise(commission)
    right = {"tier": 2, "path": f"{other.path}0009/", "parent": other, "founded_on": date(2020, 1, 1)}
    Enterprise.objects.filter(pk=group.pk).update(**right, dissolved_on=date(2020, 1, 1))
    assert Enterprise.objects.get(pk=group.pk).tier == 2


def test_subsidiary_cannot_be_its_own_parent() -> None:
    commission = make_commission()
    below = make_enterprise(commission, parent=make_enterprise(commission))
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=below.pk).update(parent=below)


def test_rename_enterprise_each_day_has_the_name_valid_on_it() -> None:
    enterprise = make_enterprise(make_commission(), "港控集团")
    old = enterprise.name_on(SINCE)
    renamed = rename_enterprise(
        enterprise=enterprise,
        name="港口控股××集团有限公司（示例）",
        short_name="港口集团",
        since=date(2024, 6, 1),
        actor=SYSTEM,
        at=AT,
    )
    assert [renamed.name_on(day) for day in (date(1990, 1, 1), date(2024, 5, 31), date(2024, 6, 1))] == [
        old,
        old,
        "港口控股××集团有限公司（示例）",
    ]
    assert (renamed.short_name_on(date(2024, 5, 31)), renamed.short_name_on(date(2024, 6, 1))) == (
        "港控集团",
        "港口集团",
    )
    assert (renamed.short_name, renamed.organisation.name) == ("港口集团", "港口控股××集团有限公司（示例）")


@pytest.mark.parametrize(("changed", "kept"), [("name", "short_name"), ("short_name", "name")])
def test_rename_enterprise_what_stays_keeps_its_days(changed: str, kept: str) -> None:
    enterprise = make_enterprise(make_commission(), "港控集团")
    names = {"name": enterprise.organisation.name, "short_name": "港控集团", changed: "新名"}
    renamed = rename_enterprise(enterprise=enterprise, **names, since=date(2024, 6, 1), actor=SYSTEM, at=AT)
    counts = {"name": renamed.organisation.names.count(), "short_name": renamed.short_names.count()}
    assert counts == {changed: 2, kept: 1}


@pytest.mark.parametrize(
    ("names", "since", "code"),
    [
        (("甲", "港控集团"), SINCE, "registry_name_too_early"),
        (("甲", "乙"), SINCE, "registry_name_too_early"),
        (("甲", "城控集团"), date(2024, 6, 1), "registry_short_name_taken"),
        (("港控集团××有限公司（示例）", "港控集团"), date(2024, 6, 1), "registry_name_same"),
    ],
)
def test_rename_enterprise_wrong_name_is_refused_and_nothing_stays_of_it(
    names: tuple[str, str], since: date, code: str
) -> None:
    commission = make_commission()
    enterprise = make_enterprise(commission, "港控集团")
    make_enterprise(commission, "城控集团")
    with pytest.raises(Invalid) as refused:
        rename_enterprise(enterprise=enterprise, name=names[0], short_name=names[1], since=since, actor=SYSTEM, at=AT)
    assert refused.value.code == code
    assert enterprise.organisation.names.count() == enterprise.short_names.count() == 1


class NamesNeverOverlap(TestCase):
    @given(st.lists(st.integers(0, 400), max_size=8))
    def test_rename_organisation_leaves_no_gap_and_no_overlap(self, offsets: list[int]) -> None:
        organisation = make_organisation()
        for number, offset in enumerate(offsets):
            since = date.fromordinal(SINCE.toordinal() + offset)
            present = organisation.names.get(valid_to__isnull=True)
            if since > present.valid_from:
                rename_organisation(organisation=organisation, name=f"名{number}", since=since)
        rows = list(organisation.names.order_by("valid_from"))
        ends = [row.valid_to.toordinal() + 1 for row in rows[:-1]]
        assert ends == [row.valid_from.toordinal() for row in rows[1:]]
        assert rows[-1].valid_to is None


@pytest.mark.parametrize(
    "row",
    [
        {"valid_from": date(2020, 1, 1)},
        {"valid_from": SINCE, "valid_to": SINCE},
        {"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)},
    ],
)
def test_name_row_beside_the_present_one_is_refused_by_the_database(row: dict[str, date]) -> None:
    organisation = make_organisation()
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation.names.create(name="另一名", **row)


def test_register_organisation_with_the_same_code_is_the_same() -> None:
    first = register_organisation(name="××公司（示例）", credit_code=credit_code(7_000_001), valid_from=SINCE)
    rename_organisation(organisation=first, name="××新公司（示例）", since=date(2024, 1, 1))
    again = register_organisation(
        name="××公司（示例）", credit_code=credit_code(7_000_001).lower(), valid_from=date(2024, 8, 7)
    )
    assert (again, Organisation.objects.count(), first.names.count()) == (first, 1, 2)


def test_register_organisation_with_the_code_of_another_is_refused_without_its_name() -> None:
    register_organisation(name="保密的公司（示例）", credit_code=credit_code(7_000_002), valid_from=SINCE)
    with pytest.raises(Invalid) as refused:
        register_organisation(name="别的公司（示例）", credit_code=credit_code(7_000_002), valid_from=SINCE)
    assert refused.value.code == "registry_code_other_name"
    assert "保密" not in str(refused.value.facts)


def test_register_organisation_without_code_is_known_by_country_and_name() -> None:
    planned = register_organisation(name="拟设××公司（示例）", valid_from=SINCE)
    again = register_organisation(name=" 拟设××公司（示例） ", valid_from=SINCE)
    foreign = register_organisation(name="拟设××公司（示例）", country="SG", valid_from=SINCE)
    assert (again, foreign.pk != planned.pk, planned.credit_code) == (planned, True, None)


@pytest.mark.parametrize("wrong", [{"credit_code": ""}, {"name": ""}])
def test_organisation_row_without_identity_is_refused_by_the_database(wrong: dict[str, str]) -> None:
    organisation = make_organisation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(**wrong)


def test_organisation_by_code_finds_what_is_known() -> None:
    organisation = make_organisation()
    assert selectors.organisation_by_code(organisation.credit_code.lower()) == organisation
    assert selectors.organisation_by_code(credit_code(7_000_003)) is None


def test_financial_position_said_twice_is_one_and_never_overwritten() -> None:
    enterprise = make_enterprise(make_commission())
    figures = {"net_assets_yuan": Decimal("18600000.01"), "debt_ratio_bps": 6250}
    said = {"enterprise": enterprise, "year": 2023, "source": "审计报告（示例）", "actor": SYSTEM, "at": AT}
    first = record_financial_position(**said, **figures)
    assert record_financial_position(**said, **figures) == first
    with pytest.raises(Invalid) as refused:
        record_financial_position(**said, **figures | {"debt_ratio_bps": 6251})
    assert refused.value.code == "registry_position_differs"
    assert enterprise.financial_positions.get().net_assets_yuan == Decimal("18600000.01")


@pytest.mark.parametrize(("share", "is_right"), [(0, False), (1, True), (10_000, True), (10_001, False)])
def test_shareholding_is_part_of_a_whole(share: int, is_right: bool) -> None:
    owner, owned = make_organisation(), make_organisation()
    said = {"owner": owner, "owned": owned, "share_bps": share, "valid_from": SINCE}
    if is_right:
        assert record_shareholding(**said).share_bps == share
        return
    with pytest.raises(Invalid):
        record_shareholding(**said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shareholding.objects.create(**said)


def test_shareholding_nobody_owns_itself() -> None:
    owner = make_organisation()
    with pytest.raises(IntegrityError), transaction.atomic():
        record_shareholding(owner=owner, owned=owner, share_bps=1, valid_from=SINCE)


def test_found_office_belongs_to_its_commission() -> None:
    commission = make_commission()
    kinds = commission.offices.model.Kind
    office = found_office(commission=commission, code="GH", name="规划发展处", kind=kinds.BUSINESS, actor=SYSTEM, at=AT)
    assert (str(office), office.get_kind_display()) == ("规划发展处", "规划投资")
    with pytest.raises(IntegrityError), transaction.atomic():
        found_office(commission=commission, code="GH", name="另一处", kind=kinds.LAW, actor=SYSTEM, at=AT)


def test_commission_code_in_small_letters_is_refused_by_the_database() -> None:
    commission = make_commission()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(commission).objects.filter(pk=commission.pk).update(code="lyg")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("LYG/", ["甲", "乙", "丙", "丁"]),
        ("LYG/0001/", ["甲", "乙", "丙"]),
        ("LYG/0001/0001/", ["乙"]),
        ("LYG/0001/0002/", ["丙"]),
        ("XZ/", ["戊"]),
        ("", []),
    ],
)
def test_enterprises_are_those_below_a_grant(path: str, expected: list[str], django_assert_num_queries: object) -> None:
    commission = make_commission()
    group = make_enterprise(commission, "甲")
    for name, parent in (("乙", group), ("丙", group), ("丁", None)):
        make_enterprise(commission, name, parent=parent)
    make_enterprise(make_commission("XZ"), "戊")
    grants = (Grant(Role.ENTERPRISE_DRAFTER, path),) if path else ()
    scope = Scope(user_id=1, username="a", name="a", grants=grants)
    with django_assert_num_queries(1 if path else 0):
        found = [
            (each.short_name, each.organisation.name, each.commission.code) for each in selectors.enterprises(scope)
        ]
    assert [name for name, *_ in found] == expected
    assert [each.code for each in selectors.commissions(scope)] == ([path.split("/")[0]] if path else [])


def test_found_commission_is_told_in_its_journal() -> None:
    commission = make_commission()
    assert entries_of(Subject("commission", commission.code)).get().verb == "commission.found"
