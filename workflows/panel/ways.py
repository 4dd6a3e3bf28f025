"""Where people go from the steps of a panel: those who run it to its page, an expert to the own seat."""

from experts.links import panel_url, seat_url
from experts.permissions import is_own_place
from experts.selectors.places import latest_panel, seat_at
from investreview.accounts.models import User
from workflows.models import WorkItem
from workflows.panel.acts import PANEL_STEPS

HOME = "/"


def way_on(item: WorkItem, user: User) -> str:
    """The page that somebody goes to from a panel's step; "" for a step of another kind, whose page is the case's.

    The page of the case shows what most of them may not see.
    """
    if item.node not in PANEL_STEPS:
        return ""
    if item.place and is_own_place(user, item.case, item.place):
        return seat_url(seat_at(item.case, item.place))
    panel = latest_panel(item.case)
    return panel_url(panel) if panel is not None and user.kind == User.Kind.STAFF else HOME
