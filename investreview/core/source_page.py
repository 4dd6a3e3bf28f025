"""Where whoever uses the site finds its source (AGPL-3.0, section 13): the very files this installation runs."""

import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

FOLDERS = (
    ".ci", "bench", "bin", "docs", "experts", "investreview", "locale", "static", "templates", "tests", "workflows",
)  # fmt: skip
FILES = (
    "CHANGELOG.md", "LICENSE", "README.md", "README.zh-CN.md", "manage.py", "pyproject.toml",
    "requirements-dev.lock", "requirements-dev.txt", "requirements.lock", "requirements.txt",
)  # fmt: skip
NAME = "investreview-source.zip"


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """The page that says under which licence the site runs and offers its source."""
    return render(request, "core/source.html")


@require_safe
def archive(request: HttpRequest) -> FileResponse:
    """The source as one ZIP; no data, no secret, no installed package is in it."""
    return FileResponse(packed(settings.DATA_DIR).open("rb"), as_attachment=True, filename=NAME)


@cache
def packed(folder: Path) -> Path:
    """The ZIP in ``folder``, packed once in the life of this process: the source it runs does not change."""
    with (
        tempfile.NamedTemporaryFile(dir=folder, suffix=".zip", delete=False) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for file in source_files():
            package.write(file, Path("investreview-source") / file.relative_to(settings.BASE_DIR))
    return Path(unfinished.name).rename(folder / NAME)


def source_files() -> Iterator[Path]:
    """Every file of the source, by name; nothing beside the folders and files of the project."""
    for name in FILES:
        if (file := settings.BASE_DIR / name).is_file():
            yield file
    for name in FOLDERS:
        for file in sorted((settings.BASE_DIR / name).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".pyc":
                yield file
