from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from investreview.accounts.models import Substitution, User
from investreview.accounts.selectors import substitutions_for
from investreview.accounts.services import Authority, deactivate_user, end_substitution, record_substitution
from investreview.accounts.substitution_forms import ROUTES
from investreview.core.errors import DomainError, Forbidden, Invalid
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.subject import Subject
from investreview.journal.selectors import entries_of
from investreview.registry.models import Commission
from investreview.rulebook.routing import Route
from tests.accounts.factories import HELD_ROLES, give_role, make_holder, make_person
from tests.registry.factories import AT, make_commission, make_enterprise

pytestmark = pytest.mark.django_db

TODAY = date(2024, 8, 7)
LATER = AT + timedelta(days=1)


@pytest.fixture
def head(commission: Commission) -> User:
    return make_holder(Role.OFFICE_HEAD, commission)


def authority(**changes: object) -> Authority:
    values: dict[str, object] = {
        "number": "连国资授〔2024〕1号（示例）",
        "role": Role.OFFICE_HEAD,
        "path": "LYG/",
        "valid_from": TODAY,
        "valid_until": TODAY + timedelta(days=10),
    }
    return Authority(**values | changes)  # type: ignore[arg-type]


def test_routes_of_the_form_are_routes_of_the_rule_book() -> None:
    desks = {route.value for route in Route} - {Route.BLOCKED.value, Route.ENTERPRISE_DECIDES.value}
    assert {code for code, _label in ROUTES} == desks


@pytest.mark.parametrize(("day", "is_in_force"), [(-1, False), (0, True), (10, True), (11, False)])
def test_substitution_is_in_force_from_its_first_day_to_its_last(
    day: int, is_in_force: bool, commission: Commission, security_admin: User, head: User
) -> None:
    substitute = make_person(commission)
    recorded = record_substitution(
        principal=head,
        substitute=substitute,
        authority=authority(max_amount_yuan=Decimal("30000000.00"), routes=("FILING", "FILING")),
        by=security_admin,
        at=AT,
    )
    found = substitutions_for(substitute, AT + timedelta(days=day))
    assert found == ([recorded] if is_in_force else [])
    assert (recorded.routes, recorded.max_amount_yuan) == (["FILING"], Decimal("30000000.00"))
    assert substitutions_for(head, AT) == []


def test_record_substitution_sent_again_is_one_record(commission: Commission, security_admin: User, head: User) -> None:
    substitute = make_person(commission)

    def record(**changes: object) -> Substitution:
        return record_substitution(
            principal=head, substitute=substitute, authority=authority(**changes), by=security_admin, at=AT
        )

    assert {record().pk for _click in range(8)} == {Substitution.objects.get().pk}
    assert [entry.verb for entry in entries_of(Subject("user", substitute.username))].count("substitution.record") == 1
    others = {record(number="2号").pk, record(routes=("FILING",)).pk, record(max_amount_yuan=Decimal(1)).pk}
    assert len(others) == 3
    end_substitution(substitution=Substitution.objects.earliest("pk"), by=security_admin, at=AT)
    assert record().pk not in others and Substitution.objects.count() == 5


def test_substitutions_for_takes_one_query(
    commission: Commission, security_admin: User, head: User, django_assert_num_queries
) -> None:
    substitute = make_person(commission)
    for number in ("1", "2", "3"):
        record_substitution(
            principal=head, substitute=substitute, authority=authority(number=number), by=security_admin, at=AT
        )
        with django_assert_num_queries(1):
            assert {each.principal.full_name for each in substitutions_for(substitute, AT)} == {head.full_name}


@pytest.mark.parametrize("who", ["principal", "substitute"])
def test_substitution_ends_with_the_account(who: str, commission: Commission, security_admin: User, head: User) -> None:
    people = {"principal": head, "substitute": make_person(commission)}
    record_substitution(**people, authority=authority(), by=security_admin, at=AT)
    deactivate_user(user=people[who], reason="调离（示例）", by=security_admin, at=LATER)
    assert substitutions_for(people["substitute"], LATER) == []
    assert Substitution.objects.get().ended_by == security_admin


def test_end_substitution_ends_it_at_once(commission: Commission, security_admin: User, head: User) -> None:
    substitute = make_person(commission)
    recorded = record_substitution(
        principal=head, substitute=substitute, authority=authority(), by=security_admin, at=AT
    )
    with pytest.raises(Forbidden):
        end_substitution(substitution=recorded, by=head, at=LATER)
    end_substitution(substitution=recorded, by=security_admin, at=LATER)
    assert substitutions_for(substitute, LATER) == []
    with pytest.raises(Invalid):
        end_substitution(substitution=recorded, by=security_admin, at=LATER)
    verbs = [entry.verb for entry in entries_of(Subject("user", substitute.username))]
    assert verbs == ["user.create", "substitution.record", "substitution.end"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": Role.DIRECTOR}, "accounts_principal_lacks_role"),
        ({"path": "XZ/"}, "accounts_principal_lacks_role"),
        ({"role": Role.SECURITY_ADMIN}, "accounts_role_not_substituted"),
        ({"role": Role.AUDITOR}, "accounts_role_not_substituted"),
        ({"role": Role.ENTERPRISE_DRAFTER}, "accounts_role_unsuited"),
        ({"valid_from": TODAY - timedelta(days=1)}, "accounts_period_past"),
        ({"valid_until": TODAY - timedelta(days=1)}, "accounts_period_reversed"),
        ({"max_amount_yuan": Decimal(0)}, "accounts_substitution_amount"),
        ({"routes": ("filing",)}, "accounts_substitution_route"),
        ({"number": " "}, "text_empty"),
    ],
)
def test_record_substitution_beyond_the_rules_is_refused(
    changes: dict[str, object], code: str, commission: Commission, security_admin: User, head: User
) -> None:
    with pytest.raises(DomainError) as refused:
        record_substitution(
            principal=head, substitute=make_person(commission), authority=authority(**changes), by=security_admin, at=AT
        )
    assert refused.value.code == code
    assert not Substitution.objects.exists()


