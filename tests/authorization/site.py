"""The whole site as the tests find it: everybody signed in, every case at its station, every thing with its address."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import resolve, reverse

from investreview.accounts.mail_links import confirm_path
from investreview.accounts.models import PersonSession
from investreview.core import clock
from investreview.documents.kinds import DocumentKind, RenditionPurpose, RenditionState
from investreview.documents.models import Document, Rendition
from investreview.documents.services import make_rendition
from investreview.notices.models import Notice, SmsPickup
from investreview.notices.services import notify
from investreview.projects.models import PaperDecision, StoredFile
from tests.authorization import drafts, inbox, leader, office, pieces
from tests.authorization.canaries import Named
from tests.authorization.evaluations import found_evaluations
from tests.authorization.experts import pool_things
from tests.authorization.panel_things import named, panel_things
from tests.authorization.panels import OWNERS as PANEL_OWNERS
from tests.authorization.panels import PanelScene, play_panels
from tests.authorization.past import found_past
from tests.authorization.people import Cast, found_cast, sign_in
from tests.authorization.scenes import NOW, Scene, play
from tests.authorization.scenes import OWNERS as CASE_OWNERS
from workflows.clocks import escalate_due
from workflows.models import Stall

OWNERS = CASE_OWNERS | PANEL_OWNERS
LETTERS_AT = {"signing": "letter draft", "signed": "letter signed", "delivered": "letter delivered"}


@dataclass(repr=False)
class Site:
    """Who asks, what they may ask for, and the thing that each row of the matrix is tried on."""

    cast: Cast
    clients: dict[str, Client]
    scenes: dict[str, Scene]
    things: dict[str, dict[str, Any]]
    named: dict[str, Named]

    def __getstate__(self) -> dict[str, Any]:
        sessions = {name: client.cookies for name, client in self.clients.items()}
        return self.__dict__ | {"clients": sessions}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.clients = {name: Client() for name in state["clients"]}
        for name, client in self.clients.items():
            client.cookies = state["clients"][name]

    def address(self, route: str, thing: str) -> str:
        """The address of a route for a thing; ``thing`` may end in ``?name=value``."""
        name, _mark, query = thing.partition("?")
        url = reverse(route, kwargs=self.things[name] if name else {})
        return f"{url}?{query}" if query else url

    @property
    def numbers(self) -> dict[str, str]:
        """Case number → the name of its scene."""
        return {scene.case.number: name for name, scene in self.scenes.items()}


def found_site() -> Site:
    """Everything committed to the database at hand; the clock stands at NOW."""
    cast = found_cast()
    scenes = play(cast)
    samples = found_evaluations(cast)  # before a panel's draw is announced: one ceremony at a time
    scenes |= play_panels(cast)
    clock.reset()
    clock.start_demonstration(NOW)
    escalate_due(NOW)
    things = _cases(scenes) | _tasks(scenes) | _papers(scenes) | _people(cast) | _rules() | _notices(cast)
    things |= found_past(cast) | office.things(cast, scenes) | leader.things(cast, scenes) | samples
    things |= inbox.things(cast) | drafts.things(cast) | pieces.things(cast, scenes)
    panels = {name: scene for name, scene in scenes.items() if isinstance(scene, PanelScene)}
    things |= panel_things(panels) | pool_things()
    return Site(cast, sign_in(cast), scenes, things, {name: named(scene) for name, scene in panels.items()})


def _cases(scenes: dict[str, Scene]) -> dict[str, dict[str, Any]]:
    found = {f"case {name}": {"number": scene.case.number} for name, scene in scenes.items()}
    found["list under-way"] = {"key": "under-way"}
    found["submissions resubmitted"] = {"number": scenes["resubmitted"].case.number, "earlier": 1, "later": 2}
    return found


def _tasks(scenes: dict[str, Scene]) -> dict[str, dict[str, Any]]:
    """The step that waits at each station, and one act that can still be recalled."""
    at = {
        "release": "waiting",
        "check_completeness": "checking",
        "revise": "supplementing",
        "opinion": "proposing",
        "check": "checkstep",
        "countersign": "countersigning",
        "wording": "wording",
        "sign": "signing",
        "deferral": "deferred",
        "deliver": "signed",
        "acknowledge": "delivered",
    }
    found = {f"task {node}": {"task_id": scenes[name].item(node).task_id} for node, name in at.items()}
    process = scenes["waiting"].item("release").process
    stall = Stall.objects.create(process=process, kind=Stall.Kind.ACT_REFUSED, code="example", found_at=NOW)
    found["stall"] = {"pk": stall.pk}
    found["task recallable"] = {"task_id": scenes["checkstep"].item("opinion").task_id}
    entry = PaperDecision.objects.get(case=scenes["paper"].case)
    found["entry"] = {"entry_id": entry.pk}
    found["task on paper"] = {"task_id": entry.task_id}
    found["file scan"] = {"file_id": entry.scan_id}
    return found


def _papers(scenes: dict[str, Scene]) -> dict[str, dict[str, Any]]:
    """Documents, PDFs and files by whose they are."""
    found: dict[str, dict[str, Any]] = {}
    for name, thing in LETTERS_AT.items():
        letter = Document.objects.get(pk=scenes[name].case.letter_id)
        found[thing] = {"pk": letter.pk}
        found[f"pdf of {thing}"] = {"pk": _rendered(letter).pk}
    delivered = Document.objects.get(pk=scenes["delivered"].case.letter_id)
    found["original"] = {"pk": delivered.pk, "original_id": delivered.sealed_originals.get().pk}
    found["sheet"] = {"pk": _document(scenes["signing"], DocumentKind.APPROVAL_SHEET).pk}
    receipt = _document(scenes["checkstep"], DocumentKind.ACCEPTANCE_RECEIPT)
    found |= {"receipt": {"pk": receipt.pk}, "pdf of receipt": {"pk": _rendered(receipt).pk}}
    failed = _document(scenes["proposing"], DocumentKind.ACCEPTANCE_RECEIPT).renditions.get()
    Rendition.objects.filter(pk=failed.pk).update(state=RenditionState.FAILED, error="example", attempts=5)
    found["pdf failed"] = {"pk": failed.pk}
    for name in ("draft", "checking", "signing"):
        case = scenes[name].case
        stored = StoredFile.objects.filter(case=case, name__startswith=scenes[name].word("file")).get()
        found[f"file {name}"] = {"file_id": stored.pk}
    return found


def _document(scene: Scene, kind: DocumentKind) -> Document:
    return Document.objects.get(subject_key=scene.case.number, kind=kind)


def _rendered(document: Document) -> Rendition:
    """The PDF that the worker would have made: the issued text, or the draft."""
    rendition = document.renditions.order_by("-purpose", "-pk")[0]
    assert (rendition.purpose == RenditionPurpose.SYSTEM_COPY) == (document.issued_version_id is not None)
    return make_rendition(rendition.pk, at=NOW)


def _people(cast: Cast) -> dict[str, dict[str, Any]]:
    officer2 = cast.user("officer2")
    assert cast.waiting is not None
    assert cast.substitution is not None
    session = PersonSession.objects.create(
        user=cast.user("sub_drafter"), session_key="authorization", began_at=NOW, seen_at=NOW
    )
    asking = cast.user("officer3")
    asking.new_email, asking.new_email_asked_at = "neu3@example.cn", NOW
    asking.save()
    return {
        "session": {"pk": session.pk},
        "mail link": resolve(confirm_path(asking)).kwargs,
        "dead mail link": {"key": "MQ", "token": "x-1"},
        "person": {"pk": officer2.pk},
        "role": {"pk": officer2.memberships.get().pk},
        "grant to confirm": {"pk": cast.waiting.pk},
        "substitution": {"pk": cast.substitution.pk},
    }


def _rules() -> dict[str, dict[str, Any]]:
    return {
        "rules in force": {"code": "2024-1"},
        "paragraph in force": {"code": "2024-1", "key": "§3.6"},
    }


def _notices(cast: Cast) -> dict[str, dict[str, Any]]:
    """One notice that was read by nobody yet, and one whose mail failed for good."""
    drafter = cast.user("sub_drafter")
    notify(users=[drafter], text="请办理。", url="/", dedupe_key="authorization", at=NOW)
    notice = Notice.objects.get(dedupe_key="authorization")
    failed = Notice.objects.filter(user=cast.user("head")).latest("pk")
    Notice.objects.filter(pk=failed.pk).update(mail_state=Notice.Mail.FAILED, mail_error="example")
    officer, keeper = cast.user("officer"), cast.user("system_admin")
    notify(users=[drafter], text="请答复。", url="/", dedupe_key="sent", at=NOW, sent_by=officer)
    sent = Notice.objects.get(dedupe_key="sent")
    picked = SmsPickup.objects.create(
        commission=keeper.commission, picked_by=keeper, picked_at=NOW, message_count=0, content=""
    )
    return {
        "notice": {"pk": notice.pk},
        "mail failed": {"pk": failed.pk},
        "mail sent": {"pk": sent.pk},
        "sms file": {"pk": picked.pk},
    }
