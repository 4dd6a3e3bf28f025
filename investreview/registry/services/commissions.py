"""Commissions and their offices come into being. Only the founding command leads here."""

from datetime import datetime

from django.db import transaction

from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.journal.services import record
from investreview.registry.models import Commission, Office

CODE_LENGTH = 12


def found_commission(
    *,
    code: str,
    name: str,
    short_name: str,
    city: str,
    contact_phone: str,
    case_prefix: str,
    actor: Actor,
    at: datetime,
) -> Commission:
    """A commission exists, with no enterprise, office or calendar yet.

    Raises: Invalid (registry_commission_code) when the code is not one to twelve capital letters or digits.
    Journal: commission.found
    """
    if not (code.isascii() and code.isalnum() and code == code.upper() and len(code) <= CODE_LENGTH):
        raise Invalid("registry_commission_code", field="code", given=code)
    with transaction.atomic():
        commission = Commission.objects.create(
            code=code,
            name=clean_line(name),
            short_name=clean_line(short_name, max_length=40),
            city=clean_line(city, max_length=40),
            contact_phone=contact_phone.strip(),
            case_prefix=clean_line(case_prefix, max_length=12),
        )
        record(
            chain=code,
            verb="commission.found",
            actor=actor,
            subject=Subject("commission", code),
            at=at,
            facts={"name": commission.name},
        )
        return commission


def found_office(
    *, commission: Commission, code: str, name: str, kind: Office.Kind, actor: Actor, at: datetime
) -> Office:
    """The commission has an office 处室 of this kind.

    Journal: office.found
    """
    with transaction.atomic():
        office = Office.objects.create(
            commission=commission,
            code=clean_line(code, max_length=20),
            name=clean_line(name, max_length=40),
            kind=kind,
        )
        record(
            chain=commission.code,
            verb="office.found",
            actor=actor,
            subject=Subject("office", f"{commission.code}/{office.code}"),
            at=at,
            facts={"name": office.name, "kind": kind.value},
        )
        return office
