"""How far a person reaches: roles on bodies, bodies as comparable paths.

Every body has one text path whose parts end in "/": the commission is ``LYG/``, a group ``LYG/0003/``, its
subsidiary ``LYG/0003/0007/``. A grant reaches its body and everything below, never sideways or up.
"""

from dataclasses import dataclass

from investreview.core.roles import Role


@dataclass(frozen=True)
class Grant:
    """One role on one body; ``office`` names the office of a countersigner, else it is empty."""

    role: Role
    path: str
    office: str = ""


@dataclass(frozen=True)
class Scope:
    """A person and everything they hold at one moment; selectors and permissions read nothing else of them."""

    user_id: int
    username: str
    name: str
    grants: tuple[Grant, ...]

    def holds(self, role: Role, path: str, office: str | None = None) -> bool:
        """Whether some grant of ``role`` reaches ``path`` (and, where asked, belongs to ``office`` or to none)."""
        return any(
            grant.role == role and path.startswith(grant.path) and (office is None or grant.office in ("", office))
            for grant in self.grants
        )

    def holds_any(self, roles: frozenset[Role], path: str) -> bool:
        """Whether one of ``roles`` is held on ``path``."""
        return any(grant.role in roles and path.startswith(grant.path) for grant in self.grants)

    def paths_for(self, *roles: Role) -> tuple[str, ...]:
        """The bodies on which one of ``roles`` is held, each once, in order."""
        return tuple(sorted({grant.path for grant in self.grants if grant.role in roles}))

    def roles_on(self, path: str) -> frozenset[Role]:
        """The roles that reach ``path``."""
        return frozenset(grant.role for grant in self.grants if path.startswith(grant.path))

    def covers(self, path: str) -> bool:
        """Whether any role reaches ``path``."""
        return any(path.startswith(grant.path) for grant in self.grants)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def commission_codes(self) -> tuple[str, ...]:
        """The commissions this person has to do with, by code."""
        return tuple(sorted({grant.path.split("/", 1)[0] for grant in self.grants}))

    def commissions_where(self, *roles: Role) -> tuple[str, ...]:
        """The codes of the commissions on which, as a whole, this person has one of the roles."""
        return tuple(sorted({path.rstrip("/") for path in self.paths_for(*roles) if path.count("/") == 1}))
