"""Which code decided: a fingerprint of the sources that shape a decision, kept with each routing record."""

from hashlib import sha256
from pathlib import Path

SOURCES = (
    "conditions.py",
    "facts.py",
    "matching.py",
    "names.py",
    "nearest.py",
    "parsing.py",
    "provisions.py",
    "reading.py",
    "routing.py",
    "ruleset.py",
    "sentences.py",
    "vocabulary.py",
)


def fingerprint(folder: Path) -> str:
    """The first 16 hex digits of the SHA-256 over the names and bytes of ``SOURCES`` in ``folder``."""
    digest = sha256()
    for name in SOURCES:
        content = (folder / name).read_bytes()
        digest.update(f"{name}:{len(content)}:".encode() + content)
    return digest.hexdigest()[:16]


CODE_VERSION = fingerprint(Path(__file__).parent)
