"""What opening the office and putting mistakes right need on the site, and what a rightful person sends there."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import resolve

from investreview.accounts.models import PeopleImport
from investreview.accounts.resets import reset_path
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.projects.services.contacts import add_phone_note
from investreview.projects.services.corrections import Evidence, propose_correction
from tests.authorization.people import Cast
from tests.authorization.scenes import NOW, Scene
from workflows.handing_over import hand_over
from workflows.handover.load import held_by

PROMISE = "七月八日前回电。"
TABLE = "姓名,用户名,人员类别\n赵一（示例）,zhaoyi,国资委工作人员\n"


def things(cast: Cast, scenes: dict[str, Scene]) -> dict[str, dict[str, Any]]:
    """A slip that waits, a promise, a hand-over, people who came with a table, a link that opens once."""
    officer, officer3 = cast.user("officer"), cast.user("officer3")
    checking = scenes["checking"].case
    slip = propose_correction(
        acting=hands.acting(officer, NOW),
        case_id=scenes["closed"].case.pk,
        version=hands.fresh(scenes["closed"].case).version,
        field="project_name",
        after="更正后的名称（示例）",
        reason=scenes["closed"].word("remark"),
        evidence=Evidence(BytesIO(sample_pdf("营业执照（示例）")), "依据.pdf"),
        at=NOW,
    )
    notes = [_promise(scenes[name], who) for name, who in (("checking", officer), ("proposing", officer3))]
    done = hand_over(
        giver=officer3,
        user=officer3,
        plan={one.key: cast.user("officer2") for one in held_by(officer3)},
        reason="岗位调整。",
        key=str(uuid4()),
        at=NOW,
    )
    made = PeopleImport.objects.create(
        commission=cast.home.commission,
        key=str(uuid4()),
        file_name="人员.xlsx",
        sha256="0" * 64,
        imported_by=cast.user("security_admin"),
        imported_at=NOW,
    )
    return {
        "slip": {"slip_id": slip.pk},
        "promise": {"number": checking.number, "note_id": notes[0]},
        "hand-over": {"number": done.number},
        "load": {"person_id": officer.pk},
        "import": {"pk": made.pk},
        "link": resolve(reset_path(officer3)).kwargs,
        "dead link": {"key": "MQ", "token": "x-1"},
    }


def _promise(scene: Scene, who: Any) -> int:
    note = add_phone_note(
        acting=hands.acting(who, NOW),
        case_id=scene.case.pk,
        with_whom="集团",
        text="询问进度。",
        promised=PROMISE,
        at=NOW,
    )
    return int(note.pk)


def _case_version(site: Any, thing: str) -> str:
    name = thing.partition("?")[0].removeprefix("case ")
    return str(hands.fresh(site.scenes[name].case).version)


def _dry_run(site: Any, _thing: str, who: str) -> dict[str, Any]:
    """The rows as the page of the dry run carries them."""
    with transaction.atomic():
        page = site.clients[who].post(site.address("accounts:import_people", ""), {"file": table()})
        transaction.set_rollback(True)
    return {"packed": page.context["packed"]}


def _plan(site: Any, thing: str, who: str) -> dict[str, Any]:
    """Everything to the second officer, the form as its page holds it."""
    with transaction.atomic():
        form = site.clients[who].get(site.address("handover:plan", thing)).context["form"]
        transaction.set_rollback(True)
    receiver = str(site.cast.user("officer2").pk)
    kinds = {name: receiver for name in form.fields if name.startswith("kind_")}
    return {"key": str(form["key"].value()), "reason": "岗位调整。", **kinds}


def table() -> SimpleUploadedFile:
    """The office's table with one new person."""
    return SimpleUploadedFile("人员.csv", TABLE.encode())


BODIES: dict[str, Callable[[Any, str, str], dict[str, Any]]] = {
    "accounts:forgotten": lambda site, thing, who: {"email": "nobody@example.test"},
    "accounts:new_password": lambda site, thing, who: {
        "new_password": "Neues-Wort-2024",
        "repeated_password": "Neues-Wort-2024",
    },
    "accounts:slips": lambda site, thing, who: {"person": str(site.cast.user("officer3").pk)},
    "accounts:create_people": _dry_run,
    "projects:corrections": lambda site, thing, who: {
        "version": _case_version(site, thing),
        "after": "另一名称（示例）",
        "reason": "写错。",
    },
    "projects:slip": lambda site, thing, who: {"answer": "confirm"},
    "review:withdraw_signature": lambda site, thing, who: {"version": _case_version(site, thing), "reason": "写错。"},
    "review:remedy": lambda site, thing, who: {
        "version": _case_version(site, thing),
        "kind": "REISSUE",
        "reason": "写错。",
    },
    "handover:plan": _plan,
}
"""Route → what is sent to it."""
FILES: dict[str, tuple[str, Callable[[], SimpleUploadedFile]]] = {
    "accounts:import_people": ("file", table),
    "projects:corrections": (
        "evidence",
        lambda: SimpleUploadedFile("依据.pdf", sample_pdf("依据（示例）"), content_type="application/pdf"),
    ),
}
"""Route → the field of its file, and the file."""
