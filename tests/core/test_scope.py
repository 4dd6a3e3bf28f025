import pytest

from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Grant, Scope

SCOPE = Scope(
    user_id=7,
    username="wang",
    name="王××（示例）",
    grants=(
        Grant(Role.CASE_OFFICER, "LYG/"),
        Grant(Role.COUNTERSIGNER, "LYG/", "LAW"),
        Grant(Role.ENTERPRISE_DRAFTER, "GY/0003/0007/"),
    ),
)


@pytest.mark.parametrize(
    ("role", "path", "expected"),
    [
        (Role.CASE_OFFICER, "LYG/", True),
        (Role.CASE_OFFICER, "LYG/0003/0007/", True),
        (Role.CASE_OFFICER, "GY/", False),
        (Role.CASE_OFFICER, "LYG", False),
        (Role.OFFICE_HEAD, "LYG/", False),
        (Role.ENTERPRISE_DRAFTER, "GY/0003/0007/", True),
        (Role.ENTERPRISE_DRAFTER, "GY/0003/", False),
        (Role.ENTERPRISE_DRAFTER, "GY/0003/0008/", False),
        (Role.ENTERPRISE_DRAFTER, "GY/0003/00070/", False),
    ],
)
def test_holds_reaches_down_never_sideways_or_up(role: Role, path: str, expected: bool) -> None:
    assert SCOPE.holds(role, path) is expected


@pytest.mark.parametrize(
    ("role", "office", "expected"),
    [
        (Role.COUNTERSIGNER, None, True),
        (Role.COUNTERSIGNER, "LAW", True),
        (Role.COUNTERSIGNER, "FINANCE", False),
        (Role.CASE_OFFICER, "FINANCE", True),
    ],
)
def test_holds_of_an_office_is_for_that_office_or_for_none(role: Role, office: str | None, expected: bool) -> None:
    assert SCOPE.holds(role, "LYG/0003/", office) is expected


@pytest.mark.parametrize(("path", "expected"), [("GY/0003/0007/", True), ("GY/0003/", False), ("LYG/0003/", False)])
def test_holds_any_of_several_roles(path: str, expected: bool) -> None:
    assert SCOPE.holds_any(ENTERPRISE_ROLES, path) is expected


def test_paths_for_names_each_body_once() -> None:
    assert SCOPE.paths_for(Role.CASE_OFFICER, Role.COUNTERSIGNER) == ("LYG/",)


def test_roles_on_a_body_are_those_that_reach_it() -> None:
    assert SCOPE.roles_on("LYG/0003/") == {Role.CASE_OFFICER, Role.COUNTERSIGNER}


@pytest.mark.parametrize(("path", "expected"), [("LYG/0003/", True), ("GY/0003/0007/", True), ("GY/0003/", False)])
def test_covers_says_whether_any_role_reaches(path: str, expected: bool) -> None:
    assert SCOPE.covers(path) is expected


def test_scope_names_its_roles_and_commissions() -> None:
    assert (SCOPE.roles, SCOPE.commission_codes) == (
        {Role.CASE_OFFICER, Role.COUNTERSIGNER, Role.ENTERPRISE_DRAFTER},
        ("GY", "LYG"),
    )
