"""Sealed original, delivery, acknowledgement, archive, correction."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from investreview.core.errors import DomainError, Forbidden, Invalid
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.kinds import DeliveryChannel, DocumentState
from investreview.documents.models import Delivery, Document, SealedOriginal
from investreview.documents.render import render_issued
from investreview.journal.models import Entry

from . import samples
from .factories import (
    AT,
    CLERK,
    CLERK_SCOPE,
    LATER,
    ON,
    RELEASER,
    RELEASER_SCOPE,
    draft,
    issue,
    open_all_series,
    scope,
    sign,
)

pytestmark = pytest.mark.django_db
SCAN = render_issued(samples.filing_letter())


@pytest.fixture
def letter() -> Document:
    open_all_series()
    return sign(draft())


def code_of(error: pytest.ExceptionInfo[DomainError]) -> str:
    assert sentence(error.value, "zh-hans")
    assert sentence(error.value, "en")
    return error.value.code


def seal(document: Document, data: bytes = SCAN, **changes: object) -> SealedOriginal:
    values = {
        "file": BytesIO(data),
        "name": "盖章件.pdf",
        "sealed_on": ON,
        "scope": CLERK_SCOPE,
        "actor": CLERK,
        "at": LATER,
    }
    return services.record_sealed_original(document, **(values | changes))


def deliver(document: Document, **changes: object) -> Delivery:
    values = {
        "channel": DeliveryChannel.ONLINE,
        "recipient": "港控集团",
        "delivered_at": LATER,
        "scope": CLERK_SCOPE,
        "actor": CLERK,
        "at": LATER,
    }
    return services.record_delivery(document, **(values | changes))


def state(document: Document) -> str:
    document.refresh_from_db()
    return document.state


def test_sealed_original_is_kept_with_its_hash(letter: Document, media: Path) -> None:
    original = seal(letter)
    assert state(letter) == DocumentState.SEALED
    assert (media / original.file.name).read_bytes() == SCAN
    assert original.file.name == f"documents/2024/sealed/{letter.pk}-{original.sha256[:16]}.pdf"
    assert original.sha256 in bytes(Entry.objects.get(verb="document.seal").content).decode()


def test_same_sealed_file_twice_is_one(letter: Document) -> None:
    assert seal(letter) == seal(letter)
    assert Entry.objects.filter(verb="document.seal").count() == 1


def test_hostile_name_of_an_upload_never_names_the_stored_file(letter: Document) -> None:
    original = seal(letter, name="../../etc/\u202e盖章.pdf")
    assert ".." not in original.file.name
    assert "/" not in original.name


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sealed_on": date(2024, 7, 15)}, "documents_sealed_before_date"),
        ({"data": b"not a pdf"}, "file_kind_unreadable"),
        ({"data": b""}, "file_empty"),
    ],
)
def test_unfit_sealed_original_is_refused(letter: Document, changes: dict, code: str) -> None:
    with pytest.raises(Invalid) as raised:
        seal(letter, **changes)
    assert code_of(raised) == code
    assert state(letter) == DocumentState.NUMBERED


def test_picture_is_no_sealed_original(letter: Document) -> None:
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (10, 10)).save(picture, "PNG")
    with pytest.raises(Invalid) as raised:
        seal(letter, picture.getvalue(), name="scan.png")
    assert code_of(raised) == "documents_sealed_kind"


def test_draft_is_not_sealed_and_not_delivered() -> None:
    document = draft()
    for act in (seal, deliver):
        with pytest.raises(Invalid) as raised:
            act(document)
        assert code_of(raised) == "documents_wrong_state"


def test_delivery_makes_the_letter_delivered_once_per_channel(letter: Document) -> None:
    first = deliver(letter)
    assert deliver(letter) == first
    assert state(letter) == DocumentState.DELIVERED
    paper = deliver(letter, channel=DeliveryChannel.PAPER)
    assert paper != first
    assert Entry.objects.filter(verb="document.deliver").count() == 2


def test_delivery_before_signature_or_in_future_is_refused(letter: Document) -> None:
    with pytest.raises(Invalid) as raised:
        deliver(letter, delivered_at=AT.replace(hour=1))
    assert code_of(raised) == "documents_delivery_before_signature"
    with pytest.raises(Invalid) as raised:
        deliver(letter, at=AT)
    assert code_of(raised) == "documents_delivery_in_future"


def test_enterprise_acknowledges_once(letter: Document) -> None:
    delivery = deliver(letter)
    done = services.acknowledge_delivery(delivery, scope=RELEASER_SCOPE, actor=RELEASER, at=LATER)
    assert done.acknowledged_by_name == RELEASER.name
    services.acknowledge_delivery(delivery, scope=RELEASER_SCOPE, actor=RELEASER, at=LATER)
    assert Entry.objects.filter(verb="document.acknowledge").count() == 1


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.ENTERPRISE_RELEASER, "LYG/0004/"),
        (Role.DOCUMENT_OFFICER, "LYG/"),
        (Role.ENTERPRISE_DRAFTER, "LYG/0003/0007/"),
    ],
)
def test_others_do_not_acknowledge(letter: Document, role: Role, path: str) -> None:
    delivery = deliver(letter)
    with pytest.raises(Forbidden) as raised:
        services.acknowledge_delivery(delivery, scope=scope(role, path), actor=RELEASER, at=LATER)
    assert code_of(raised) == "documents_may_not_acknowledge"


def test_void_letter_is_not_acknowledged(letter: Document) -> None:
    delivery = deliver(letter)
    services.void_document(letter, reason="误发", scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    with pytest.raises(Forbidden):
        services.acknowledge_delivery(delivery, scope=RELEASER_SCOPE, actor=RELEASER, at=LATER)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_document_office_seals_and_delivers(letter: Document, role: Role) -> None:
    for act in (seal, deliver):
        if role is Role.DOCUMENT_OFFICER:
            act(letter, scope=scope(role))
        else:
            with pytest.raises(Forbidden) as raised:
                act(letter, scope=scope(role))
            assert code_of(raised) == "documents_may_not_dispatch"


def test_officer_delivers_the_forms_of_the_case() -> None:
    open_all_series()
    notice = issue(samples.notice(), "NOTICE")
    deliver(notice, scope=scope(Role.CASE_OFFICER))
    assert state(notice) == DocumentState.DELIVERED


def test_delivered_letter_is_archived_by_the_archivist(letter: Document) -> None:
    deliver(letter)
    archived = services.archive_document(letter, scope=scope(Role.ARCHIVIST), actor=CLERK, at=LATER)
    assert archived.state == DocumentState.ARCHIVED
    with pytest.raises(Forbidden):
        services.archive_document(letter, scope=scope(Role.CASE_OFFICER), actor=CLERK, at=LATER)


def test_correction_names_the_letter_that_takes_its_place(letter: Document) -> None:
    deliver(letter)
    other = sign(draft(subject=Subject(kind="case", key="LYG-2024-0010")))
    corrected = services.correct_document(letter, correction=other, scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert (corrected.state, corrected.corrected_by) == (DocumentState.CORRECTED, other)


def test_correction_by_a_draft_or_by_itself_is_refused(letter: Document) -> None:
    deliver(letter)
    unfinished = draft(subject=Subject(kind="case", key="LYG-2024-0010"))
    for correction in (unfinished, letter):
        with pytest.raises(Invalid) as raised:
            services.correct_document(letter, correction=correction, scope=CLERK_SCOPE, actor=CLERK, at=LATER)
        assert code_of(raised) == "documents_correction_not_issued"
