"""Who acted, as text that survives the account."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The acting person's id and name; ``on_behalf_of`` names the principal when a substitute acts (代)."""

    id: str
    name: str
    on_behalf_of: str = ""


SYSTEM = Actor(id="system", name="系统")
