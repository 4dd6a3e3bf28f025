"""County commissions of the served demonstration, each in the midst of its sample: every step waits somewhere."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from django.conf import settings

from investreview.accounts.models import User
from investreview.accounts.services import change_password
from investreview.core.roles import Role
from investreview.demo.cast import DATA, PASSWORD, Cast
from investreview.demo.past_script import PastStory
from investreview.demo.sample_script import SampleStory
from investreview.desk.founding import found
from investreview.documents.kinds import NumberMode
from investreview.registry.models import Commission

RULES = Path(settings.BASE_DIR) / "investreview" / "rulebook" / "rulesets" / "2024-lyg.yaml"
FIRST_YEAR = 2024
SERIES = {
    "JS": "JS{year}-{n:04d}",
    "BZ": "BZ{year}-{n:04d}",
    "BA": "BA{year}-{n:04d}",
    "EL": "EL{year}-{n:04d}",
    "LZ": "LZ{year}-{n:04d}",
    "HAN": "%s函〔{year}〕{n}号",
    "WEN": "%s〔{year}〕{n}号",
}
"""The series of numbers; those of letters have the county's own word."""
PHONE = "0518-8000××××（示例）"
SINCE = "2012-01-01"
Line = Mapping[str, Any]


def new_counties(at: datetime) -> list[PastStory | SampleStory]:
    """The stories of the counties that are not in the database yet, each of which is founded at ``at``."""
    data = yaml.safe_load((DATA / "counties-2024.yaml").read_text(encoding="utf-8"))
    known = set(Commission.objects.values_list("code", flat=True))
    lines = [line for line in data["counties"] if line["code"] not in known]
    return [story for line in lines for story in _stories(line, data["common"], _founded(line, data["common"], at))]


def _stories(line: Line, common: Line, cast: Cast) -> Iterator[PastStory | SampleStory]:
    """What was decided on paper, compared by two people, and the sample over it up to the step that waits."""
    ledger = {**common["ledger"], "file": f"{line['city']}备案台账（示例）.xlsx", "projects": line["projects"]}
    yield PastStory(ledger, cast, 0)
    told = ("last", "method", "method_reason", "balls")
    sample = {**common["sample"], **{key: line[key] for key in told if key in line}}
    yield SampleStory(sample, line["projects"], cast, 0, leaves_work=True)


def _founded(line: Line, common: Line, at: datetime) -> Cast:
    """The county's commission exists, and everybody of it signs in with the demonstration's password."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{line['code']}.yaml"
        file.write_text(yaml.safe_dump(_founding(line, common), allow_unicode=True), encoding="utf-8")
        founding = found(file, at=at)
    people = {user.username: user for user in User.objects.filter(commission=founding.commission)}
    for username, first in founding.one_time_passwords.items():
        change_password(user=people[username], old_password=first, new_password=PASSWORD, at=at)
    prefix, groups = line["prefix"], line["groups"]
    return Cast(
        founding.commission,
        people={one["key"]: people[f"{prefix}.{one['name']}"] for one in common["people"]},
        releasers={group["short_name"]: people[_releaser(prefix, n)] for n, group in enumerate(groups, 1)},
    )


def _founding(line: Line, common: Line) -> dict[str, Any]:
    """The county's founding file, as the one of the city is written."""
    texts = {key: line[key] for key in ("code", "name", "short_name", "city")}
    return {
        "commission": {**texts, "contact_phone": PHONE, "case_prefix": line["code"]},
        "offices": common["offices"],
        "enterprises": [_enterprise(group) for group in line["groups"]],
        "calendar": {"first_year": FIRST_YEAR - 1, "last_year": FIRST_YEAR + 1},
        "series": [_series(code, label, line["word"]) for code, label in SERIES.items()],
        "rule_set": {"file": str(RULES)},
        "administrators": [
            {"role": role, "username": f"{line['prefix']}.{name}", "full_name": str(Role(role).label)}
            for role, name in common["administrators"].items()
        ],
        "people": [*(_person(one, line["prefix"]) for one in common["people"]), *_enterprise_people(line)],
    }


def _enterprise(group: Line) -> dict[str, Any]:
    names = [{"since": SINCE, "name": group["name"], "short_name": group["short_name"]}]
    return {"credit_code": group["credit_code"], "names": names, "founded_on": SINCE}


def _series(code: str, label: str, word: str) -> dict[str, Any]:
    written = label % word if "%s" in label else label
    return {
        "code": code, "label": written, "mode": NumberMode.OWN_SERIES.value, "first_year": FIRST_YEAR, "first": 1,
    }  # fmt: skip


def _person(one: Line, prefix: str) -> dict[str, Any]:
    office = {"office": one["office"]} if "office" in one else {}
    roles = [{"role": one["role"]}]
    username = f"{prefix}.{one['name']}"
    return {"username": username, "full_name": one["called"], "kind": "STAFF", **office, "roles": roles}


def _enterprise_people(line: Line) -> Iterator[dict[str, Any]]:
    for number, group in enumerate(line["groups"], 1):
        yield {
            "username": _releaser(line["prefix"], number),
            "full_name": group["releaser"],
            "kind": "ENTERPRISE",
            "enterprise": group["short_name"],
            "roles": [{"role": Role.ENTERPRISE_RELEASER.value}],
        }


def _releaser(prefix: str, number: int) -> str:
    return f"{prefix}.qiye{number}"
