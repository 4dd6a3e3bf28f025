"""What the leader's desk and the document office need on the site, and what a rightful person sends there."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.projects.services.agendas import add_case, create_agenda, order_pack
from investreview.projects.services.instructions import Addressee, give_instruction, report_on_instruction
from investreview.projects.services.packs import make_pack
from tests.authorization.people import Cast
from tests.authorization.scenes import DAY, NOW, Scene

DUE = DAY.isoformat()


def things(cast: Cast, scenes: dict[str, Scene]) -> dict[str, dict[str, Any]]:
    """An instruction that waits for the finance office, one it reported on with a file; an agenda with its pack."""
    case, finance = scenes["signing"].case, cast.user("finance")
    given = [
        give_instruction(
            acting=hands.acting(cast.user("deputy"), NOW),
            case_id=case.pk,
            text="请补充测算。",
            addressee=Addressee(office=finance.office),
            due_on=DAY,
            key=str(uuid4()),
            at=NOW,
        )
        for _each in range(2)
    ]
    report = report_on_instruction(
        acting=hands.acting(finance, NOW),
        instruction_id=given[1].pk,
        text="已补充测算。",
        file=(BytesIO(sample_pdf("测算（示例）")), "测算.pdf"),
        at=NOW,
    )
    return {
        "instruction": {"pk": given[0].pk},
        "report": {"pk": given[1].pk, "ordinal": report.ordinal},
        **_agenda(cast, scenes),
        "rules since": {"code": "2025-9", "earlier": "2024-1"},
    }


def _agenda(cast: Cast, scenes: dict[str, Scene]) -> dict[str, dict[str, Any]]:
    officer = hands.acting(cast.user("officer"), NOW)
    made = create_agenda(
        acting=officer, commission=cast.home.commission, name="会议（示例）", held_on=DAY, key=str(uuid4()), at=NOW
    )
    add_case(acting=officer, agenda_id=made.pk, number=scenes["signing"].case.number, at=NOW)
    pack = make_pack(order_pack(acting=officer, agenda_id=made.pk, at=NOW).pk, at=NOW)
    return {"agenda": {"pk": made.pk}, "pack": {"pk": pack.pk}}


def _signing(site: Any, thing: str, who: str) -> dict[str, str]:
    """The signature as the leader's page sends it."""
    with transaction.atomic():
        page = site.clients[who].get(site.address("review:signing_one", thing))
        transaction.set_rollback(True)
    fields = (
        page.context["envelope"]["version"],
        page.context["envelope"]["key"],
        page.context["form"]["letter_version"],
    )
    return {"act": "sign", "text": "", **{bound.html_name: str(bound.value()) for bound in fields}}


def scan() -> SimpleUploadedFile:
    """The sealed original as the office scans it."""
    return SimpleUploadedFile("原件.pdf", sample_pdf("原件（示例）"), content_type="application/pdf")


BODIES: dict[str, Callable[[Any, str, str], dict[str, Any]]] = {
    "review:signing_one": _signing,
    "projects:agendas": lambda site, thing, who: {"name": "党委会", "held_on": DUE, "key": str(uuid4())},
    "projects:agenda": lambda site, thing, who: {"act": "order"},
    "review:seal": lambda site, thing, who: {"sealed_on": DUE},
    "projects:instruction": lambda site, thing, who: {"act": "report", "text": "已补充测算。"},
    "projects:case_instructions": lambda site, thing, who: {
        "text": "请补充测算。",
        "addressee": f"person-{site.cast.user('officer').pk}",
        "due_on": DUE,
        "key": str(uuid4()),
    },
}
"""Route → what is sent to it."""
FILES: dict[str, tuple[str, Callable[[], SimpleUploadedFile]]] = {"review:seal": ("sealed", scan)}
"""Route → the field of its file, and the file."""
