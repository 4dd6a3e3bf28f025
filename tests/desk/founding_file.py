"""A small founding file for tests, and how it grows."""

from datetime import datetime
from itertools import count
from pathlib import Path

from django.apps import apps
from django.conf import settings

from investreview.core.clock import SHANGHAI
from investreview.desk.founding import Founding, found
from tests.registry.factories import credit_code

AT = datetime(2024, 1, 2, 9, tzinfo=SHANGHAI)
EXAMPLE = Path(settings.BASE_DIR) / "docs" / "founding" / "lianyungang.yaml"
RULES = Path(settings.BASE_DIR) / "investreview" / "rulebook" / "rulesets" / "2024-lyg.yaml"
GROUP, BELOW, NEW = (credit_code(number) for number in (8_000_001, 8_000_002, 8_000_003))

TEXT = f"""\
commission:
  {{code: LYG, name: ××市国资委全称（示例）, short_name: ××市国资委, city: ××市, contact_phone: "1", case_prefix: LYG}}
offices:
  - {{code: GH, name: 规划发展处, kind: BUSINESS}}
  - {{code: CW, name: 财务监管处, kind: FINANCE}}
enterprises:
  - credit_code: {GROUP}
    names:
      - {{since: 2010-01-01, name: 甲××集团有限公司（示例）, short_name: 甲集团}}
    founded_on: 2010-01-01
    figures:
      - {{year: 2023, net_assets: 12亿元, debt_ratio: 62.5%, source: 2023年度审计报告（示例）}}
    subsidiaries:
      - credit_code: {BELOW}
        names: [{{since: 2012-01-01, name: 甲一××有限公司（示例）, short_name: 甲一公司}}]
        owned: {{share: 80.00%, since: 2012-01-01}}
calendar: {{first_year: 2024, last_year: 2024}}
series:
  - {{code: HAN, label: "×国资函〔{{year}}〕{{n}}号", mode: OWN_SERIES, first_year: 2024, first: 31}}
rule_set: {{file: {RULES}}}
administrators:
  - {{role: SYSTEM_ADMIN, username: xitong, full_name: 方×}}
  - {{role: SECURITY_ADMIN, username: anquan, full_name: 安×}}
  - {{role: AUDIT_ADMIN, username: shenji, full_name: 沈×}}
people:
  - username: li
    full_name: 李×
    kind: STAFF
    office: GH
    roles:
      - {{role: OFFICE_HEAD}}
      - {{role: COUNTERSIGNER, office: CW, valid_until: 2024-12-31}}
  - {{username: chen, full_name: 陈×, kind: ENTERPRISE, enterprise: 甲一公司, roles: [{{role: ENTERPRISE_DRAFTER}}]}}
"""


def run(file: Path, *, at: datetime = AT) -> Founding:
    numbers = count(1)
    return found(file, at=at, draw_password=lambda: f"Yici-Mima-{next(numbers)}")


def new_things(result: Founding) -> list[str]:
    return [f"{line.thing.value} {line.text}" for line in result.lines if line.is_new]


def everything() -> dict[str, list[dict[str, object]]]:
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()}


GROWTH = [
    ("  - {code: CW,", "  - {code: FG, name: 法规处, kind: LAW}\n  - {code: CW,", ["OFFICE FG 法规处"]),
    ("last_year: 2024", "last_year: 2025", ["CALENDAR 2025"]),
    ("first_year: 2024, last", "first_year: 2023, last", ["CALENDAR 2023"]),
    (
        "administrators:",
        '  - {code: JS, label: "JS{year}-{n:04d}", mode: ENTERED, first_year: 2024, first: 1}\nadministrators:',
        ["SERIES JS JS{year}-{n:04d}"],
    ),
    (
        "people:",
        "people:\n  - {username: wang, full_name: 王×, kind: STAFF, is_seconded: true, roles: [{role: CASE_OFFICER}]}",
        ["PERSON wang 王×", "ROLE wang CASE_OFFICER LYG/"],
    ),
    (
        "    subsidiaries:",
        f"    subsidiaries:\n      - credit_code: {NEW}\n"
        "        names: [{since: 2020-01-01, name: 甲二××有限公司（示例）, short_name: 甲二公司}]",
        ["ENTERPRISE LYG/0001/0002/ 甲二公司"],
    ),
    (
        "    figures:",
        "    figures:\n      - {year: 2022, net_assets: 90000万元, debt_ratio: 61%, source: 审计报告（示例）}",
        ["FIGURES 甲集团 2022"],
    ),
    (
        "    founded_on:",
        "      - {since: 2024-06-01, name: 新甲××集团有限公司（示例）, short_name: 新甲集团}\n    founded_on:",
        ["ENTERPRISE LYG/0001/ 2024-06-01 新甲集团"],
    ),
]
