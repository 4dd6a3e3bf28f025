"""Legal persons, each once."""

from datetime import date, timedelta

from django.db import transaction

from investreview.core.errors import Invalid
from investreview.core.text import clean_line
from investreview.registry.models import Organisation, OrganisationName
from investreview.registry.rules import check_credit_code

NAME_LENGTH = 200


def register_organisation(*, name: str, credit_code: str = "", country: str = "CN", valid_from: date) -> Organisation:
    """The legal person is known, once: by its credit code where it has one, else by country and name.

    ``valid_from`` begins the name of a legal person that was not known before.
    Raises: Invalid (registry_code_*, text_*); registry_code_other_name when the code belongs to a legal person that
    never had this name: the sentence does not tell whose it is.
    Journal: none of its own; it is part of the caller's act.
    """
    written = clean_line(name, max_length=NAME_LENGTH)
    code = check_credit_code(credit_code) if credit_code.strip() else None
    with transaction.atomic():
        identity: dict[str, str | None] = (
            {"credit_code": code} if code else {"credit_code": None, "country": country, "name": written}
        )
        organisation, is_new = Organisation.objects.get_or_create(
            **identity, defaults={"name": written, "country": country}
        )
        if is_new:
            OrganisationName.objects.create(organisation=organisation, name=written, valid_from=valid_from)
        elif not organisation.names.filter(name=written).exists():
            raise Invalid("registry_code_other_name", field="credit_code", given=code, name=written)
        return organisation


def rename_organisation(*, organisation: Organisation, name: str, since: date) -> Organisation:
    """The legal person bears ``name`` from ``since`` on; the name before ends the day before.

    Raises: Invalid (registry_name_same, registry_name_too_early).
    Journal: none of its own; it is part of the caller's act.
    """
    written = clean_line(name, max_length=NAME_LENGTH)
    with transaction.atomic():
        held = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        present = held.names.get(valid_to__isnull=True)
        if present.name == written:
            raise Invalid("registry_name_same", field="name", name=written)
        if since <= present.valid_from:
            raise Invalid("registry_name_too_early", field="since", given=since, earliest=present.valid_from)
        present.valid_to = since - timedelta(days=1)
        present.save(update_fields=["valid_to"])
        OrganisationName.objects.create(organisation=held, name=written, valid_from=since)
        held.name = written
        held.save(update_fields=["name"])
        return held
