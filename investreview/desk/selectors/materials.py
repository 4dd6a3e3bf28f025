"""The materials of a case: every slot with the versions that fill it, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.desk.words import is_english
from investreview.projects.files import is_previewed
from investreview.projects.models import MaterialVersion
from investreview.rulebook.provisions import Slot


@dataclass(frozen=True)
class FileVersion:
    """One version in a slot: a file, pages of a file, or a promise with its date. Units: ``size`` bytes."""

    ordinal: int
    name: str
    kind: str
    size: int
    sha256: str
    pages: str
    mark: str
    version_code: str
    promised_on: date | None
    by: str
    at: datetime
    url: str
    preview_url: str
    is_current: bool


@dataclass(frozen=True)
class SlotRow:
    """One slot with its present version and the earlier ones."""

    code: str
    name: str
    current: FileVersion | None
    earlier: tuple[FileVersion, ...]


def slot_rows(versions: Iterable[MaterialVersion], slots: Iterable[Slot]) -> tuple[SlotRow, ...]:
    """Every slot that was ever filled, in the order of the catalogue."""
    names = {slot.code: slot.name_en if is_english() else slot.name for slot in slots}
    by_slot: dict[str, list[MaterialVersion]] = {}
    for version in versions:
        by_slot.setdefault(version.slot, []).append(version)
    return tuple(_slot_row(code, names.get(code, code), by_slot[code]) for code in sorted(by_slot))


def _slot_row(code: str, name: str, versions: list[MaterialVersion]) -> SlotRow:
    rows = [_file(version) for version in sorted(versions, key=lambda one: -one.ordinal)]
    return SlotRow(
        code=code,
        name=name,
        current=next((row for row in rows if row.is_current), None),
        earlier=tuple(row for row in rows if not row.is_current),
    )


def _preview(version: MaterialVersion) -> str:
    """The page on which the file is read, at the page where a chapter begins; nothing for what no page shows."""
    stored = version.file
    if stored is None or not is_previewed(stored):
        return ""
    url = reverse("projects:preview", args=[stored.pk])
    return f"{url}?page={version.page_from}" if version.page_from else url


def _file(version: MaterialVersion) -> FileVersion:
    stored = version.file
    pages = ""
    if version.page_from is not None:
        pages = _("第%(first)s—%(last)s页") % {"first": version.page_from, "last": version.page_to}
        if version.is_chapter:
            pages = _("可研报告%(pages)s") % {"pages": pages}
    return FileVersion(
        ordinal=version.ordinal,
        name=stored.name if stored is not None else "",
        kind=stored.kind if stored is not None else "",
        size=stored.size if stored is not None else 0,
        sha256=stored.sha256 if stored is not None else "",
        pages=pages,
        mark=stored.get_mark_display() if stored is not None else "",
        version_code=version.version_code,
        promised_on=version.promised_on,
        by=version.provided_by.full_name,
        at=version.provided_at,
        url=reverse("projects:file", args=[stored.pk]) if stored is not None else "",
        preview_url=_preview(version),
        is_current=version.is_current,
    )
