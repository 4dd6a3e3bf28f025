"""会议材料汇编: many papers in one PDF with a cover, contents and page numbers that run through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from investreview.core.dates import in_chinese
from investreview.documents.kinds import Mark
from investreview.documents.layout.fonts import Face, font_name, width
from investreview.documents.layout.form import fitted, mark_text
from investreview.documents.layout.page import HEIGHT, WIDTH, Page, Text, centred, flush_right, to_pdf
from investreview.documents.rules import ordinal_chinese

LEFT, RIGHT = 28 * mm, WIDTH - 26 * mm
FIRST_LINE, LINE, LINES = 62 * mm, 22.0, 26
BESIDE = "（另附，未并入）"
UNREADABLE = "（文件不能并入，另附）"


@dataclass(frozen=True)
class PackPaper:
    """One paper; ``source`` gives its bytes or its place, nothing for one that is only listed."""

    title: str
    source: Callable[[], bytes | Path] | None


@dataclass(frozen=True)
class PackMatter:
    """One item of the agenda with its papers in order."""

    title: str
    papers: tuple[PackPaper, ...]


@dataclass(frozen=True)
class PackCover:
    """What the cover says."""

    organ: str
    name: str
    held_on: date
    mark: Mark


@dataclass(frozen=True)
class _Entry:
    text: str
    page: int | None
    is_matter: bool


def write_pack(
    out: IO[bytes], *, cover: PackCover, matters: Sequence[PackMatter], on_paper: Callable[[int], None]
) -> int:
    """The pack is in ``out``; answers how many pages it has. ``on_paper`` hears of each paper that is in.

    A paper that cannot be read as PDF stands in the contents as one that is handed out beside the pack.
    """
    lines = sum(1 + len(matter.papers) for matter in matters)
    front = 1 + max(1, -(-lines // LINES))
    writer, entries, done, page = PdfWriter(), [], 0, front + 1
    for number, matter in enumerate(matters, start=1):
        entries.append(_Entry(f"{ordinal_chinese(number)}、{matter.title}", page, True))
        for paper in matter.papers:
            count = _append(writer, paper)
            said = paper.title if count else paper.title + (UNREADABLE if paper.source is not None else BESIDE)
            entries.append(_Entry(said, page if count else None, False))
            page += count
            done += 1
            on_paper(done)
    pages = [_cover_page(cover), *_contents_pages(entries)]
    writer.merge(0, BytesIO(to_pdf(pages, title=cover.name, author=cover.organ, subject="")), import_outline=False)
    for number, each in enumerate(writer.pages, start=1):
        if number > 1:
            _stamp(each, number)
    writer.add_metadata({"/Title": f"{cover.name}会议材料"})
    for entry in entries:
        if entry.page is not None and entry.page <= len(writer.pages):
            writer.add_outline_item(title=entry.text, page_number=entry.page - 1)
    writer.write(out)
    return len(writer.pages)


def _append(writer: PdfWriter, paper: PackPaper) -> int:
    """How many pages of the paper are in now; none when it cannot be read."""
    if paper.source is None:
        return 0
    source = paper.source()
    before = len(writer.pages)
    try:
        reader = PdfReader(BytesIO(source) if isinstance(source, bytes) else source)
        if reader.is_encrypted:
            return 0
        for each in reader.pages:
            writer.add_page(each)
    except (PyPdfError, ValueError, KeyError, OSError):
        for _extra in range(len(writer.pages) - before):
            writer.remove_page(len(writer.pages) - 1)
        return 0
    return len(writer.pages) - before


def _stamp(page: PageObject, number: int) -> None:
    """The number of the page stands below in the middle, whatever its size and turn."""
    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.mediabox
    wide = float(box.width)
    buffer, text = BytesIO(), f"— {number} —"
    canvas = Canvas(buffer, pagesize=(wide, float(box.height)), invariant=1)
    canvas.setFont(font_name(Face.BODY), 10)
    canvas.drawString((wide - width(text, Face.BODY, 10)) / 2, 7 * mm, text)
    canvas.save()
    number_page = PdfReader(buffer).pages[0]
    page.merge_transformed_page(number_page, Transformation().translate(float(box.left), float(box.bottom)))


def _cover_page(cover: PackCover) -> Page:
    page, middle = Page(), WIDTH / 2
    page.add(
        Text(LEFT, 30 * mm, mark_text(cover.mark), Face.HEI, 12),
        centred(middle, 92 * mm, cover.organ, Face.TITLE, 20),
        *(centred(middle, (118 + 13 * at) * mm, line, Face.TITLE, 26) for at, line in enumerate(_cut(cover.name, 16))),
        centred(middle, 172 * mm, "会议材料", Face.TITLE, 22),
        centred(middle, HEIGHT - 62 * mm, in_chinese(cover.held_on), Face.BODY, 16),
        centred(middle, HEIGHT - 40 * mm, "会后收回，不得复制、转借", Face.BODY, 12),
    )
    return page


def _cut(text: str, length: int) -> list[str]:
    return [text[at : at + length] for at in range(0, len(text), length)][:3]


def _contents_pages(entries: Sequence[_Entry]) -> list[Page]:
    pages = []
    for begin in range(0, max(len(entries), 1), LINES):
        page = Page()
        if begin == 0:
            page.add(centred(WIDTH / 2, 44 * mm, "目　录", Face.TITLE, 20))
        for at, entry in enumerate(entries[begin : begin + LINES]):
            page.add(*_line(entry, FIRST_LINE + at * LINE))
        pages.append(page)
    return pages


def _line(entry: _Entry, y: float) -> list[Text]:
    left = LEFT if entry.is_matter else LEFT + 8 * mm
    text = fitted(left, y, entry.text, 12, RIGHT - left - 16 * mm)
    if entry.page is None:
        return [text]
    return [text, flush_right(RIGHT, y, str(entry.page), Face.BODY, 12)]
