"""Pages as people use them: open a task, read its hidden fields, type, submit."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.models import DemonstrationClock
from investreview.demo.files import sample_pdf
from investreview.documents.models import Document
from investreview.journal.models import Entry
from investreview.projects.models import Case, Opinion
from tests.states import kept
from workflows.models import WorkItem


def set_time(at: datetime) -> None:
    """It is ``at`` for every page from now on; a state taken up from a copy has run on since it was built."""
    kept(lambda: _start(at), "it is", at)
    clock.reset()


def _start(at: datetime) -> None:
    DemonstrationClock.objects.all().delete()
    clock.reset()
    clock.start_demonstration(at)


def signed_in(user: User) -> Client:
    """A browser in which ``user`` has signed in."""
    client = Client()
    client.force_login(user)
    return client


def item_of(case: Case, node: str, office: str = "") -> WorkItem:
    """The open step of a case."""
    item: WorkItem = WorkItem.objects.get(case=case, node=node, office=office, state=WorkItem.State.OPEN)
    return item


def address(case: Case, node: str, office: str = "") -> str:
    """Where the task's page is."""
    return f"/tasks/{item_of(case, node, office).task_id}/"


def hidden(page: Any, act: str) -> dict[str, str]:
    """What the page's form of ``act`` carries hidden, as a browser would send it."""
    panel = next(one for one in page.context["panels"] if one.act.name == act)
    fields = [*panel.envelope, *(bound for bound in panel.form if bound.is_hidden)]
    return {bound.html_name: str(bound.value()) for bound in fields}


def submit(user: User, url: str, act: str, **typed: Any) -> Any:
    """The person opens the task and submits one act."""
    client = signed_in(user)
    page = client.get(url)
    assert page.status_code == 200, page.content.decode()[:3000]
    return client.post(url, {**hidden(page, act), **typed})


def scan(name: str = "签批件（示例）.pdf") -> SimpleUploadedFile:
    """A scan as the office has it."""
    return SimpleUploadedFile(name, sample_pdf("签批件（示例）"), content_type="application/pdf")


def footprint(case: Case) -> tuple[object, ...]:
    """Everything that an act on the case would change."""
    present = Case.objects.get(pk=case.pk)
    return (
        present.state,
        present.version,
        present.chain_position,
        Opinion.objects.filter(case=case).count(),
        Entry.objects.filter(subject_key=case.number).exclude(chain__endswith=":access").count(),
        Document.objects.filter(subject_key=case.number).count(),
        sorted(WorkItem.objects.filter(case=case).values_list("node", "state", "assignee")),
    )
