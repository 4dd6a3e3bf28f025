"""A form whose act may be refused: the refusal stands in the form, which comes back with what was typed."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Protocol

from investreview.core.errors import Busy, DomainError, Forbidden, NotVisible


class Refusable(Protocol):
    """A form that can show why its act was refused."""

    def is_valid(self) -> bool:
        """Whether it can be sent."""

    def show(self, error: DomainError) -> None:
        """The refusal stands at the field it speaks of."""


def refusal_of(form: Refusable, send: Callable[[], object]) -> int | None:
    """Nothing once the act is done; else the status of the page that shows the form and what is wrong with it.

    Raises: NotVisible, Forbidden, Busy, which have pages of their own.
    """
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        send()
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        form.show(error)
        return error.status
    return None
