"""How the tests of uploads ask: what was found, what was refused."""

import io

import pytest

from investreview.core.errors import Invalid
from investreview.core.files import FileFacts, inspect_upload

LIMIT = 500 * 1024 * 1024


def inspect(content: bytes, name: str, limit: int = LIMIT) -> FileFacts:
    return inspect_upload(io.BytesIO(content), name=name, limit=limit)


def shown(value: object) -> str | None:
    """A readable name for a parameter that holds the bytes of a file."""
    return f"{len(value)}-bytes" if isinstance(value, bytes) else None


def refused(content: bytes, name: str, limit: int = LIMIT) -> str:
    with pytest.raises(Invalid) as refusal:
        inspect(content, name, limit)
    return refusal.value.code
