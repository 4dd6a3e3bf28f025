"""What the pages of post-evaluation share."""

from collections.abc import Callable

from django import forms

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import DomainError, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.evaluations.frame import frame_of
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.permissions import OFFICER, with_lent_steps
from investreview.evaluations.selectors.years import YearPage, year_page
from investreview.projects.acting import Acting
from investreview.projects.forms.placing import place
from investreview.projects.permissions import acting_as
from investreview.registry.models import Commission


def acting_in(request: ScopedRequest, role: Role, path: str) -> Acting:
    """The signed-in person in ``role``, or as its substitute. Raises: Forbidden (projects_role_missing)."""
    return acting_as(user=request.user, role=role, path=path, at=clock.now())


def preparing(request: ScopedRequest) -> Scope:
    """What the signed-in person holds, and the officer's role where it is lent to them: preparing may be lent."""
    return with_lent_steps(request.user, request.scope, clock.now(), roles=frozenset({OFFICER}))


def own_acting(request: ScopedRequest) -> Acting:
    """The signed-in person in their own name: at a ceremony nobody is stood in for."""
    return Acting(user=request.user, scope=request.scope)


def own_commission(request: ScopedRequest) -> Commission:
    """The commission of the person who asks. Raises: NotVisible (evaluations_year_not_visible)."""
    if request.user.commission is None:
        raise NotVisible("evaluations_year_not_visible")
    return request.user.commission


def page_of(scope: Scope, year: EvaluationYear) -> YearPage:
    """The year with its frame as it stands today."""
    today = clock.today()
    return year_page(scope, year, frame_of(year, today), today)


def show(form: forms.Form, error: DomainError) -> None:
    """The error stands beside its field, a fault of an upload beside the upload, or above the form."""
    place(form, error, field="sealed" if error.code.startswith("file_") else None)


def carried_out(form: forms.Form, act: Callable[[], object], **fields: str) -> bool:
    """Whether the form was good and the act is done; a refusal stands in the form, and nothing was done.

    ``fields`` tells the form's own name of a field that the act calls otherwise.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as error:
        error.field = fields.get(error.field or "", error.field)
        show(form, error)
        return False
    return True
