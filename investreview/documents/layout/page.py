"""Pages as lists of marks, and the one function that turns them into bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from investreview.documents.layout.fonts import Face, font_name, runs, width

WIDTH, HEIGHT = A4

BLACK = (0.0, 0.0, 0.0)
RED = (213 / 255, 15 / 255, 20 / 255)
GREY = (138 / 255, 143 / 255, 152 / 255)
PALE = (185 / 255, 190 / 255, 198 / 255)
LABEL_FILL = (241 / 255, 242 / 255, 244 / 255)
WATERMARK = (0.9, 0.9, 0.92)

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Text:
    """A string whose baseline starts at (x, y); ``space`` is added after each character, ``scale`` in per cent."""

    x: float
    y: float
    text: str
    face: Face = Face.BODY
    size: float = 10.5
    space: float = 0.0
    scale: float = 100.0
    colour: Rgb = BLACK

    def draw(self, canvas: Canvas) -> None:
        """The characters stand on the page, each in a face that has it."""
        x = self.x
        for run in runs(self.text, self.face):
            pen = canvas.beginText()
            pen.setTextOrigin(x, HEIGHT - self.y)
            pen.setFont(font_name(run.face), self.size)
            pen.setCharSpace(self.space)
            pen.setHorizScale(self.scale)
            pen.setFillColor(Color(*self.colour))
            pen.textOut(run.text)
            canvas.drawText(pen)
            x += (width(run.text, run.face, self.size) + self.space * len(run.text)) * self.scale / 100


@dataclass(frozen=True)
class Rule:
    """A straight line of ``weight`` points."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = 0.6
    colour: Rgb = BLACK

    def draw(self, canvas: Canvas) -> None:
        """The line stands on the page."""
        canvas.setStrokeColor(Color(*self.colour))
        canvas.setLineWidth(self.weight)
        canvas.setDash()
        canvas.line(self.x1, HEIGHT - self.y1, self.x2, HEIGHT - self.y2)


@dataclass(frozen=True)
class Box:
    """A rectangle: filled without edge, or an edge (dashed where ``dash`` is given)."""

    x: float
    y: float
    width: float
    height: float
    fill: Rgb | None = None
    weight: float = 0.0
    colour: Rgb = BLACK
    dash: tuple[float, ...] = ()

    def draw(self, canvas: Canvas) -> None:
        """The rectangle stands on the page."""
        canvas.setDash(list(self.dash))
        canvas.setLineWidth(self.weight)
        canvas.setStrokeColor(Color(*self.colour))
        if self.fill:
            canvas.setFillColor(Color(*self.fill))
        canvas.rect(
            self.x,
            HEIGHT - self.y - self.height,
            self.width,
            self.height,
            stroke=int(self.weight > 0),
            fill=int(self.fill is not None),
        )


@dataclass(frozen=True)
class Bars:
    """A Code 128 of ASCII text whose right upper corner is (right, y), the words below it, at most ``room`` wide."""

    right: float
    y: float
    text: str
    words: str
    room: float
    height: float = 8.5 * mm
    module: float = 0.62

    def draw(self, canvas: Canvas) -> None:
        """The bars stand on the page."""
        bars = self._bars(self.module)
        if bars.width > self.room:
            bars = self._bars(self.module * self.room / bars.width)
        canvas.setFillColor(Color(*BLACK))
        bars.drawOn(canvas, self.right - bars.width, HEIGHT - self.y - self.height)
        middle = self.right - bars.width / 2
        natural = max(width(self.words, Face.BODY, 8.5), 1.0)
        scale = min(1.0, bars.width / natural)
        start = middle - natural * scale / 2
        Text(start, self.y + self.height + 10, self.words, size=8.5, scale=scale * 100).draw(canvas)

    def _bars(self, module: float) -> Code128:
        return Code128(self.text, barHeight=self.height, barWidth=module, quiet=False, humanReadable=False)


@dataclass(frozen=True)
class Qr:
    """A QR code of ``size`` points whose left upper corner is (x, y)."""

    x: float
    y: float
    size: float
    text: str

    def draw(self, canvas: Canvas) -> None:
        """The code stands on the page."""
        code = QrCode(self.text, width=self.size, height=self.size, qrBorder=0, qrLevel="L")
        canvas.setFillColor(Color(*BLACK))
        code.drawOn(canvas, self.x, HEIGHT - self.y - self.size)


@dataclass(frozen=True)
class Watermark:
    """Large pale letters across the page."""

    text: str

    def draw(self, canvas: Canvas) -> None:
        """The letters stand across the page."""
        size = 150.0
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(45)
        canvas.setFont(font_name(Face.HEI), size)
        canvas.setFillColor(Color(*WATERMARK))
        canvas.drawCentredString(0, -size * 0.38, self.text)
        canvas.restoreState()


Drawing = Text | Rule | Box | Bars | Qr | Watermark


@dataclass
class Page:
    """One page; what comes first lies below."""

    marks: list[Drawing] = field(default_factory=list)

    def add(self, *marks: Drawing) -> None:
        """The marks lie on top of what was there."""
        self.marks.extend(marks)

    def add_below(self, *marks: Drawing) -> None:
        """The marks lie under what was there."""
        self.marks[:0] = marks


def centred(x: float, y: float, text: str, face: Face, size: float, colour: Rgb = BLACK) -> Text:
    """The text with its middle at ``x``."""
    return Text(x - width(text, face, size) / 2, y, text, face, size, colour=colour)


def flush_right(x: float, y: float, text: str, face: Face, size: float, colour: Rgb = BLACK) -> Text:
    """The text ending at ``x``."""
    return Text(x - width(text, face, size), y, text, face, size, colour=colour)


def to_pdf(pages: Sequence[Page], *, title: str, author: str, subject: str) -> bytes:
    """The pages as one PDF, the same bytes for the same pages, all fonts embedded."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, initialFontName=font_name(Face.BODY), lang="zh-CN")
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator("")
    for page in pages:
        for mark in page.marks:
            mark.draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
