"""Names of files that people send: shown and offered for download, never used as a path."""

import re
import unicodedata
from pathlib import PurePosixPath

from investreview.core.characters import is_invisible

LONGEST_BYTES = 240
LONGEST = 200
"""Characters: what every column that keeps a name has room for."""
NAMELESS = "未命名"

_FORBIDDEN = re.compile(r'[<>:"|?*\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


def safe_filename(name: str) -> str:
    """The last part of ``name`` as every system can store it: no path, control or invisible character, ≤ 240 bytes
    and ≤ 200 characters.

    A long name loses the end of its stem, never its extension.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        character
        for character in last
        if unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} and not is_invisible(character)
    )
    path = PurePosixPath(_FORBIDDEN.sub("_", kept).strip(". \u00a0\u3000") or NAMELESS)
    stem, extension = path.stem, path.suffix
    if len(extension.encode()) > 12:
        stem, extension = path.name, ""
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = "_" + stem
    room = LONGEST_BYTES - len(extension.encode())
    kept_stem = stem.encode()[:room].decode(errors="ignore")[: LONGEST - len(extension)]
    return kept_stem.rstrip(". ") + extension
