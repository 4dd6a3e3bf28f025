"""The six faces, loaded when first used, once per process; a character falls back alone, never its line."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from investreview.core.text import visible

ASCENT = 0.88
"""Height of the em box above the baseline, the same in all faces."""
MISSING = "〓"
"""Set where no face has the character (geta mark); the character is listed before issue."""


class Face(StrEnum):
    """A face of the official papers."""

    BODY = "body"  # 仿宋
    TITLE = "title"  # 小标宋
    HEI = "hei"  # 黑体
    KAI = "kai"  # 楷体
    MONO = "mono"  # 等宽: hashes
    RARE = "rare"  # fallback


_FILES = {
    Face.BODY: "IRFang.ttf",
    Face.TITLE: "IRSongBold.ttf",
    Face.HEI: "IRHei.ttf",
    Face.KAI: "IRKai.ttf",
    Face.MONO: "IRMono.ttf",
    Face.RARE: "IRRare.ttf",
}
_SHIPPED = Path(__file__).resolve().parents[1] / "fonts"
_LOADING = Lock()
_LOADED: dict[Face, TTFont] = {}

_SAME_LOOK = str.maketrans({"\t": " ", "\u00a0": " ", "\u2003": "\u3000", "‹": "〈", "›": "〉"})


@dataclass(frozen=True)
class Run:
    """Neighbouring characters that one face can set."""

    text: str
    face: Face


def font_path(face: Face) -> Path:
    """Where the face's file lies: ``settings.DOCUMENT_FONTS[face]`` or the one we ship."""
    chosen = getattr(settings, "DOCUMENT_FONTS", {}).get(face.value)
    return Path(chosen) if chosen else _SHIPPED / _FILES[face]


def _load(face: Face) -> TTFont:
    font = TTFont(f"ir-{face.value}", str(font_path(face)))
    pdfmetrics.registerFont(font)
    return font


def font(face: Face) -> TTFont:
    """The face as reportlab knows it, registered."""
    loaded = _LOADED.get(face)
    if loaded is None:
        with _LOADING:
            loaded = _LOADED.get(face) or _load(face)
            _LOADED[face] = loaded
    return loaded


def font_name(face: Face) -> str:
    """The name under which a canvas finds the face."""
    return str(font(face).fontName)


def printable(text: str) -> str:
    """The text with invisible and control characters written out, odd blanks made plain."""
    return visible(text).translate(_SAME_LOOK)


def face_of(character: str, face: Face) -> Face | None:
    """The face that sets the character: the asked one, else the fallback, else none."""
    for candidate in (face, Face.RARE):
        if ord(character) in font(candidate).face.charToGlyph:
            return candidate
    return None


def runs(text: str, face: Face) -> list[Run]:
    """The text cut where the face changes; a character that no face has becomes 〓."""
    found: list[Run] = []
    for character in text:
        own = face_of(character, face)
        shown, own = (character, own) if own else (MISSING, Face.RARE)
        if found and found[-1].face == own:
            found[-1] = Run(found[-1].text + shown, own)
        else:
            found.append(Run(shown, own))
    return found


def width(text: str, face: Face, size: float) -> float:
    """Natural width in points."""
    return size * sum(_advance(character, face) for character in text)


@lru_cache(maxsize=30_000)
def _advance(character: str, face: Face) -> float:
    """The character's width at size 1."""
    [run] = runs(character, face)
    return float(pdfmetrics.stringWidth(run.text, font_name(run.face), 1.0))


def unknown_characters(text: str) -> tuple[str, ...]:
    """The characters that would print as 〓, each once, in order."""
    return tuple(sorted({c for c in printable(text) if c not in "\n" and face_of(c, Face.BODY) is None}))
