"""What lies on the pages before they become a file: quicker to read than the file, cell by cell in reading order."""

from investreview.documents.contents import Content
from investreview.documents.layout.fonts import width
from investreview.documents.layout.page import Box, Page, Text
from investreview.documents.render import LAY_OUT


def pages_of(content: Content) -> list[Page]:
    pages: list[Page] = LAY_OUT[content.kind](content)
    return pages


def texts_on(page: Page) -> list[Text]:
    return [mark for mark in page.marks if isinstance(mark, Text)]


def words_on(page: Page) -> str:
    """All texts of the page without blanks, each cell whole."""
    return "".join("".join(text.text for text in texts_on(page)).split())


def words_of(content: Content) -> str:
    return "".join(words_on(page) for page in pages_of(content))


def right_edge(page: Page) -> float:
    texts = (
        t.x + (width(t.text, t.face, t.size) + t.space * (len(t.text) - 1)) * t.scale / 100 for t in texts_on(page)
    )
    return max(*texts, *(mark.x + mark.width for mark in page.marks if isinstance(mark, Box)))


def lower_edge(page: Page) -> float:
    """The lowest line of a table; 0 where there is none."""
    return max((mark.y + mark.height for mark in page.marks if isinstance(mark, Box)), default=0.0)
