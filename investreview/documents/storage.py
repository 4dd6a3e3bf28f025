"""Files of documents under MEDIA_ROOT/documents, written whole or not at all, named by us."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings

from investreview.core.crashing import crash_point

CHUNK = 1024 * 1024


def write_rendition(data: bytes, *, year: int, row_id: int, digest: str) -> str:
    """The PDF lies at ``documents/<year>/<id>-<first 8 of its hash>.pdf``; returns that name."""
    name = f"documents/{year}/{row_id}-{digest[:8]}.pdf"
    with _whole(name) as target:
        target.write(data)
    return name


def write_sealed(file: IO[bytes], *, year: int, document_id: int, digest: str, extension: str) -> str:
    """The upload lies at ``documents/<year>/sealed/<id>-<first 16 of its hash>.<extension>``; returns that name."""
    name = f"documents/{year}/sealed/{document_id}-{digest[:16]}.{extension}"
    file.seek(0)
    with _whole(name) as target:
        while chunk := file.read(CHUNK):
            target.write(chunk)
    return name


class _whole:
    """A file under MEDIA_ROOT that appears under its name only when everything was written and synced."""

    def __init__(self, name: str) -> None:
        self._path = Path(settings.MEDIA_ROOT) / name

    def __enter__(self) -> IO[bytes]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._target = NamedTemporaryFile(dir=self._path.parent, prefix=".part-", delete=False)
        return self._target

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._target:
            self._target.flush()
            os.fsync(self._target.fileno())
        crash_point("store.before_rename")
        if kind is None:
            Path(self._target.name).replace(self._path)
        else:
            Path(self._target.name).unlink()