def test_record_substitution_of_people_who_cannot_is_refused(
    commission: Commission, security_admin: User, head: User
) -> None:
    inactive, stranger = make_person(commission), make_person(make_commission("XZ"))
    deactivate_user(user=inactive, reason="调离（示例）", by=security_admin, at=AT)
    director = make_holder(Role.DIRECTOR, commission)
    signing = authority(role=Role.DIRECTOR)
    for principal, substitute, written, code in (
        (head, head, authority(), "accounts_substitute_is_principal"),
        (head, inactive, authority(), "accounts_inactive"),
        (head, stranger, authority(), "accounts_substitute_of_others"),
        (director, make_person(commission, is_seconded=True), signing, "accounts_seconded_never_sign"),
        (director, make_person(commission, User.Kind.ADMIN), signing, "accounts_role_unsuited"),
    ):
        with pytest.raises(Invalid) as refused:
            record_substitution(principal=principal, substitute=substitute, authority=written, by=security_admin, at=AT)
        assert refused.value.code == code


def test_record_substitution_stays_within_the_group(commission: Commission, security_admin: User) -> None:
    group, other = make_enterprise(commission), make_enterprise(commission)
    releaser = make_holder(Role.ENTERPRISE_RELEASER, group)
    written = authority(role=Role.ENTERPRISE_RELEASER, path=group.path)
    within = make_person(make_enterprise(commission, parent=group), User.Kind.ENTERPRISE)
    outside = make_person(other, User.Kind.ENTERPRISE)
    assert record_substitution(principal=releaser, substitute=within, authority=written, by=security_admin, at=AT).pk
    with pytest.raises(Invalid) as refused:
        record_substitution(principal=releaser, substitute=outside, authority=written, by=security_admin, at=AT)
    assert refused.value.code == "accounts_substitute_of_others"


@pytest.mark.parametrize("role", [role for role in HELD_ROLES if role != Role.COUNTERSIGNER])
def test_record_substitution_is_for_the_security_administrator_only(role: Role, commission: Commission) -> None:
    body = make_enterprise(commission) if role in ENTERPRISE_ROLES else commission
    by, principal, substitute = make_holder(role, body), make_person(commission), make_person(commission)
    give_role(principal, Role.OFFICE_HEAD, commission)
    people = {"principal": principal, "substitute": substitute}
    if role == Role.SECURITY_ADMIN:
        assert record_substitution(**people, authority=authority(), by=by, at=AT).recorded_by == by
        return
    with pytest.raises(Forbidden) as refused:
        record_substitution(**people, authority=authority(), by=by, at=AT)
    assert refused.value.code == "accounts_security_admin_only"


def test_record_substitution_by_a_participant_is_refused(
    commission: Commission, security_admin: User, head: User
) -> None:
    with pytest.raises(Forbidden) as refused:
        record_substitution(principal=head, substitute=security_admin, authority=authority(), by=security_admin, at=AT)
    assert refused.value.code == "accounts_not_oneself"


@pytest.mark.parametrize(
    ("changes", "is_right"),
    [
        ({}, True),
        ({"substitute": "principal"}, False),
        ({"recorded_by": "substitute"}, False),
        ({"recorded_by": "principal"}, False),
        ({"authority_number": ""}, False),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
        ({"max_amount_yuan": Decimal("0.01")}, True),
        ({"max_amount_yuan": Decimal(0)}, False),
        ({"ended_at": AT}, False),
        ({"substitute_is_seconded": True}, True),
        ({"substitute_is_seconded": True, "role": Role.DIRECTOR}, False),
        ({"substitute_is_seconded": True, "role": Role.DEPUTY_DIRECTOR}, False),
    ],
)
def test_database_knows_what_an_authority_is(
    changes: dict[str, object], is_right: bool, commission: Commission
) -> None:
    people = {name: make_person(commission) for name in ("principal", "substitute", "recorded_by")}
    values: dict[str, object] = {
        "substitute_is_seconded": False,
        "role": Role.OFFICE_HEAD,
        "path": "LYG/",
        "valid_from": TODAY,
        "valid_until": TODAY,
        "authority_number": "1",
        "recorded_at": AT,
    }
    for name, value in (people | values | changes).items():
        values[name] = people.get(value, value) if isinstance(value, str) else value
    if is_right:
        assert Substitution.objects.create(**values).pk
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.create(**values)
