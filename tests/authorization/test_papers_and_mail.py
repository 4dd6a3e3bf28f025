"""What leaves the pages: the text of every PDF and every mail holds nothing that its reader may not see."""

import re
from datetime import timedelta

from django.core import mail

from investreview.core import clock
from investreview.documents.kinds import DocumentKind, RenditionState
from investreview.documents.models import Document, Rendition
from investreview.documents.services import make_rendition
from investreview.notices.services import send_due_mail
from tests.authorization.canaries import CANARY, NUMBER
from tests.authorization.leaks import EXPERT, leaks_in
from tests.authorization.scenes import NOW
from tests.authorization.site import Site
from tests.documents.reading import flat_text

NAMING = {DocumentKind.DRAW_RECORD, DocumentKind.PANEL_OPINION, DocumentKind.PANEL_OPINION_EXCERPT}
"""The papers that name experts: two stay inside the commission, the excerpt goes out with the reply (DOMAIN §1, §6)."""


def _told(document: Document) -> str:
    """What the paper is printed from: in a narrow column of the PDF a name is broken up and cannot be read."""
    version = document.issued_version
    return str(version.content) if version is not None else ""


def test_every_pdf_holds_the_words_of_its_own_case_only(site: Site) -> None:
    met, naming = set(), set()
    made = Rendition.objects.exclude(state=RenditionState.FAILED).select_related("document")
    of_cases = [rendition for rendition in made if NUMBER.search(rendition.document.subject_key)]
    for rendition in of_cases:
        made = make_rendition(rendition.pk, at=NOW)
        document = rendition.document
        owner = site.numbers[NUMBER.findall(document.subject_key)[0]]
        text = flat_text(made.file.read()) + _told(document)
        found = {scene for scene, _kind in CANARY.findall(text)}
        made.file.close()
        experts = {scene for scene in found if scene.startswith(EXPERT)}
        assert found - experts <= {owner}, (document, owner, found)
        revealed = {f"{EXPERT}{letter}" for letter in site.named[owner].revealed} if experts else set()
        assert experts <= (revealed if document.kind in NAMING else set()), (document.kind, experts)
        met |= found - experts
        naming |= {document.kind} if experts else set()
    assert {"signing", "delivered", "sister", "other", "foreign", "concluded"} <= met, "canaries do reach the papers"
    assert naming == NAMING


def test_no_mail_holds_what_its_reader_may_not_see(site: Site) -> None:
    people = {user.email: who for who, user in site.cast.users.items()}
    assert send_due_mail(now=clock.machine_now() + timedelta(seconds=1)) > 0
    faults = []
    for message in mail.outbox:
        text = re.sub(r"\s", "", f"{message.subject}{message.body}")
        for address in message.recipients():
            faults += [(address, leak) for leak in leaks_in(site, people[address], text, route="mail")]
    assert faults == []
    assert {people[address] for message in mail.outbox for address in message.recipients()} > {"sub_drafter", "officer"}
