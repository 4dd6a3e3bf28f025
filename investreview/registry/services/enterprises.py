"""The tree of enterprises: founding, names, owners, financial positions. Only the founding command leads here."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.journal.services import record
from investreview.registry.models import (
    Commission,
    Enterprise,
    EnterpriseName,
    FinancialPosition,
    Organisation,
    Shareholding,
)
from investreview.registry.services.organisations import rename_organisation

SHORT_NAME_LENGTH = 40
WHOLE_BPS = 10_000


def found_enterprise(
    *,
    commission: Commission,
    organisation: Organisation,
    short_name: str,
    parent: Enterprise | None,
    founded_on: date | None,
    named_since: date,
    actor: Actor,
    at: datetime,
) -> Enterprise:
    """The legal person is an enterprise of the commission: a group without ``parent``, else a subsidiary of it.

    Raises: Invalid (registry_short_name_taken, registry_parent_of_other_commission).
    Journal: enterprise.found
    """
    written = clean_line(short_name, max_length=SHORT_NAME_LENGTH)
    with transaction.atomic():
        held = Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        above = None if parent is None else Enterprise.objects.select_for_update(no_key=True).get(pk=parent.pk)
        if above is not None and above.commission_id != held.pk:
            raise Invalid("registry_parent_of_other_commission", field="parent", given=above.short_name)
        _require_free(held, written)
        enterprise = Enterprise.objects.create(
            commission=held,
            organisation=organisation,
            parent=above,
            path=_next_path(held, above),
            tier=1 if above is None else above.tier + 1,
            short_name=written,
            founded_on=founded_on,
        )
        EnterpriseName.objects.create(enterprise=enterprise, short_name=written, valid_from=named_since)
        facts = {"name": organisation.name, "short_name": written, "tier": enterprise.tier}
        _note("enterprise.found", enterprise, facts, actor, at)
        return enterprise


def _next_path(commission: Commission, parent: Enterprise | None) -> str:
    if parent is None:
        commission.last_group_number += 1
        commission.save(update_fields=["last_group_number"])
        return f"{commission.path}{commission.last_group_number:04d}/"
    parent.last_child_number += 1
    parent.save(update_fields=["last_child_number"])
    return f"{parent.path}{parent.last_child_number:04d}/"


def _require_free(commission: Commission, short_name: str) -> None:
    if commission.enterprises.filter(short_name=short_name, dissolved_on__isnull=True).exists():
        raise Invalid("registry_short_name_taken", field="short_name", given=short_name)


def rename_enterprise(
    *, enterprise: Enterprise, name: str, short_name: str, since: date, actor: Actor, at: datetime
) -> Enterprise:
    """From ``since`` on the enterprise bears these names; what stays the same keeps its days.

    Raises: Invalid (registry_name_same when neither differs, registry_name_too_early, registry_short_name_taken).
    Journal: enterprise.rename
    """
    written = clean_line(short_name, max_length=SHORT_NAME_LENGTH)
    with transaction.atomic():
        commission = Commission.objects.select_for_update(no_key=True).get(pk=enterprise.commission_id)
        rows = Enterprise.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
        held = rows.get(pk=enterprise.pk)
        facts = {"name_before": held.organisation.name, "short_name_before": held.short_name, "since": since}
        if written != held.short_name:
            _require_free(commission, written)
            _rename_shortly(held, written, since)
            if clean_line(name) != held.organisation.name:
                rename_organisation(organisation=held.organisation, name=name, since=since)
        else:
            rename_organisation(organisation=held.organisation, name=name, since=since)
        held.refresh_from_db()
        facts |= {"name": held.organisation.name, "short_name": held.short_name}
        _note("enterprise.rename", held, facts, actor, at)
        return held


def _rename_shortly(enterprise: Enterprise, short_name: str, since: date) -> None:
    present = enterprise.short_names.get(valid_to__isnull=True)
    if since <= present.valid_from:
        raise Invalid("registry_name_too_early", field="since", given=since, earliest=present.valid_from)
    present.valid_to = since - timedelta(days=1)
    present.save(update_fields=["valid_to"])
    EnterpriseName.objects.create(enterprise=enterprise, short_name=short_name, valid_from=since)
    enterprise.short_name = short_name
    enterprise.save(update_fields=["short_name"])


def record_shareholding(*, owner: Organisation, owned: Organisation, share_bps: int, valid_from: date) -> Shareholding:
    """``owner`` holds ``share_bps`` of ``owned`` from ``valid_from`` on.

    Units: basis points, 1 to 10,000.
    Raises: Invalid (registry_share_bounds). Journal: none of its own; it is part of the caller's act.
    """
    if not 1 <= share_bps <= WHOLE_BPS:
        raise Invalid("registry_share_bounds", field="share", given=share_bps)
    with transaction.atomic():
        return Shareholding.objects.create(owner=owner, owned=owned, share_bps=share_bps, valid_from=valid_from)


def record_financial_position(
    *,
    enterprise: Enterprise,
    year: int,
    net_assets_yuan: Decimal,
    debt_ratio_bps: int,
    source: str,
    actor: Actor,
    at: datetime,
) -> FinancialPosition:
    """Consolidated net assets and debt ratio at the end of ``year`` are known.

    Units: yuan, basis points.
    Raises: Invalid (registry_position_differs) when the year already has other figures: nothing is overwritten.
    Journal: financial_position.record
    """
    with transaction.atomic():
        Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
        known = FinancialPosition.objects.filter(enterprise=enterprise, year=year).first()
        if known is not None:
            if (known.net_assets_yuan, known.debt_ratio_bps) != (net_assets_yuan, debt_ratio_bps):
                raise Invalid("registry_position_differs", name=enterprise.short_name, year=year)
            return known
        position = FinancialPosition.objects.create(
            enterprise=enterprise,
            year=year,
            net_assets_yuan=net_assets_yuan,
            debt_ratio_bps=debt_ratio_bps,
            source=clean_line(source, max_length=120),
        )
        facts = {"year": year, "net_assets_yuan": net_assets_yuan, "debt_ratio_bps": debt_ratio_bps}
        _note("financial_position.record", enterprise, facts, actor, at)
        return position


def _note(verb: str, enterprise: Enterprise, facts: dict[str, object], actor: Actor, at: datetime) -> None:
    record(
        chain=enterprise.path.split("/", 1)[0],
        verb=verb,
        actor=actor,
        subject=Subject("enterprise", enterprise.path),
        at=at,
        facts=facts,
    )
