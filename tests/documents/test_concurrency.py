"""Many at once, with real threads and commits: no number twice, no gap, one signature, one save."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from investreview.core.errors import DomainError
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.kinds import NumberMode
from investreview.documents.models import Document, IssuedNumber

from . import samples
from .factories import (
    AT,
    CLERK,
    CLERK_SCOPE,
    COMMISSION,
    OFFICER,
    OFFICER_SCOPE,
    SUBJECT,
    draft,
    open_all_series,
    sign,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("woken")]
CLIENTS = 6


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Every act in a thread of its own, begun together; what each returned or its domain error."""
    start = Barrier(len(acts))
    answers: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            answers[place] = act()
        except DomainError as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def take() -> str:
    return services.take_number(
        commission=COMMISSION, series="FILING", year=2024, subject=SUBJECT, actor=OFFICER, at=AT
    )


def test_numbers_taken_at_once_are_gapless_and_unshared(file_database: str) -> None:
    open_all_series()
    answers = at_once([take] * CLIENTS)
    assert sorted(str(a) for a in answers) == [f"BA2024-{n:04}" for n in range(7, 7 + CLIENTS)]


def test_two_signings_of_two_letters_never_share_a_number(file_database: str) -> None:
    open_all_series()
    letters = [draft(subject=Subject(kind="case", key=f"LYG-2024-{n:04}")) for n in range(CLIENTS)]
    signed = at_once([lambda letter=letter: sign(letter) for letter in letters])
    numbers = sorted(document.number for document in signed if isinstance(document, Document))
    assert numbers == sorted(f"连国资函〔2024〕{n}号" for n in range(38, 38 + CLIENTS))
    registered = sorted(document.registration_number for document in signed if isinstance(document, Document))
    assert registered == [f"BA2024-{n:04}" for n in range(7, 7 + CLIENTS)]


def test_one_letter_signed_by_many_clicks_is_signed_once(file_database: str) -> None:
    open_all_series()
    letter = draft()
    answers = at_once([lambda: sign(letter, ordinal=1)] * CLIENTS)
    assert len([a for a in answers if isinstance(a, Document)]) == 1
    refused = {a.code for a in answers if isinstance(a, DomainError)}
    assert refused <= {"documents_wrong_state", "documents_version_not_newest"}
    assert IssuedNumber.objects.count() == 2
    assert letter.versions.count() == 2


def test_one_entered_number_goes_to_one_of_two_letters(file_database: str) -> None:
    open_all_series(letters=NumberMode.ENTERED)
    letters = [sign(draft(subject=Subject(kind="case", key=f"LYG-2024-{n:04}"))) for n in range(2)]

    def enter(letter: Document) -> Document:
        return services.enter_number(letter, text="连国资函〔2024〕41号", scope=CLERK_SCOPE, actor=CLERK, at=AT)

    answers = at_once([lambda letter=letter: enter(letter) for letter in letters])
    assert sorted(type(a).__name__ for a in answers) == ["Document", "Invalid"]


def test_two_saves_on_one_base_leave_one_version(file_database: str) -> None:
    letter = draft()

    def save() -> object:
        return services.save_wording(
            letter,
            base_ordinal=1,
            content=samples.filing_draft(),
            scope=OFFICER_SCOPE,
            actor=OFFICER,
            at=AT,
        )

    answers = at_once([save] * CLIENTS)
    assert sorted(a.code for a in answers if isinstance(a, DomainError)) == ["documents_wording_stale"] * (CLIENTS - 1)
    assert letter.versions.count() == 2


def test_one_case_drafted_by_many_clicks_has_one_letter(file_database: str) -> None:
    answers = at_once([draft] * CLIENTS)
    assert Document.objects.count() == 1
    refused = {a.code for a in answers if isinstance(a, DomainError)}
    assert refused <= {"documents_letter_exists", "core_busy"}
