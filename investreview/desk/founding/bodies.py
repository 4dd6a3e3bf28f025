"""The commission, its offices, and the tree of enterprises."""

import re
from dataclasses import dataclass
from datetime import date

from investreview.core.errors import Invalid
from investreview.core.money import Unit, parse_amount
from investreview.desk.founding.reading import Section
from investreview.desk.founding.telling import Run, Thing, require_same, told_at
from investreview.registry.models import Commission, Enterprise, Office, Organisation
from investreview.registry.rules import check_credit_code
from investreview.registry.services import (
    found_commission,
    found_enterprise,
    found_office,
    record_financial_position,
    record_shareholding,
    register_organisation,
    rename_enterprise,
)

_PERCENT = re.compile(r"(\d{1,4})(?:\.(\d{1,2}))?%")
_COMMISSION_TEXTS = ("name", "short_name", "city", "contact_phone", "case_prefix")


@dataclass(frozen=True)
class Named:
    """The names from a day on."""

    since: date
    name: str
    short_name: str


def the_commission(section: Section, run: Run) -> Commission:
    """The commission of the file exists."""
    section.only("code", *_COMMISSION_TEXTS)
    code = section.text("code")
    commission = Commission.objects.filter(code=code).first()
    if commission is not None:
        for key in _COMMISSION_TEXTS:
            require_same(section.at(key), stored=getattr(commission, key), written=section.text(key))
        run.tell(Thing.COMMISSION, f"{code} {commission.name}", is_new=False)
        return commission
    with told_at(section.place):
        texts = {key: section.text(key) for key in _COMMISSION_TEXTS}
        commission = found_commission(code=code, **texts, actor=run.actor, at=run.at)
    run.tell(Thing.COMMISSION, f"{code} {commission.name}", is_new=True)
    return commission


def an_office(section: Section, commission: Commission, run: Run) -> None:
    """The office of the file exists."""
    section.only("code", "name", "kind")
    code, name, kind = section.text("code"), section.text("name"), section.choice("kind", Office.Kind)
    stored = commission.offices.filter(code=code).first()
    if stored is not None:
        require_same(section.at("name"), stored=stored.name, written=name)
        require_same(section.at("kind"), stored=stored.kind, written=kind.value)
    else:
        with told_at(section.place):
            found_office(commission=commission, code=code, name=name, kind=kind, actor=run.actor, at=run.at)
    run.tell(Thing.OFFICE, f"{code} {name}", is_new=stored is None)


def an_enterprise(section: Section, commission: Commission, parent: Enterprise | None, run: Run) -> None:
    """The enterprise of the file exists under its names, with its figures and everything below it."""
    section.only("names", "credit_code", "founded_on", "owned", "figures", "subsidiaries")
    names = _names(section)
    with told_at(section.at("credit_code")):
        code = check_credit_code(section.text("credit_code"))
    stored = Enterprise.objects.select_related("organisation").filter(organisation__credit_code=code).first()
    if stored is None:
        enterprise = _found(section, commission, parent, names[0], code, run)
        run.tell(Thing.ENTERPRISE, f"{enterprise.path} {names[0].short_name}", is_new=True)
    else:
        enterprise = stored
        require_same(section.place, stored=stored.commission_id, written=commission.pk)
        require_same(section.place, stored=stored.parent_id, written=parent.pk if parent else None)
        require_same(section.at("founded_on"), stored=stored.founded_on, written=section.optional_day("founded_on"))
        run.tell(Thing.ENTERPRISE, f"{enterprise.path} {enterprise.short_name}", is_new=False)
    _follow_names(section, enterprise, names, run)
    if parent is not None and "owned" in section.nodes:
        _owned(section.section("owned"), parent.organisation, enterprise.organisation, run)
    for figures in section.sections("figures"):
        _figures(figures, enterprise, run)
    for below in section.sections("subsidiaries"):
        an_enterprise(below, commission, enterprise, run)


def _found(
    section: Section, commission: Commission, parent: Enterprise | None, first: Named, code: str, run: Run
) -> Enterprise:
    with told_at(section.place):
        organisation = register_organisation(name=first.name, credit_code=code, valid_from=first.since)
        return found_enterprise(
            commission=commission,
            organisation=organisation,
            short_name=first.short_name,
            parent=parent,
            founded_on=section.optional_day("founded_on"),
            named_since=first.since,
            actor=run.actor,
            at=run.at,
        )


def _names(section: Section) -> list[Named]:
    names = [
        Named(each.day("since"), each.text("name"), each.text("short_name"))
        for each in section.sections("names")
        if each.only("since", "name", "short_name")
    ]
    if not names:
        raise section.place.refuse("founding_value_missing", key="names")
    if sorted(names, key=lambda each: each.since) != names:
        raise section.at("names").refuse("founding_names_order")
    return names


def _follow_names(section: Section, enterprise: Enterprise, names: list[Named], run: Run) -> None:
    """Later names of the file are borne from their day on; the names stored are all in the file."""
    for each, place in zip(names, section.sections("names"), strict=True):
        stored = (enterprise.name_on(each.since), enterprise.short_name_on(each.since))
        if stored == (each.name, each.short_name):
            continue
        with told_at(place.place):
            try:
                enterprise = rename_enterprise(
                    enterprise=enterprise,
                    name=each.name,
                    short_name=each.short_name,
                    since=each.since,
                    actor=run.actor,
                    at=run.at,
                )
            except Invalid as error:
                if error.code != "registry_name_too_early":
                    raise
                require_same(place.place, stored=stored, written=(each.name, each.short_name))
        run.tell(Thing.ENTERPRISE, f"{enterprise.path} {each.since} {each.short_name}", is_new=True)
    present = (enterprise.organisation.name, enterprise.short_name)
    require_same(section.at("names"), stored=present, written=(names[-1].name, names[-1].short_name))


def _owned(section: Section, owner: Organisation, owned: Organisation, run: Run) -> None:
    section.only("share", "since")
    share, since = _basis_points(section, "share"), section.day("since")
    stored = owned.shareholders.filter(owner=owner, valid_to__isnull=True).first()
    if stored is not None:
        require_same(section.at("share"), stored=stored.share_bps, written=share)
    else:
        with told_at(section.place):
            record_shareholding(owner=owner, owned=owned, share_bps=share, valid_from=since)
    run.tell(Thing.SHARE, f"{owner.name} → {owned.name} {section.text('share')}", is_new=stored is None)


def _figures(section: Section, enterprise: Enterprise, run: Run) -> None:
    section.only("year", "net_assets", "debt_ratio", "source")
    year = section.whole("year")
    is_new = not enterprise.financial_positions.filter(year=year).exists()
    with told_at(section.place):
        record_financial_position(
            enterprise=enterprise,
            year=year,
            net_assets_yuan=parse_amount(section.text("net_assets"), default_unit=Unit.YUAN),
            debt_ratio_bps=_basis_points(section, "debt_ratio"),
            source=section.text("source"),
            actor=run.actor,
            at=run.at,
        )
    run.tell(Thing.FIGURES, f"{enterprise.short_name} {year}", is_new=is_new)


def _basis_points(section: Section, key: str) -> int:
    text = section.text(key)
    match = _PERCENT.fullmatch(text)
    if match is None:
        raise section.at(key).refuse("founding_value_percent", given=text)
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
