"""Errors that a person can do something about; the sentences live in ``core.messages``."""

from http import HTTPStatus


class DomainError(Exception):
    """An act that the rules do not allow, told by a code and the facts that fill its sentence.

    ``field`` names the form field it belongs to, ``citation`` the paragraph of the rule set it rests on.
    """

    status: int = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, code: str, *, field: str | None = None, citation: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.citation = citation
        self.facts = facts


class Invalid(DomainError):
    """What was given cannot be accepted."""


class NotVisible(DomainError):
    """The thing does not exist for this person; answered like an unknown address."""

    status = HTTPStatus.NOT_FOUND


class Forbidden(DomainError):
    """The person may know the thing, but may not do this to it."""

    status = HTTPStatus.FORBIDDEN


class Stale(DomainError):
    """Somebody changed the record since the form was opened; facts carry both texts where there are texts."""

    status = HTTPStatus.CONFLICT


class Busy(DomainError):
    """The record is held by another act at this moment; trying again is safe."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
