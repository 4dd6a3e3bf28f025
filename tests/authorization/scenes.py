"""Cases at every station, each full of canaries, brought there by the people whose work it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any, ClassVar

from investreview.accounts.models import User
from investreview.core.clock import SHANGHAI
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.projects.models import Case
from investreview.projects.services import checking, countersigning, deciding, proposing, signing
from investreview.projects.services.contacts import add_phone_note, register_incoming_paper
from investreview.projects.services.drafts import discard_draft
from investreview.projects.services.forms import approval_sheet_code
from investreview.projects.services.materials import upload_material
from investreview.projects.services.paper import enter_paper_decision
from tests.authorization.canaries import Owner, canary
from tests.authorization.people import Cast
from tests.world import World, wanted
from workflows.models import WorkItem

FIRST_DAY = datetime(2024, 7, 1, 9, tzinfo=SHANGHAI)
NOW = datetime(2024, 7, 4, 9, tzinfo=SHANGHAI)
DAY = date(2024, 7, 4)
FREE_SLOT = "M20"


@dataclass
class Scene:
    """One case that stands still where the tests need it, with its steps in the hands of its people."""

    name: str
    world: World
    body: str = "sub"
    at: datetime = FIRST_DAY
    case: Case = field(init=False)
    yuan: ClassVar[str] = "18600000.00"

    def __post_init__(self) -> None:
        name, summary = f"{self.word('name')}改造项目", self.word("fact")
        plan = wanted(self.world, body=self.body, name=name, yuan=self.yuan, summary=summary)
        self.case = hands.draft(plan, self.drafter, f"{self.world.commission.code}-{self.name}", self.at)

    def word(self, kind: str) -> str:
        """The canary of this case in one kind of content."""
        return canary(self.name, kind)

    @property
    def drafter(self) -> User:
        return self.world.people[f"{self.body}_drafter"]

    @property
    def releaser(self) -> User:
        return self.world.people["other_releaser" if self.body == "other" else "group_releaser"]

    def later(self) -> datetime:
        """An hour after the step before."""
        self.at += timedelta(hours=1)
        return self.at

    def item(self, node: str) -> WorkItem:
        """The newest step of this name, open or done."""
        found: WorkItem = WorkItem.objects.filter(case=self.case, node=node).latest("pk")
        return found

    def act(self, node: str, who: str, service: Callable[..., Case], **facts: Any) -> None:
        hands.act(self.case, node, self.world.people[who], service, self.later(), **facts)

    def gathered(self) -> None:
        hands.gather_materials(self.case, self.drafter, self.later())
        upload_material(
            acting=hands.acting(self.drafter, self.at),
            case_id=self.case.pk,
            slot=FREE_SLOT,
            file=BytesIO(sample_pdf("演示")),
            name=f"{self.word('file')}.pdf",
            mark="INTERNAL",
            at=self.at,
        )

    def waiting(self) -> None:
        self.gathered()
        hands.hand_over(self.case, self.drafter, self.later())

    def discarded(self) -> None:
        me = hands.acting(self.drafter, self.later())
        discard_draft(acting=me, case_id=self.case.pk, version=hands.fresh(self.case).version, at=self.at)

    def checking(self) -> None:
        self.waiting()
        hands.release(self.case, self.releaser, self.later())
        clerk = hands.acting(self.world.officer, self.later())
        said = {"with_whom": "集团", "text": self.word("phone"), "promised": ""}
        add_phone_note(acting=clerk, case_id=self.case.pk, at=self.at, **said)
        register_incoming_paper(
            acting=clerk,
            case_id=self.case.pk,
            sender_number=self.word("sender"),
            register_number=f"收{self.case.number}",
            received_on=self.at.date(),
            copies=1,
            at=self.at,
        )

    def supplementing(self) -> None:
        self.checking()
        asked = (checking.SupplementItem(FREE_SLOT, self.word("asked")),)
        self.act("check_completeness", "officer", checking.request_supplement, items=asked)

    def resubmitted(self) -> None:
        self.supplementing()
        hands.replace_material(self.case, self.drafter, FREE_SLOT, self.later())
        hands.hand_over(self.case, self.drafter, self.later())
        hands.release(self.case, self.releaser, self.later())

    def withdrawn(self) -> None:
        self.checking()
        hands.withdraw(self.case, self.releaser, "方案调整。", self.later())

    def proposing(self) -> None:
        self.checking()
        hands.confirm(self.case, self.world.officer, self.later())

    def to_check(self) -> None:
        self.proposing()
        self.act(
            "opinion",
            "officer",
            proposing.propose,
            proposal="FILE_WITH_RISK",
            text=self.word("opinion"),
            risks=(self.word("letter"),),
            refusal_reason="",
        )

    def countersigning(self) -> None:
        self.to_check()
        self.act("check", "head", deciding.check, text=self.word("remark"))

    def wording(self) -> None:
        self.countersigning()
        answer = {"office": "CW", "outcome": "NO_OBJECTION", "text": self.word("remark")}
        self.act("countersign", "finance", countersigning.countersign, **answer)

    def to_sign(self) -> None:
        self.wording()
        self.act("wording", "document_officer", deciding.check_wording, text=self.word("remark"))
        hands.print_sheet(self.case, self.world.officer, self.later())

    def on_paper(self) -> None:
        self.to_sign()
        item, clerk = self.item("sign"), hands.acting(self.world.officer, self.later())
        enter_paper_decision(
            acting=clerk,
            case_id=self.case.pk,
            task_id=item.task_id,
            step=item.node,
            arrived_at=item.arrived_at,
            decider=self.world.deputy,
            payload={"act": "sign", "text": self.word("remark"), "letter_version": hands.letter_version(self.case)},
            dated_on=self.at.date(),
            version_code=approval_sheet_code(hands.fresh(self.case)),
            scan=BytesIO(sample_pdf("签批件")),
            scan_name=f"{self.word('scan')}.pdf",
            at=self.at,
        )

    def deferred(self) -> None:
        self.to_sign()
        self.act("sign", "deputy", deciding.defer, reason=self.word("remark"), until=date(2024, 9, 2))

    def signed(self) -> None:
        self.to_sign()
        ordinal = hands.letter_version(self.case)
        self.act("sign", "deputy", signing.sign, text=self.word("remark"), letter_version=ordinal)

    def delivered(self) -> None:
        self.signed()
        hands.deliver(self.case, self.world.document_officer, self.later())

    def closed(self) -> None:
        self.delivered()
        hands.acknowledge(self.case, self.releaser, self.later())


_owned = partial(Owner, "LYG")
_INSIDE = {"is_handed_in": True, "has_asked_finance": True}
_ENDED = _INSIDE | {"is_ended": True}
STATIONS: dict[str, tuple[str, Owner]] = {
    "draft": ("gathered", _owned("sub")),
    "discarded": ("discarded", _owned("sub")),
    "waiting": ("waiting", _owned("sub")),
    "checking": ("checking", _owned("sub", is_handed_in=True)),
    "supplementing": ("supplementing", _owned("sub", is_handed_in=True)),
    "resubmitted": ("resubmitted", _owned("sub", is_handed_in=True)),
    "withdrawn": ("withdrawn", _owned("sub", is_handed_in=True, is_ended=True)),
    "proposing": ("proposing", _owned("sub", is_handed_in=True)),
    "checkstep": ("to_check", _owned("sub", is_handed_in=True)),
    "countersigning": ("countersigning", _owned("sub", **_INSIDE)),
    "wording": ("wording", _owned("sub", **_INSIDE)),
    "signing": ("to_sign", _owned("sub", **_INSIDE, waits_for_deputy=True)),
    "paper": ("on_paper", _owned("sub", **_INSIDE, waits_for_deputy=True)),
    "deferred": ("deferred", _owned("sub", **_INSIDE)),
    "signed": ("signed", _owned("sub", **_ENDED)),
    "delivered": ("delivered", _owned("sub", **_ENDED, is_delivered=True)),
    "closed": ("closed", _owned("sub", **_ENDED, is_delivered=True)),
    "sister": ("delivered", _owned("sister", **_ENDED, is_delivered=True)),
    "other": ("delivered", _owned("other", **_ENDED, is_delivered=True)),
    "foreign": ("delivered", Owner("ZB", "sub", **_ENDED, is_delivered=True)),
}
OWNERS = {name: owner for name, (_station, owner) in STATIONS.items()} | {
    "past": _owned("sub", **_ENDED, is_delivered=True),
}
"""Whose each case is, and the projects of before that have none."""


def play(cast: Cast) -> dict[str, Scene]:
    """Every case of STATIONS, where it should be."""
    scenes = {}
    for name, (station, owner) in STATIONS.items():
        scene = Scene(name, cast.elsewhere if owner.commission == "ZB" else cast.home, owner.body)
        getattr(scene, station)()
        scene.case = hands.fresh(scene.case)
        scenes[name] = scene
    return scenes
