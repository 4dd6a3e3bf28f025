"""A row of the ledger of cases under way as the fields of the 接续单, and where in the row each field stands."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.tables.columns import title_key
from investreview.projects.forms.rows import PARTY_ROLES
from investreview.projects.past.ledger import name_key
from investreview.registry.models import Commission
from workflows.ongoing.ledger import ONGOING, PARTY_LINE, STEP_LINE
from workflows.review.forms.takeover import ROWS as STEP_ROWS
from workflows.review.forms.takeover_parties import ROWS as PARTY_ROWS
from workflows.review.forms.takeover_steps import StepChoice, step_choices

SOURCE_LANGUAGE = "zh-hans"
"""The words in a ledger are Chinese, whatever language its reader's pages have."""
_COLON = re.compile("[:：]")
_IN_ROWS = {"step": "earlier", "party": "parties"}
_OTHERWISE = {"group", "enterprise", "step", "officer", "earlier", "parties"}
Collector = Callable[[Invalid], None]


def column_of(field: str) -> str:
    """In which column of the ledger the field of the form stands; empty for none."""
    first, _, rest = field.partition("_")
    if first in _IN_ROWS and rest[:1].isdigit():
        return _IN_ROWS[first]
    return field if any(column.key == field for column in ONGOING.columns) else ""


@dataclass(frozen=True)
class Words:
    """What the words of a ledger mean in one commission: its steps and its people."""

    steps: Mapping[str, StepChoice]
    officers: Mapping[str, tuple[User, ...]]
    staff: Mapping[str, tuple[User, ...]]
    party_roles: Mapping[str, str]

    def step_in(self, word: str, *, field: str) -> StepChoice:
        """The step that is called so. Raises: Invalid (takeover_step_unknown)."""
        found = self.steps.get(title_key(word).replace("·", ""))
        if found is None:
            options = "、".join(dict.fromkeys(str(each.label).replace(" ", "") for each in self.steps.values()))
            raise Invalid("takeover_step_unknown", field=field, given=word, options=options)
        return found

    def officer_in(self, name: str) -> User:
        """The case officer of this name. Raises: Invalid (takeover_person_*)."""
        return _one(self.officers, name, role=Role.CASE_OFFICER.label, field="officer")

    def person_in(self, name: str) -> User:
        """The person of the staff of this name. Raises: Invalid (takeover_person_*)."""
        return _one(self.staff, name, role="本委工作人员", field="earlier")


def _one(people: Mapping[str, tuple[User, ...]], name: str, *, role: object, field: str) -> User:
    found = people.get(name_key(name), ())
    if len(found) != 1:
        code = "takeover_person_ambiguous" if found else "takeover_person_unknown"
        raise Invalid(code, field=field, given=name, role=str(role))
    return found[0]


def words_of(commission: Commission, *, today: date, at: Any) -> Words:
    """The words of this commission today; a handful of queries."""
    staff = User.objects.filter(commission=commission, kind=User.Kind.STAFF).order_by("pk")
    with override(SOURCE_LANGUAGE):
        steps: dict[str, StepChoice] = {}
        for each in step_choices(commission, today):
            for word in (each.label, each.step_label):
                steps.setdefault(title_key(str(word)).replace("·", ""), each)
        roles = {title_key(str(label)): key for key, label in PARTY_ROLES}
    return Words(
        steps=steps,
        officers=_by_name(users_holding(Role.CASE_OFFICER, commission.path, at=at)),
        staff=_by_name(staff),
        party_roles=roles,
    )


def _by_name(people: Iterable[User]) -> dict[str, tuple[User, ...]]:
    found: dict[str, tuple[User, ...]] = {}
    for each in people:
        key = name_key(each.full_name)
        found[key] = (*found.get(key, ()), each)
    return found


def payload_of(values: Mapping[str, Any], enterprise_id: int, words: Words, refuse: Collector) -> dict[str, str]:
    """The fields of the form as they would be typed; what cannot be understood goes to ``refuse`` and is left out."""
    typed = {key: _typed(value) for key, value in values.items() if key not in _OTHERWISE and value is not None}
    typed |= {"enterprise": str(enterprise_id), "mark": typed.get("mark", "INTERNAL")}
    if values.get("controls_project") is None:
        typed["controls_project"] = "on"
    typed = {key: text for key, text in typed.items() if text}
    try:
        typed["step"] = words.step_in(values["step"], field="step").step
    except Invalid as error:
        refuse(error)
    try:
        typed["officer"] = str(words.officer_in(values["officer"]).pk)
    except Invalid as error:
        refuse(error)
    for read, key, most in ((_step, "earlier", len(STEP_ROWS)), (_party, "parties", len(PARTY_ROWS))):
        try:
            typed |= _lines(values.get(key) or "", words, read, key=key, most=most)
        except Invalid as error:
            refuse(error)
    return typed


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, Decimal):
        return f"{value:f}元"
    return value.isoformat() if isinstance(value, date) else str(value)


def _lines(
    text: str, words: Words, read: Callable[[Sequence[str], Words, int], dict[str, str]], *, key: str, most: int
) -> dict[str, str]:
    """Every line of a cell as fields of the form.

    Raises: Invalid (takeover_lines, takeover_line, what ``read`` raises).
    """
    given = [line.strip() for line in text.splitlines() if line.strip()]
    if len(given) > most:
        raise Invalid("takeover_lines", field=key, most=most, given=len(given))
    typed: dict[str, str] = {}
    for number, line in enumerate(given, 1):
        parts = [part.strip() for part in _COLON.split(line, maxsplit=3)]
        try:
            typed |= read(parts, words, number)
        except IndexError:
            example = STEP_LINE if key == "earlier" else PARTY_LINE
            raise Invalid("takeover_line", field=key, line=number, given=line[:60], example=example) from None
    return typed


def _step(parts: Sequence[str], words: Words, number: int) -> dict[str, str]:
    return {
        f"step_{number}_key": words.step_in(parts[0], field="earlier").key,
        f"step_{number}_who": str(words.person_in(parts[1]).pk),
        f"step_{number}_on": parts[2],
        f"step_{number}_text": parts[3] if len(parts) > 3 else "",
    }


def _party(parts: Sequence[str], words: Words, number: int) -> dict[str, str]:
    role, name = words.party_roles.get(title_key(parts[0])), parts[1]
    if role is None:
        raise IndexError
    return {
        f"party_{number}_role": role,
        f"party_{number}_name": name,
        f"party_{number}_code": parts[2] if len(parts) > 2 else "",
    }
