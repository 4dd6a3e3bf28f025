"""The three administrators and, where the file names them, other people. An account that exists is never changed."""

from investreview.accounts.models import User
from investreview.accounts.names import normalise_username
from investreview.accounts.services import NewUser, RoleOffer, found_role, found_user
from investreview.core.clock import legal_date
from investreview.core.roles import ADMIN_ROLES, Role
from investreview.desk.founding.reading import Section
from investreview.desk.founding.telling import Run, Thing, require_same, told_at
from investreview.registry.models import Commission, Enterprise, Office


def the_administrators(section: Section, commission: Commission, run: Run) -> None:
    """Three accounts, one for each administration (三员分立)."""
    entries = list(section.sections("administrators"))
    for each in entries:
        each.only("role", "username", "full_name", "phone", "email")
        role = each.choice("role", Role)
        if role not in ADMIN_ROLES or role in run.administrators:
            raise each.at("role").refuse("founding_three_administrators")
        user = _account(each, commission, User.Kind.ADMIN, None, None, run)
        if user.username in run.one_time_passwords:
            _role(each, user, RoleOffer(role, commission, legal_date(run.at)), run)
        run.administrators[role] = user
    if run.administrators.keys() != ADMIN_ROLES:
        raise section.at("administrators").refuse("founding_three_administrators")


def a_person(section: Section, commission: Commission, run: Run) -> None:
    """The person of the file has an account and, if it is new, the roles named."""
    section.only("username", "full_name", "kind", "phone", "email", "enterprise", "office", "is_seconded", "roles")
    enterprise = _enterprise(section, "enterprise", commission)
    office = _office(section, commission)
    user = _account(section, commission, section.choice("kind", User.Kind), enterprise, office, run)
    for each in section.sections("roles"):
        each.only("role", "enterprise", "office", "valid_from", "valid_until")
        offer = RoleOffer(
            role=each.choice("role", Role),
            body=_enterprise(each, "enterprise", commission) or user.enterprise or commission,
            valid_from=each.optional_day("valid_from") or legal_date(run.at),
            valid_until=each.optional_day("valid_until"),
            office=_office(each, commission),
        )
        if user.username in run.one_time_passwords:
            _role(each, user, offer, run)


def _account(
    section: Section,
    commission: Commission,
    kind: User.Kind,
    enterprise: Enterprise | None,
    office: Office | None,
    run: Run,
) -> User:
    username = normalise_username(section.text("username"))
    stored = User.objects.select_related("enterprise").filter(username=username).first()
    if stored is not None:
        require_same(section.at("username"), stored=stored.commission_id, written=commission.pk)
        require_same(section.place, stored=stored.kind, written=kind.value)
        require_same(section.at("full_name"), stored=stored.full_name, written=section.text("full_name"))
        require_same(section.at("enterprise"), stored=stored.enterprise, written=enterprise)
        run.tell(Thing.PERSON, f"{username} {stored.full_name}", is_new=False)
        return stored
    password = run.draw_password()
    new = NewUser(
        username=username,
        full_name=section.text("full_name"),
        kind=kind,
        phone=section.optional_text("phone"),
        email=section.optional_text("email"),
        enterprise=enterprise,
        office=office,
        is_seconded=section.flag("is_seconded"),
    )
    with told_at(section.place):
        user = found_user(commission=commission, new=new, one_time_password=password, actor=run.actor, at=run.at)
    run.one_time_passwords[user.username] = password
    run.tell(Thing.PERSON, f"{username} {user.full_name}", is_new=True)
    return user


def _role(section: Section, user: User, offer: RoleOffer, run: Run) -> None:
    with told_at(section.place):
        found_role(user=user, offer=offer, actor=run.actor, at=run.at)
    run.tell(Thing.ROLE, f"{user.username} {offer.role.value} {offer.body.path}", is_new=True)


def _enterprise(section: Section, key: str, commission: Commission) -> Enterprise | None:
    short_name = section.optional_text(key)
    if not short_name:
        return None
    found = Enterprise.objects.filter(commission=commission, short_name=short_name, dissolved_on__isnull=True).first()
    if found is None:
        raise section.at(key).refuse("founding_body_unknown", given=short_name)
    return found


def _office(section: Section, commission: Commission) -> Office | None:
    code = section.optional_text("office")
    if not code:
        return None
    found = commission.offices.filter(code=code).first()
    if found is None:
        raise section.at("office").refuse("founding_body_unknown", given=code)
    return found
