"""The codes of exclusions. They are printed, journalled and frozen into draws: none is ever renamed or reused."""

from enum import StrEnum


class ExclusionCode(StrEnum):
    """Why a member of the pool is left out of a draw, in the order in which the first one is shown.

    Who may not be an expert at all (DOMAIN §6, Qualification), whom the case concerns (Avoidance), who sits too often
    (Panel).
    """

    STAFF = "STAFF"
    SUSPENDED = "SUSPENDED"
    AGE = "AGE"
    FIELD_YEARS = "FIELD_YEARS"
    UNMATCHED = "UNMATCHED"
    EARLIER_PANEL = "EARLIER_PANEL"
    OUTSIDE_DIRECTOR = "OUTSIDE_DIRECTOR"
    EMPLOYER = "EMPLOYER"
    FIRST_REVIEW = "FIRST_REVIEW"
    KIN = "KIN"
    SHAREHOLDING = "SHAREHOLDING"
    LOAN = "LOAN"
    DISPUTE = "DISPUTE"
    OTHER = "OTHER"
    REQUESTED = "REQUESTED"
    OPEN_PANELS = "OPEN_PANELS"
    SAME_GROUP = "SAME_GROUP"


ORDER = {code: place for place, code in enumerate(ExclusionCode)}


class NotListed(StrEnum):
    """Why somebody whom the pool knows is no member on a day, and so not in the snapshot at all."""

    PROPOSED = "PROPOSED"
    NOT_BEGUN = "NOT_BEGUN"
    TERM_OVER = "TERM_OVER"
    REMOVED = "REMOVED"
