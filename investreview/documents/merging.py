"""Several papers in one PDF, for the printer."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from pypdf import PdfWriter

from investreview.documents.models import Document
from investreview.documents.render import render_system_copy
from investreview.documents.verification import code_of


def merged(papers: Iterable[bytes], *, title: str) -> bytes:
    """All pages of the papers, one paper after the other, each with an entry of its own in the outline."""
    writer = PdfWriter()
    for number, paper in enumerate(papers, start=1):
        writer.append(BytesIO(paper), outline_item=str(number), import_outline=False)
    writer.add_metadata({"/Title": title})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def system_copies(documents: Sequence[Document], *, title: str) -> bytes:
    """The system copies of issued papers in one PDF; each page is the one its own PDF has.

    Raises: Invalid (documents_not_issued) when one has not been issued.
    """
    versions = [document.issued_version for document in documents]
    papers = (render_system_copy(one.parsed, code=code_of(one)) for one in versions if one is not None)
    return merged(papers, title=title)
