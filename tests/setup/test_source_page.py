"""Whoever uses the site gets its source, and nothing but its source."""

import io
import zipfile

import pytest
from django.test import RequestFactory

from investreview.core import source_page


@pytest.fixture
def names(rf: RequestFactory, settings, tmp_path) -> set[str]:
    settings.BASE_DIR = settings.DATA_DIR = tmp_path
    for name in (
        "investreview/core/a.py",
        "investreview/__pycache__/a.pyc",
        "bin/demo",
        "LICENSE",
        "var/secret",
        ".env",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    response = source_page.archive(rf.get("/source/archive/"))
    content = b"".join(response.streaming_content)
    response.file_to_stream.close()
    package = zipfile.ZipFile(io.BytesIO(content))
    assert response.headers["Content-Disposition"] == 'attachment; filename="investreview-source.zip"'
    return set(package.namelist())


def test_the_archive_holds_the_source_and_no_data(names: set[str]) -> None:
    assert names == {
        "investreview-source/investreview/core/a.py",
        "investreview-source/bin/demo",
        "investreview-source/LICENSE",
    }


def test_the_archive_takes_no_post(rf: RequestFactory) -> None:
    assert source_page.archive(rf.post("/source/archive/")).status_code == 405
