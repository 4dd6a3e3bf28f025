"""The text of each paper, page by page and line by line, as it was once read and found good.

``GOLDEN=write pytest tests/documents/test_golden.py`` writes it anew, to be read again.
"""

import os
from pathlib import Path

import pytest

from investreview.documents.render import render_issued

from .every import EVERY_KIND
from .reading import page_texts

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("name", EVERY_KIND)
def test_paper_reads_as_stored(name: str) -> None:
    text = "\n\n— page —\n\n".join(page_texts(render_issued(EVERY_KIND[name]()))) + "\n"
    stored = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        stored.write_text(text, encoding="utf-8")
    assert text == stored.read_text(encoding="utf-8")
