"""Whom the enterprise may ask about a case."""

from dataclasses import dataclass

from investreview.projects.models import Case


@dataclass(frozen=True)
class Contact:
    """Whom the enterprise may ask."""

    name: str
    office: str
    phone: str


def contact_of(case: Case) -> Contact | None:
    """The officer in charge, else the commission, with the telephone; nobody before the case was released."""
    if case.officer is None:
        phone = case.commission.contact_phone
        return Contact("", case.commission.short_name, phone) if case.released_at is not None else None
    return Contact(
        name=case.officer.full_name,
        office=case.officer.office.name if case.officer.office is not None else case.commission.short_name,
        phone=case.officer.phone or case.commission.contact_phone,
    )
