"""The verbs of the registry."""

from investreview.registry.services.calendar import (
    add_calendar_year,
    confirm_calendar_year,
    edit_calendar_day,
    seed_calendar,
)
from investreview.registry.services.commissions import found_commission, found_office
from investreview.registry.services.enterprises import (
    found_enterprise,
    record_financial_position,
    record_shareholding,
    rename_enterprise,
)
from investreview.registry.services.organisations import register_organisation, rename_organisation

__all__ = [
    "add_calendar_year",
    "confirm_calendar_year",
    "edit_calendar_day",
    "found_commission",
    "found_enterprise",
    "found_office",
    "record_financial_position",
    "record_shareholding",
    "register_organisation",
    "rename_enterprise",
    "rename_organisation",
    "seed_calendar",
]
