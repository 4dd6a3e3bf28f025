"""The forms on the page of one expert: one for each act that this person may do, in the place of its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from experts.forms.base import OrganisationForm, VersionedForm
from experts.forms.pool import (
    AccountForm,
    ConflictForm,
    EmployerForm,
    EndForm,
    LiftForm,
    ProposeForm,
    ReasonForm,
    RemoveForm,
    SuspendForm,
)
from experts.selectors.expert_page import DatedRow, ExpertPage, TermRow


@dataclass(frozen=True)
class Refused:
    """A form as it was sent: which act, and for an act on a single record its id."""

    key: str
    form: VersionedForm
    row: int = 0


@dataclass(frozen=True)
class Line:
    """A record of the expert with the forms of the acts on it, by act."""

    row: DatedRow | TermRow
    forms: dict[str, VersionedForm]


@dataclass(frozen=True)
class Forms:
    """Everything that can be sent from the page."""

    whole: dict[str, VersionedForm]
    terms: tuple[Line, ...]
    employers: tuple[Line, ...]
    conflicts: tuple[Line, ...]
    suspensions: tuple[Line, ...]


class PageForms:
    """Makes the forms of the page; the one that was refused stands where it was sent from."""

    def __init__(
        self, page: ExpertPage, *, may_keep: bool, may_admit: bool, today: date, refused: Refused | None
    ) -> None:
        self._page = page
        self._may_keep = may_keep
        self._may_admit = may_admit
        self._today = today
        self._refused = refused

    def all(self) -> Forms:
        """The forms of the page."""
        page = self._page
        return Forms(
            whole=self._whole(),
            terms=tuple(self._term(row) for row in page.terms),
            employers=self._kept(page.employers, ("match", OrganisationForm), ("end_employer", EndForm)),
            conflicts=self._kept(page.conflicts, ("end_conflict", EndForm)),
            suspensions=tuple(self._suspension(row) for row in page.suspensions),
        )

    def _made(self, key: str, kind: type[VersionedForm], row: int = 0, **more: object) -> VersionedForm:
        refused = self._refused
        if refused is not None and (refused.key, refused.row) == (key, row):
            return refused.form
        name = f"{key}{row or ''}"
        return kind(key=name, version=self._page.expert.version, **more)  # type: ignore[arg-type]

    def _whole(self) -> dict[str, VersionedForm]:
        expert, forms = self._page.expert, {}
        today = {"from_on": self._today}
        if self._may_keep:
            forms["propose"] = self._made("propose", ProposeForm)
            forms["employer"] = self._made("employer", EmployerForm)
            forms["conflict"] = self._made("conflict", ConflictForm, initial=today)
            if expert.user is None or not expert.user.is_active:
                forms["account"] = self._made("account", AccountForm, expert=expert)
        if self._may_keep or self._may_admit:
            forms["suspend"] = self._made("suspend", SuspendForm, initial=today)
        if self._may_admit and self._page.removable:
            forms["remove"] = self._made("remove", RemoveForm, pools=self._page.removable)
        return forms

    def _term(self, row: TermRow) -> Line:
        """Whoever has proposed somebody does not admit them."""
        if not (self._may_admit and row.is_waiting and not row.is_own):
            return Line(row, {})
        pk = row.membership.pk
        return Line(
            row, {"admit": self._made("admit", VersionedForm, pk), "refuse": self._made("refuse", ReasonForm, pk)}
        )

    def _kept(self, rows: Sequence[DatedRow], *acts: tuple[str, type[VersionedForm]]) -> tuple[Line, ...]:
        """The acts of the keeper; what has ended is not ended again, what is matched may be corrected."""
        lines = []
        for row in rows:
            record = row.record
            forms = {
                key: self._made(key, kind, record.pk)
                for key, kind in acts
                if self._may_keep and not (kind is EndForm and record.until_on is not None)
            }
            lines.append(Line(row, forms))
        return tuple(lines)

    def _suspension(self, row: DatedRow) -> Line:
        is_open = row.record.until_on is None or row.record.until_on > self._today
        if not (self._may_admit and is_open):
            return Line(row, {})
        initial = {"until_on": self._today}
        return Line(row, {"lift": self._made("lift", LiftForm, row.record.pk, initial=initial)})
