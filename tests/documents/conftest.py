"""Fixtures of the documents room."""

from pathlib import Path

import pytest

from investreview.documents import waking


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What the worker was told, instead of a broker."""
    told: list[tuple[str, int]] = []
    monkeypatch.setattr(waking, "_publish", lambda task, row_id: told.append((task, row_id)))
    return told
