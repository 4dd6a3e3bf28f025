"""The office's ledger 备案台账 as a table: its columns, and whom the names in it mean."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.money import Unit
from investreview.core.tables import Column, TableShape, choice, day, line, money
from investreview.projects.past.entry import PastEntry
from investreview.registry.models import Commission, Enterprise, EnterpriseName, OrganisationName
from investreview.rulebook.names import ROUTES
from investreview.rulebook.vocabulary import Route

KINDS = {"固定资产投资": "FIXED_ASSET", "股权投资": "EQUITY", "无形资产投资": "INTANGIBLE", "基金投资": "FUND"}
NATURES = {"主业": "MAIN", "视同主业": "DEEMED_MAIN", "非主业": "NON_MAIN"}
OUTCOMES = {"予以备案": "FILED", "备案并提示风险": "FILED_WITH_RISK", "不予备案": "REFUSED"}
PATHS = {words.zh: route.value for route, words in ROUTES.items() if route is not Route.BLOCKED}

KIND_AND_NATURE = (
    choice("kind", "投资类别", options=KINDS, required=True, example="固定资产投资"),
    choice("nature", "主业属性", options=NATURES, required=True, example="主业"),
)


def whose(enterprise: str, *aliases: str) -> tuple[Column, ...]:
    """The columns that say which project it is and whose; ``enterprise`` is what the ledger calls the body below."""
    return (
        line("name", "项目名称", max_length=120, required=True, width=36, example="散货堆场改造项目"),
        line(
            "group",
            "监管企业",
            max_length=80,
            required=True,
            width=18,
            help=_("简称、曾用简称或者注册名称，须与系统中的一致。"),
            example="港控集团",
        ),
        line(
            "enterprise",
            enterprise,
            max_length=80,
            aliases=aliases,
            width=18,
            help=_("实施项目的企业；与监管企业相同的可以留空。"),
            example="港控物流",
        ),
    )


LEDGER = TableShape(
    sheet="备案台账",
    columns=(
        line(
            "number",
            "原备案号",
            max_length=60,
            required=True,
            aliases=("备案号", "备案登记号"),
            width=22,
            help=_("纸面上的备案号或者文号，照原样填写；扫描件按此号命名。"),
            example="连国资备〔2022〕7号",
        ),
        *whose("投资主体"),
        *KIND_AND_NATURE,
        choice("route", "办理路径", options=PATHS, required=True, example="备案"),
        choice("outcome", "办理结果", options=OUTCOMES, required=True, example="予以备案"),
        money(
            "amount_yuan",
            "投资额（万元）",
            unit=Unit.WAN,
            required=True,
            help=_("数字以万元计；也可以写明单位，例如“18600000元”。最多到分。"),
            example="1860",
        ),
        day("decided_on", "决定日期", required=True, width=14, example="2022-03-18"),
        line("signer", "签发人", max_length=40, required=True, width=12, help=_("纸面签发人的姓名。"), example="张××"),
        line("document_number", "原发文字号", max_length=60, width=24, example="连国资函〔2022〕7号"),
        line("counterparty", "合作方或标的", max_length=120, width=26),
        line("site", "地点", max_length=120, width=20),
        line("study_number", "可研报告编号", max_length=60),
        day(
            "completed_on",
            "竣工验收日期",
            width=14,
            help=_("列入后评价范围的依据；未竣工的留空。"),
            example="2023-06-30",
        ),
        day("commissioned_on", "投运或交割日期", width=14, example="2023-07-15"),
        money("actual_yuan", "实际完成投资（万元）", unit=Unit.WAN, width=20, example="1835.6"),
        line("note", "备注", max_length=200, width=30),
    ),
)
_BODIES = ("group", "enterprise")


def entry_of(values: Mapping[str, Any]) -> PastEntry:
    """The row's values as an entry; what the table leaves empty is empty."""
    given = {key: value for key, value in values.items() if key not in _BODIES and value is not None}
    return PastEntry(**given)


def name_key(name: str) -> str:
    """What two spellings of a body's name have in common."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


@dataclass(frozen=True)
class Bodies:
    """The enterprises of a commission by every name they have or had."""

    by_name: Mapping[str, tuple[Enterprise, ...]]
    by_path: Mapping[str, Enterprise]

    def found(self, group_name: str, enterprise_name: str | None) -> tuple[Enterprise, Enterprise]:
        """Group and enterprise that were meant, by a present or a former name.

        Raises: Invalid at group or enterprise (past_body_unknown, past_body_ambiguous, past_not_a_group,
        past_not_of_group).
        """
        group = self._one(group_name, field="group")
        if group.tier != 1:
            owner = self.by_path[group.group_path]
            raise Invalid("past_not_a_group", field="group", given=group_name, group=owner.short_name)
        return group, self._one(enterprise_name, field="enterprise", within=group) if enterprise_name else group

    def _one(self, name: str, *, field: str, within: Enterprise | None = None) -> Enterprise:
        meant = self.by_name.get(name_key(name), ())
        if not meant:
            raise Invalid("past_body_unknown", field=field, given=name)
        if within is not None:
            inside = tuple(each for each in meant if each.path.startswith(within.path))
            if not inside:
                raise Invalid("past_not_of_group", field=field, given=name, group=within.short_name)
            meant = inside
        if len(meant) > 1:
            several = "、".join(sorted(each.short_name for each in meant))
            raise Invalid("past_body_ambiguous", field=field, given=name, several=several)
        return meant[0]


def bodies_of(commission: Commission) -> Bodies:
    """Every enterprise of the commission with its present and former names; three queries."""
    enterprises = {each.pk: each for each in Enterprise.objects.filter(commission=commission)}
    names: dict[str, dict[int, Enterprise]] = defaultdict(dict)
    for each in enterprises.values():
        names[name_key(each.short_name)][each.pk] = each
    short = EnterpriseName.objects.filter(enterprise__in=enterprises).values_list("enterprise_id", "short_name")
    full = OrganisationName.objects.filter(organisation__enterprise__in=enterprises)
    for key, name in (*short, *full.values_list("organisation__enterprise__pk", "name")):
        names[name_key(name)][key] = enterprises[key]
    return Bodies(
        by_name={name: tuple(found.values()) for name, found in names.items()},
        by_path={each.path: each for each in enterprises.values()},
    )
