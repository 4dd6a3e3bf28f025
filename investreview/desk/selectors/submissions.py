"""What the group released, time after time, and what changed from one to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from investreview.core import clock
from investreview.core.errors import NotVisible
from investreview.core.templatetags.ir import day
from investreview.desk.words import is_english
from investreview.projects.forms.columns import column
from investreview.projects.models import Case, Commitment, Party, Submission
from investreview.projects.routing import rule_set_for
from investreview.projects.shown import fact_label, fact_text, wan_text
from investreview.registry.models import Enterprise

_LISTS = ("phases", "commitments", "parties")
_PATH_FIELDS = ("enterprise_path",)


@dataclass(frozen=True)
class Change:
    """One field that says something else now; an empty text means it said nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """Two submissions of a case, and what differs between them; ``others`` are the other pairs by their ordinals."""

    earlier: Submission
    later: Submission
    facts: tuple[Change, ...]
    materials: tuple[Change, ...]
    others: tuple[tuple[int, int], ...]


def comparison(case: Case, earlier: int, later: int) -> Comparison:
    """The differences between two submissions of the case, by their ordinals.

    Raises: NotVisible (projects_case_not_visible) when the case has no such submission.
    """
    found = {one.ordinal: one for one in case.submissions.all()}
    if not {earlier, later} <= found.keys():
        raise NotVisible("projects_case_not_visible")
    first, second = found[earlier], found[later]
    return Comparison(
        earlier=first,
        later=second,
        facts=_changed_facts(_named(first.facts), _named(second.facts)),
        materials=_changed_materials(first.materials, second.materials, _slot_names(case)),
        others=tuple(pair for pair in combinations(sorted(found), 2) if pair != (earlier, later)),
    )


def _slot_names(case: Case) -> dict[str, str]:
    """What the slots are called by the rules that judge the case."""
    slots = rule_set_for(case, clock.today()).data.slots
    return {slot.code: slot.name_en if is_english() else slot.name for slot in slots}


def _named(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The frozen facts with the names of the committing entities, which are frozen by their paths."""
    paths = [row["enterprise"] for row in facts["commitments"]]
    names = dict(Enterprise.objects.filter(path__in=paths).values_list("path", "short_name"))
    named = [{**row, "enterprise": names.get(row["enterprise"], row["enterprise"])} for row in facts["commitments"]]
    return {**facts, "commitments": named}


def _changed_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    keys = [key for key in (*before, *after) if key not in _PATH_FIELDS]
    return tuple(
        Change(_label(key), _text(key, before.get(key)), _text(key, after.get(key)))
        for key in dict.fromkeys(keys)
        if before.get(key) != after.get(key)
    )


def _changed_materials(
    before: list[dict[str, Any]], after: list[dict[str, Any]], names: Mapping[str, str]
) -> tuple[Change, ...]:
    old, new = ({row["slot"]: row for row in rows} for rows in (before, after))
    return tuple(
        Change(f"{slot} {names.get(slot, '')}".rstrip(), _material(old.get(slot)), _material(new.get(slot)))
        for slot in sorted(old.keys() | new.keys())
        if old.get(slot) != new.get(slot)
    )


def _material(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    version = _("第%(n)s版") % {"n": row["version"]}
    if row["promised_on"]:
        return f"{_('容缺')} · {day(date.fromisoformat(row['promised_on']))} · {version}"
    pages = f" · {row['pages'][0]}—{row['pages'][1]}" if row["pages"] else ""
    code = f" · {_('版本码')} {row['version_code']}" if row["version_code"] else ""
    return f"{row['file']} · {version}{pages}{code} · {row['sha256'][:12]}"


def _label(key: str) -> str:
    named = {
        "phases": _("分期"),
        "commitments": _("出资承诺"),
        "parties": _("相关单位"),
    }
    return named[key] if key in named else fact_label(key)


def _text(key: str, value: Any) -> str:
    if key in _LISTS:
        return "\n".join(_LINES[key](row) for row in value or ())
    return fact_text(key, value)


def _phase(row: Mapping[str, Any]) -> str:
    return _("{name}：{text}").format(name=row["name"], text=wan_text(row["total_yuan"]))


def _commitment(row: Mapping[str, Any]) -> str:
    parts = [
        f"{column(Commitment, name).verbose_name} {wan_text(value)}"
        for name, value in row.items()
        if name.endswith("_yuan") and Decimal(value)
    ]
    return _("{name}：{text}").format(name=row["enterprise"], text=_("，").join(parts))


def _party(row: Mapping[str, Any]) -> str:
    text = f"{row['name']} {row['credit_code']}".rstrip()
    return _("{name}：{text}").format(name=Party.Role(row["role"]).label, text=text)


_LINES = {"phases": _phase, "commitments": _commitment, "parties": _party}
