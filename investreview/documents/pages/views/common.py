"""What the views of documents share: the document a person may know, and who acts."""

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.documents.contents import Letter
from investreview.documents.models import DocumentVersion
from investreview.documents.pages import access


def actor_of(request: ScopedRequest) -> Actor:
    """The signed-in person for the journal."""
    return request.user.as_actor()


def asked_document(request: ScopedRequest, pk: int) -> access.Reading:
    """The document, for somebody who may read it now.

    Raises: NotVisible (documents_may_not_read).
    """
    return access.read_document(pk, user=request.user, scope=request.scope, at=clock.now())


def letter_of(version: DocumentVersion) -> Letter:
    """The version as a letter.

    Raises: Invalid (papers_not_a_letter).
    """
    content = version.parsed
    if not isinstance(content, Letter):
        raise Invalid("papers_not_a_letter")
    return content
