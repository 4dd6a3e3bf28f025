"""A page that is only read asks each question once.

The many parts of a page ask for the same things: what its person holds, the working days, the rules in force. What was
answered is kept for the one request that reads it (GET), never longer; an act asks afresh each time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers of this page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Within this block nothing is done, only read: ``once`` asks nothing twice."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def is_one_page() -> bool:
    """Whether a page is being read, in which ``once`` keeps answers."""
    return _answers.get() is not None


def told(question: Hashable, answer: Any) -> None:
    """This page has read the answer along with something else; ``once`` gives it."""
    answers = _answers.get()
    if answers is not None:
        answers[question] = answer


def once(question: Hashable, ask: Callable[[], T]) -> T:
    """What ``ask`` answers; within a page what it answered when the page first put the ``question``."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: T = answers[question]
    return answer
