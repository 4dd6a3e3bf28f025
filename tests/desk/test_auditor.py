"""The auditor reads everything of the commission, acts on nothing, and nobody read about sees that they read."""

import re

import pytest
from django.urls import reverse

from investreview.journal.models import Entry
from investreview.projects.models import Case
from tests.desk.people import auditor_of, browser
from tests.world import World, drive


@pytest.fixture
def checked(world: World) -> Case:
    return drive(world, "checked")


def test_auditor_reads_opinions_and_finds_no_act(world: World, checked: Case) -> None:
    page = browser(auditor_of(world)).get(reverse("desk:case", args=[checked.number])).content.decode()
    assert "同意经办意见，请领导审定。" in page
    main = page[page.index('<main id="content"') :]
    forms = re.findall(r'<form method="post" action="([^"]+)"', main)
    assert forms == [reverse("desk:check_journal", args=[checked.number])]


def test_reading_of_the_auditor_stands_in_the_access_chain_only(world: World, checked: Case) -> None:
    browser(auditor_of(world)).get(reverse("desk:case", args=[checked.number]))
    noted = Entry.objects.filter(verb="case.read")
    assert [(entry.chain, entry.actor_name, entry.subject_key) for entry in noted] == [
        ("LYG:access", "审计员（示例）", checked.number)
    ]


def test_nobody_read_about_sees_that_the_auditor_read(world: World, checked: Case) -> None:
    auditor = browser(auditor_of(world))
    auditor.get(reverse("desk:case", args=[checked.number]))
    auditor.get(reverse("documents:document", args=[checked.letter_id]))
    for who in ("officer", "head", "deputy", "document_officer", "group_drafter"):
        client = browser(world.people[who])
        for url in ("/", reverse("desk:case", args=[checked.number])):
            assert "审计员（示例）" not in client.get(url).content.decode()


def test_others_leave_no_trace_by_reading(world: World, checked: Case) -> None:
    browser(world.head).get(reverse("desk:case", args=[checked.number]))
    assert Entry.objects.filter(verb="case.read").count() == 0


def test_auditor_reads_the_document_and_its_versions_but_edits_nothing(world: World, checked: Case) -> None:
    client = browser(auditor_of(world))
    page = client.get(reverse("documents:document", args=[checked.letter_id]))
    assert page.status_code == 200
    assert "修改文字" not in page.content.decode()
    assert client.get(reverse("documents:edit", args=[checked.letter_id])).status_code == 403
    assert Entry.objects.filter(chain="LYG:access", verb="document.read").count() == 1
