"""Our nodes on viewflow: a person's task that knows its role and acts, a dynamic split whose join asks the record,
and tasks that belong to one place of a panel.

viewflow 2.4.0's open-source package has neither a dynamic split nor a permission check outside its stock views
(which we do not mount); both may go when it has them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.exceptions import FlowRuntimeError
from viewflow.workflow.nodes.split import SplitActivation
from viewflow.workflow.nodes.switch import SwitchActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.token import Token

from investreview.core.roles import Role
from investreview.projects.models import Case

NOBODY_HOLDS = "workflows.performs_only_through_the_engine"

RoleOf = Callable[[Case], Role]
RoleOfPlace = Callable[[Case, str], Role]


class PersonTask(nodes.View):
    """A step one person does; ``role`` (or a function of the case) says who, ``acts`` which services end it.

    Its viewflow permission is one that nobody is ever given, so that no stock view could open it to all.
    """

    def __init__(self, *, role: Role | RoleOf, acts: tuple[Callable[..., Case], ...], **kwargs: Any) -> None:
        super().__init__(view=None, **kwargs)
        self._role = role
        self.acts = {act.__name__: act for act in acts}
        self.Permission(NOBODY_HOLDS, obj=lambda process: process.case)

    def role_for(self, case: Case) -> Role:
        """The role that does this step of this case."""
        return self._role if isinstance(self._role, Role) else self._role(case)


class ForEachActivation(SplitActivation):
    """Opens the task once for each entry; a split without entries would stall silently, so it raises."""

    @Activation.status.super()
    def activate(self) -> None:
        self.entries = tuple(self.flow_task.entries(self.process.case))
        if not self.entries:
            raise FlowRuntimeError(f"{self.flow_task.name} has nobody to ask")

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        tokens = Token.split_token_source(self.task.token, self.task.pk)
        for entry in self.entries:
            yield self.flow_task.branch._create(self, next(tokens), data={"entry": entry})


class ForEach(nodes.Split):
    """A dynamic split: one task of ``branch`` for each entry that ``entries`` reads from the case."""

    activation_class = ForEachActivation

    def __init__(self, *, entries: Callable[[Case], tuple[str, ...]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.entries = entries

    @property
    def branch(self) -> PersonTask:
        """The task that is opened for each entry."""
        return self._activate_next[0][0]


class PlaceActivation(ViewActivation):
    """Hands the place it was opened for on to the next task, which viewflow's own nodes forget."""

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        yield self.flow_task._next._create(self, self.task.token, data=self.task.data)


class PlaceTask(PersonTask):
    """A step done for one place of a panel; the place decides whose step it is, and passes from task to task."""

    activation_class = PlaceActivation

    def __init__(self, *, role: RoleOfPlace | Role, acts: tuple[Callable[..., Case], ...], **kwargs: Any) -> None:
        super().__init__(role=Role.EXPERT, acts=acts, **kwargs)
        self._role_of_place = role

    def role_of_place(self, case: Case, place: str) -> Role:
        """The role that does this step for ``place`` of the case's panel."""
        return self._role_of_place if isinstance(self._role_of_place, Role) else self._role_of_place(case, place)


class PlaceSwitchActivation(SwitchActivation):
    """Chooses by the place's own record and hands the place on."""

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        yield self.next_task._create(self, self.task.token, data=self.task.data)


class PlaceSwitch(nodes.Switch):
    """A switch inside the branch of one place."""

    activation_class = PlaceSwitchActivation


class JoinActivation(nodes.join.JoinActivation):
    """Continues when no branch is open and the record says so too."""

    def is_done(self) -> bool:
        return super().is_done() and self.flow_task.is_answered(self.process.case)


class JoinOnRecord(nodes.Join):
    """A join that asks the record: ``is_answered`` must hold besides viewflow's own count of open branches."""

    activation_class = JoinActivation

    def __init__(self, *, is_answered: Callable[[Case], bool], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_answered = is_answered
