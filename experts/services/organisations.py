"""The legal person that somebody names: one that is known, or a new one; never a second entry for the same."""

from dataclasses import dataclass
from datetime import datetime

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.text import clean_line
from investreview.registry.models import Organisation
from investreview.registry.services import register_organisation


@dataclass(frozen=True)
class OrganisationName:
    """A legal person as somebody names it; only one abroad may have no credit code."""

    name: str
    credit_code: str = ""
    is_foreign: bool = False


def named_organisation(named: OrganisationName, *, at: datetime) -> Organisation:
    """The legal person of the credit code, else the only one that ever bore the name, else (with code) a new one.

    Raises: Invalid (registry_code_*, text_*, experts_organisation_ambiguous when several bore the name,
    experts_organisation_unknown when none did and no code was given).
    Journal: none of its own; it is part of the caller's act.
    """
    written = clean_line(named.name, max_length=200)
    if not named.credit_code.strip():
        known = list(Organisation.objects.filter(names__name=written).distinct()[:2])
        if len(known) > 1:
            raise Invalid("experts_organisation_ambiguous", field="credit_code", given=written)
        if known:
            return known[0]
        if not named.is_foreign:
            raise Invalid("experts_organisation_unknown", field="credit_code", given=written)
    return register_organisation(name=written, credit_code=named.credit_code, valid_from=legal_date(at))
