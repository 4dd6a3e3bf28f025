"""Who acts on a case: a person in their own name, a substitute in another's, or the system."""

from dataclasses import dataclass

from investreview.accounts.models import User
from investreview.core.actor import SYSTEM, Actor
from investreview.core.scope import Scope

NOBODY = Scope(user_id=0, username="", name="", grants=())


@dataclass(frozen=True)
class Acting:
    """The person, what they hold, and for whom they act (代) under which written authority."""

    user: User | None
    scope: Scope
    principal: User | None = None
    authority_number: str = ""

    @property
    def actor(self) -> Actor:
        """The same as text, for the journal."""
        if self.user is None:
            return SYSTEM
        actor = self.user.as_actor()
        if self.principal is None:
            return actor
        return Actor(id=actor.id, name=actor.name, on_behalf_of=self.principal.full_name)

    @property
    def person(self) -> User:
        """The acting person; the system is none, and no act that needs a person lets it through."""
        if self.user is None:
            raise ValueError("the system cannot do what a person must do")
        return self.user

    @property
    def person_ids(self) -> frozenset[int]:
        """Everybody whose duties count for this act: the person and, for a substitute, the principal."""
        return frozenset(person.pk for person in (self.user, self.principal) if person is not None)


SYSTEM_ACTING = Acting(user=None, scope=NOBODY)
