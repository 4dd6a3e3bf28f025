"""The verification page as people use it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from investreview.documents import services, verification
from investreview.documents.models import Document
from tests.accounts.factories import make_person
from tests.registry.factories import make_commission

from . import samples
from .factories import CLERK, CLERK_SCOPE, LATER, draft, issue, open_all_series, sign

pytestmark = pytest.mark.django_db


NAVIGATION = "investreview.desk.context.navigation"


@pytest.fixture(autouse=True)
def own_site(settings: Any) -> None:
    """This room's page and those below it, so that its tests need no other room."""
    settings.ROOT_URLCONF = "tests.documents.site"
    [engine] = settings.TEMPLATES
    processors = [each for each in engine["OPTIONS"]["context_processors"] if each != NAVIGATION]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_person(make_commission()))
    return client


def ask(reader: Client, code: str):
    return reader.post(reverse("documents:verify"), {"code": code})


def code_of(document: Document) -> str:
    return verification.code_of(document.issued_version)


def test_page_asks_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("documents:verify"))
    assert answer.status_code == 302
    assert answer.url.endswith("?next=/verify/")


def test_empty_form_is_shown(reader: Client) -> None:
    answer = reader.get(reverse("documents:verify"))
    assert answer.status_code == 200
    assert "文件核验" in answer.content.decode()


def test_genuine_code_is_confirmed_with_what_it_names(reader: Client) -> None:
    open_all_series()
    answer = ask(reader, code_of(issue(samples.receipt(), "RECEIPT")))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "核验通过" in text
    assert "接收单 JS2024-0057" in text
    assert samples.receipt().project_name not in text, "a paper's number tells nothing of its content"


def test_voided_letter_is_told(reader: Client) -> None:
    open_all_series()
    letter = sign(draft())
    services.void_document(letter, reason="误发", scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert "已作废" in ask(reader, code_of(letter)).content.decode()


def test_forged_code_is_refused(reader: Client) -> None:
    open_all_series()
    forged = code_of(issue(samples.receipt(), "RECEIPT")).replace("0057", "0058")
    assert "核验未通过" in ask(reader, forged).content.decode()


def test_unreadable_text_keeps_what_was_typed(reader: Client) -> None:
    answer = ask(reader, "<b>随便</b>写的")
    assert answer.status_code == 422
    assert "&lt;b&gt;随便&lt;/b&gt;写的" in answer.content.decode()
    assert "无法识别" in answer.content.decode()


def test_page_changes_nothing(reader: Client) -> None:
    open_all_series()
    code = code_of(issue(samples.receipt(), "RECEIPT"))
    before = Document.objects.values().get()
    ask(reader, code)
    assert Document.objects.values().get() == before
