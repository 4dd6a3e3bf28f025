from datetime import date

import pytest

from investreview.accounts.names import normalise_username
from investreview.accounts.rules import (
    ROLES_OF_KIND,
    require_office_suits,
    require_period_suits,
    require_place_suits,
    require_role_suits,
)
from investreview.core.errors import Invalid
from investreview.core.roles import Role

TODAY = date(2024, 8, 7)
KINDS = {
    "ENTERPRISE": {"ENTERPRISE_DRAFTER", "ENTERPRISE_RELEASER"},
    "STAFF": {
        "CASE_OFFICER",
        "OFFICE_HEAD",
        "COUNTERSIGNER",
        "DOCUMENT_OFFICER",
        "DEPUTY_DIRECTOR",
        "DIRECTOR",
        "DRAW_OPERATOR",
        "DRAW_SUPERVISOR",
        "PANEL_SECRETARY",
        "POOL_KEEPER",
        "EVALUATION_OFFICER",
        "RULE_KEEPER",
        "ARCHIVIST",
    },
    "AUDITOR": {"AUDITOR"},
    "ADMIN": {"SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDIT_ADMIN"},
    "EXPERT": set(),
}


def refused(check: object, **facts: object) -> str:
    with pytest.raises(Invalid) as caught:
        check(**facts)  # type: ignore[operator]
    return caught.value.code


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(KINDS))
def test_role_suits_exactly_one_kind_of_account(kind: str, role: Role) -> None:
    if role.value in KINDS[kind]:
        require_role_suits(kind=kind, is_seconded=False, role=role)
    else:
        assert refused(require_role_suits, kind=kind, is_seconded=False, role=role) == "accounts_role_unsuited"


def test_every_role_but_the_experts_has_a_kind() -> None:
    assert {role for roles in ROLES_OF_KIND.values() for role in roles} == set(Role) - {Role.EXPERT}


@pytest.mark.parametrize("role", sorted(KINDS["STAFF"]))
def test_seconded_staff_hold_every_role_but_the_signing_ones(role: str) -> None:
    if role in ("DEPUTY_DIRECTOR", "DIRECTOR"):
        code = refused(require_role_suits, kind="STAFF", is_seconded=True, role=Role(role))
        assert code == "accounts_seconded_never_sign"
    else:
        require_role_suits(kind="STAFF", is_seconded=True, role=Role(role))


@pytest.mark.parametrize("role", list(Role))
def test_only_a_countersigner_names_an_office(role: Role) -> None:
    needs = role == Role.COUNTERSIGNER
    require_office_suits(role=role, office="CW" if needs else "")
    expected = "accounts_office_missing" if needs else "accounts_office_unsuited"
    assert refused(require_office_suits, role=role, office="" if needs else "CW") == expected


@pytest.mark.parametrize(
    ("role", "first", "last", "expected"),
    [
        (Role.DIRECTOR, TODAY, None, ""),
        (Role.DIRECTOR, TODAY, TODAY, ""),
        (Role.DIRECTOR, date(2024, 8, 6), None, "accounts_period_past"),
        (Role.DIRECTOR, date(2024, 8, 8), TODAY, "accounts_period_reversed"),
        (Role.AUDITOR, TODAY, None, "accounts_period_missing"),
        (Role.AUDITOR, TODAY, date(2025, 8, 7), ""),
        (Role.SECURITY_ADMIN, TODAY, None, ""),
        (Role.SECURITY_ADMIN, TODAY, TODAY, "accounts_period_unsuited"),
    ],
)
def test_period_suits_the_role(role: Role, first: date, last: date | None, expected: str) -> None:
    facts = {"role": role, "valid_from": first, "valid_until": last, "today": TODAY}
    if expected:
        assert refused(require_period_suits, **facts) == expected
    else:
        require_period_suits(**facts)


@pytest.mark.parametrize(
    ("role", "own", "path", "tier", "expected"),
    [
        (Role.ENTERPRISE_DRAFTER, "LYG/0001/", "LYG/0001/", 1, ""),
        (Role.ENTERPRISE_DRAFTER, "LYG/0001/", "LYG/0001/0001/", 2, ""),
        (Role.ENTERPRISE_DRAFTER, "LYG/0001/0001/", "LYG/0001/0001/", 2, ""),
        (Role.ENTERPRISE_DRAFTER, "LYG/0001/0001/", "LYG/0001/0002/", 2, "accounts_body_of_others"),
        (Role.ENTERPRISE_DRAFTER, "LYG/0001/0001/", "LYG/0001/", 1, "accounts_body_of_others"),
        (Role.ENTERPRISE_DRAFTER, "LYG/0001/", "LYG/0002/", 1, "accounts_body_of_others"),
        (Role.ENTERPRISE_DRAFTER, "LYG/0001/", "LYG/", 0, "accounts_body_unsuited"),
        (Role.ENTERPRISE_RELEASER, "LYG/0001/", "LYG/0001/", 1, ""),
        (Role.ENTERPRISE_RELEASER, "LYG/0001/", "LYG/0001/0001/", 2, "accounts_release_by_group_only"),
        (Role.CASE_OFFICER, "LYG/", "LYG/", 0, ""),
        (Role.CASE_OFFICER, "LYG/", "LYG/0001/", 1, "accounts_body_unsuited"),
        (Role.CASE_OFFICER, "LYG/", "XZ/", 0, "accounts_body_of_others"),
        (Role.SYSTEM_ADMIN, "LYG/", "LYG/0001/", 1, "accounts_body_unsuited"),
        (Role.AUDITOR, "LYG/", "LYG/", 0, ""),
        (Role.AUDITOR, "LYG/", "LYG/0001/0002/", 2, ""),
        (Role.AUDITOR, "LYG/", "XZ/0001/", 1, "accounts_body_of_others"),
    ],
)
def test_place_suits_the_person(role: Role, own: str, path: str, tier: int, expected: str) -> None:
    facts = {"role": role, "own_path": own, "path": path, "tier": tier}
    if expected:
        assert refused(require_place_suits, **facts) == expected
    else:
        require_place_suits(**facts)


@pytest.mark.parametrize(
    "typed", ["admin", "ADMIN", " Admin ", "ａｄｍｉｎ", "ＡＤＭＩＮ", "\u3000Ａdmin\u3000", "ᴬdmin"]
)
def test_normalise_username_knows_one_spelling(typed: str) -> None:
    assert normalise_username(typed) == "admin"


@pytest.mark.parametrize("typed", ["", "STRASSE", "straße", "İ", "ﬃ", "Ⅷ", "王×"])
def test_normalise_username_twice_is_once(typed: str) -> None:
    once = normalise_username(typed)
    assert normalise_username(once) == once
