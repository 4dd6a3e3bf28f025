"""Addresses that notices of a panel lead to; written here and nowhere else. None names project or enterprise."""

from experts.models import Panel, Seat
from investreview.projects.models import Case


def seat_url(seat: Seat) -> str:
    """The expert's own page of one seat."""
    return f"/experts/seats/{seat.pk}/"


def panel_url(panel: Panel) -> str:
    """The page of a panel for those who run it."""
    return f"/experts/panels/{panel.pk}/"


def members_url(panel: Panel) -> str:
    """The page of a panel's members for its secretary."""
    return f"{panel_url(panel)}members/"


def case_panel_url(number: str) -> str:
    """The page 专家论证 of a case."""
    return f"/cases/{number}/panel/"


def case_url(case: Case) -> str:
    """The page of the case."""
    return f"/cases/{case.number}/"
