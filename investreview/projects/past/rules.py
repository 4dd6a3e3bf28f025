"""Pure rules of the past: when two numbers are one, which file belongs to which number, how many rows are compared."""

import hashlib
import math
import random
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from investreview.core.filenames import safe_filename

ALL_UP_TO = 10
"""A batch of at most this many rows is compared row by row."""

_BRACKETS = str.maketrans(
    {"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "{": "(", "}": ")", "/": "_", "\\": "_"}
)
_COPY = re.compile(r"(?:_\d{1,2}|\(\d{1,2}\))$")


def number_key(number: str) -> str:
    """What two spellings of one number have in common: no blanks, one kind of brackets, one width and size of letters.

    A slash counts as an underscore, because no file name can hold it.
    """
    text = unicodedata.normalize("NFKC", number).translate(_BRACKETS)
    return "".join(text.split()).casefold()


def number_of_file(name: str, known: Mapping[str, int]) -> int | None:
    """Which of the ``known`` numbers (key → id) a scan is of by its name; ``…_2`` and ``…(2)`` are further scans."""
    key = number_key(PurePosixPath(safe_filename(name)).stem)
    if key in known:
        return known[key]
    return known.get(_COPY.sub("", key))


def number_before(name: str, known: Mapping[str, int]) -> tuple[int | None, str]:
    """Which of the ``known`` numbers the name of a scan begins with, and what follows it: the papers of a case under
    way are many, e.g. ``收2024-118_M05 可研报告.pdf`` → ``M05 可研报告.pdf``."""
    shown = safe_filename(name)
    whole = number_of_file(shown, known)
    if whole is not None:
        return whole, shown
    for place, letter in reversed(list(enumerate(shown))):
        if letter == "_" and (found := known.get(number_key(shown[:place]))) is not None:
            return found, shown[place + 1 :]
    return None, shown


def sample_size(count: int) -> int:
    """How many of ``count`` rows the second person compares: all up to ten, then the square root, never under ten."""
    return count if count <= ALL_UP_TO else max(ALL_UP_TO, math.isqrt(count - 1) + 1)


def draw_sample(ids: Sequence[int], chance: random.Random) -> list[int]:
    """The rows to compare, in the order of the batch."""
    chosen = set(chance.sample(ids, sample_size(len(ids))))
    return [each for each in ids if each in chosen]


def chained(previous: str, row: str) -> str:
    """The hash of a batch after one more row: a change of any row, or of their order, changes it."""
    return hashlib.sha256(f"{previous}\n{row}".encode()).hexdigest()
