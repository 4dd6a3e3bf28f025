"""Hands for mistakes put right: withdraw a signature, begin a remedy and take it through its steps."""

import io
from datetime import datetime
from typing import Any

from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.documents.letter_facts import Emendation
from investreview.documents.models import Document
from investreview.projects.models import Case
from investreview.projects.services import remedies
from tests.world import World, later
from workflows import corrections

WRONG = Emendation(wrong="每季度终了后10日内", right="每季度终了后15日内", where="第四条第一项")


def withdraw(case: Case, user: Any, at: datetime, reason: str = "复函文字有误。") -> Case:
    version = hands.fresh(case).version
    return corrections.withdraw_signature(record_id=case.pk, user=user, at=at, version=version, reason=reason)


def begin(case: Case, user: Any, at: datetime, kind: str = "CORRECTION", **facts: Any) -> Case:
    told = {"kind": kind, "reason": "季报期限写错。", "emendations": (WRONG,) if kind == "CORRECTION" else ()}
    return corrections.begin_remedy(
        record_id=case.pk, user=user, at=at, version=hands.fresh(case).version, facts=told | facts
    )


def check(case: Case, world: World, at: datetime) -> Case:
    return hands.act(case, "remedy_check", world.head, remedies.check_remedy, at, text="同意。")


def sign(case: Case, signer: Any, at: datetime) -> Case:
    letter = Document.objects.get(pk=Case.objects.get(pk=case.pk).remedies.last().letter_id)
    ordinal = letter.versions.latest("ordinal").ordinal
    return hands.act(case, "remedy_sign", signer, remedies.sign_remedy, at, text="同意。", letter_version=ordinal)


def deliver(case: Case, world: World, at: datetime) -> Case:
    return hands.act(
        case,
        "remedy_deliver",
        world.document_officer,
        remedies.deliver_remedy,
        at,
        sealed=io.BytesIO(sample_pdf("更正函用印件（示例）", 1)),
        sealed_name="更正函用印扫描件（示例）.pdf",
        sealed_on=at.date(),
        channel="ONLINE",
        delivered_on=at.date(),
    )


def put_right(case: Case, world: World, kind: str, *, day: int = 20) -> Case:
    """The whole remedy by its people, a day each."""
    begin(case, world.officer, later(day), kind)
    check(case, world, later(day + 1))
    sign(case, world.deputy, later(day + 2))
    return deliver(case, world, later(day + 3))


def waiting(case: Case) -> list[str]:
    from workflows.selectors import open_items

    return sorted(open_items(case).values_list("node", flat=True))
