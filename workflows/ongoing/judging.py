"""How a row of the ledger of cases under way is judged: the 接续单 is filled, taken over on trial, and undone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from experts.services.taking_over import take_over_case
from investreview.accounts.selectors import scope_of
from investreview.core.clock import legal_date
from investreview.core.errors import DomainError, Invalid
from investreview.core.tables import Fault, TableRow
from investreview.projects.acting import Acting
from investreview.projects.models import Backfill, Takeover
from investreview.projects.past.kinds import JudgedRow, LedgerKind, Numbers
from investreview.projects.past.ledger import bodies_of
from investreview.projects.services.ongoing import (
    NewTakeover,
    remove_takeovers,
    taken_paper_numbers,
    write_takeovers,
)
from investreview.projects.services.takeovers import columns_of
from workflows.ongoing.ledger import ONGOING
from workflows.ongoing.payload import SOURCE_LANGUAGE, column_of, payload_of, words_of
from workflows.review.forms.takeover import TakeoverForm
from workflows.taking_over import take_over

_LANGUAGES = ((SOURCE_LANGUAGE, "："), ("en", ": "))


class _Undo(Exception):
    """The trial succeeded; nothing of it stays."""


class OngoingJudge:
    """Reads rows as cases under way; what acceptance would refuse is found here, before anything is written."""

    def __init__(self, backfill: Backfill, at: datetime) -> None:
        self._backfill = backfill
        self._at = at
        self._bodies = bodies_of(backfill.commission)
        self._words = words_of(backfill.commission, today=legal_date(at), at=at)
        self._acting = Acting(user=backfill.entered_by, scope=scope_of(backfill.entered_by, at))
        taken = taken_paper_numbers(backfill.commission, besides=backfill.pk)
        self._numbers = Numbers(
            "paper_number", taken, "takeover_number_twice", "takeover_number_taken", year_column="released_on"
        )
        self._count = 0

    def judged(self, row: TableRow) -> JudgedRow:
        """The row with everything that is wrong with it; places are those of its cells."""
        self._count += 1
        faults = [*row.faults, *self._numbers.faults(row)]

        def refuse(error: Invalid) -> None:
            faults.append(_fault(row, error))

        enterprise = None
        if row.values["group"] is not None:
            try:
                _group, enterprise = self._bodies.found(row.values["group"], row.values["enterprise"])
            except Invalid as error:
                refuse(error)
        if row.faults or enterprise is None:
            return JudgedRow.faulty(faults)
        payload = payload_of(row.values, enterprise.pk, self._words, refuse)
        if faults:
            return JudgedRow.faulty(faults)
        form = self._form(payload)
        if not form.is_valid():
            return JudgedRow.faulty(self._form_faults(row, payload))
        new = NewTakeover(self._count, row.place.row, form.head, enterprise, payload)
        refusal = self._refusal(new, form)
        return JudgedRow(new, ()) if refusal is None else JudgedRow.faulty([_fault(row, refusal)])

    def _form(self, payload: dict[str, str]) -> TakeoverForm:
        return TakeoverForm(payload, user=self._backfill.entered_by, at=self._at, has_papers=True)

    def _form_faults(self, row: TableRow, payload: dict[str, str]) -> list[Fault]:
        """What the form says, in both languages, each at the cell of its field."""
        in_chinese, in_english = (self._told(payload, language, mark) for language, mark in _LANGUAGES)
        return [
            Fault(row.at(column_of(field)), "takeover_cell", {"zh": text, "en": in_english[field]})
            for field, text in in_chinese.items()
        ]

    def _told(self, payload: dict[str, str], language: str, mark: str) -> dict[str, str]:
        """By field what is wrong with it, with its label, in one language."""
        with override(language):
            form = self._form(payload)
            labels = {name: f"{field.label}{mark}" for name, field in form.fields.items()}
            return {name: labels.get(name, "") + " ".join(map(str, said)) for name, said in form.errors.items()}

    def _refusal(self, new: NewTakeover, form: TakeoverForm) -> DomainError | None:
        """What another person's acceptance would be refused with; the case is made and undone, outside of every piece
        that is written, so that nobody waits for more than one."""
        try:
            with transaction.atomic():
                takeover = Takeover.objects.create(
                    **columns_of(new.head, new.enterprise),
                    payload=dict(new.payload),
                    creation_key=f"trial:{self._backfill.pk}:{new.ordinal}",
                    entered_by=self._backfill.entered_by,
                    entered_at=self._at,
                )
                facts = {"takeover": takeover, "facts": form.facts}
                take_over(acting=self._acting, node=form.node, at=self._at, service=take_over_case, facts=facts)
                raise _Undo
        except _Undo:
            return None
        except DomainError as error:
            return error


def _fault(row: TableRow, error: DomainError) -> Fault:
    """The error at the cell of its field, or at the row."""
    place = row.at(column_of(error.field or ""))
    return Fault(place, error.code, dict(error.facts), error.citation or "")


ONGOING_LEDGER = LedgerKind(
    shape=ONGOING,
    blank=_("在途台账（模板）.xlsx"),
    judge=OngoingJudge,
    write=write_takeovers,
    remove=remove_takeovers,
)
