"""Codes of system copies: genuine, void, not genuine."""

import pytest

from investreview.core.errors import Invalid
from investreview.documents import services, verification
from investreview.documents.forms import VerifyForm
from investreview.documents.models import Document
from investreview.documents.selectors import Verdict, verify_code

from . import samples
from .factories import CLERK, CLERK_SCOPE, LATER, draft, issue, open_all_series, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt() -> Document:
    open_all_series()
    return issue(samples.receipt(), "RECEIPT")


def parts_of(document: Document) -> list[str]:
    return verification.code_of(document.issued_version).split(" | ")


def test_code_has_four_parts(receipt: Document) -> None:
    number, dated_on, hex16, check = parts_of(receipt)
    assert (number, dated_on, hex16) == ("JS2024-0057", "2024-07-30", receipt.content_sha256[:16])
    assert len(check) == 8


def test_own_code_is_genuine(receipt: Document) -> None:
    verified = verify_code(*parts_of(receipt))
    assert (verified.verdict, verified.kind) == (Verdict.GENUINE, "ACCEPTANCE_RECEIPT")


@pytest.mark.parametrize("place", range(4))
def test_any_changed_part_is_not_genuine(receipt: Document, place: int) -> None:
    parts = parts_of(receipt)
    parts[place] = {0: "JS2024-0058", 1: "2024-07-31", 2: "0" * 16, 3: "AAAAAAAA"}[place]
    assert verify_code(*parts).verdict is Verdict.NOT_GENUINE


def test_code_of_another_key_is_not_genuine(receipt: Document, settings) -> None:
    parts = parts_of(receipt)
    settings.VERIFICATION_KEY = "another key"
    assert verify_code(*parts).verdict is Verdict.NOT_GENUINE


def test_own_code_without_a_document_is_not_genuine(receipt: Document) -> None:
    number, dated_on, hex16 = "JS2024-9999", "2024-07-30", "0" * 16
    check = verification.check_code(number, dated_on, hex16)
    assert verify_code(number, dated_on, hex16, check).verdict is Verdict.NOT_GENUINE


def test_voided_letter_says_so(receipt: Document) -> None:
    letter = sign(draft())
    services.void_document(letter, reason="误发", scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert verify_code(*parts_of(letter)).verdict is Verdict.VOIDED


def test_draft_has_no_code() -> None:
    with pytest.raises(Invalid) as raised:
        verification.code_of(draft().versions.get())
    assert raised.value.code == "documents_not_issued"


@pytest.mark.parametrize(
    "text",
    [
        "连国资函〔2024〕38号 | 2024-07-16 | 0123456789abcdef | K7M2QX4A",
        "连国资函〔2024〕38号|2024-07-16｜0123456789ABCDEF|k7m2qx4a\n",
        " 连国资函〔2024〕38号 |\n2024-07-16 | 0123456789abcdef |K7M2QX4A ",
    ],
)
def test_pasted_and_typed_codes_are_read_alike(text: str) -> None:
    form = VerifyForm({"code": text})
    assert form.is_valid()
    typed = form.cleaned_data["code"]
    assert (typed.number, typed.dated_on, typed.hex16, typed.check) == (
        "连国资函〔2024〕38号",
        "2024-07-16",
        "0123456789abcdef",
        "K7M2QX4A",
    )


@pytest.mark.parametrize(
    "text",
    ["", "x", "a|b|c", "a|2024-07-16|xyz|K7M2QX4A", "a|今天|0123456789abcdef|K7M2QX4A", "|||", "a" * 500, "a\0|b|c|d"],
)
def test_unreadable_code_is_refused_at_its_field(text: str) -> None:
    form = VerifyForm({"code": text})
    assert not form.is_valid()
    assert list(form.errors) == ["code"]
