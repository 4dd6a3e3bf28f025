"""Characters that cannot be stored, and characters that change a text though nobody sees them."""

import unicodedata

_LOOKS_EMPTY = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def is_invisible(character: str) -> bool:
    """Whether a reader cannot see this character though it changes the text: zero-width, bidi control, filler."""
    return unicodedata.category(character) == "Cf" or character in _LOOKS_EMPTY


def is_unstorable(character: str) -> bool:
    """Whether a database or UTF-8 refuses this character: NUL, half of a surrogate pair."""
    return character == "\0" or unicodedata.category(character) == "Cs"


def is_control(character: str) -> bool:
    """Whether this is a control character, new lines and tabs among them."""
    return unicodedata.category(character) == "Cc"


def code_point(character: str) -> str:
    """``U+202E`` for a character that cannot be shown as itself."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """The text with every invisible, control or unstorable character written out: ``‹U+202E›``."""
    return "".join(
        f"‹{code_point(character)}›"
        if is_invisible(character) or is_unstorable(character) or (is_control(character) and character not in "\n\t")
        else character
        for character in text
    )
