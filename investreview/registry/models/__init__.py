"""The bodies of DOMAIN §1: commissions and their offices, legal persons, enterprises as a tree, the calendar."""

from investreview.registry.models.calendar import CalendarDay
from investreview.registry.models.commission import Commission, Office
from investreview.registry.models.enterprise import Enterprise, EnterpriseName, FinancialPosition
from investreview.registry.models.organisation import Organisation, OrganisationName, Shareholding

__all__ = [
    "CalendarDay",
    "Commission",
    "Enterprise",
    "EnterpriseName",
    "FinancialPosition",
    "Office",
    "Organisation",
    "OrganisationName",
    "Shareholding",
]
