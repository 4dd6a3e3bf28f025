"""All materials of a case as one ZIP, streamed piece by piece from the store; nothing of it is held whole in memory."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

from investreview.core.clock import SHANGHAI
from investreview.core.errors import Invalid
from investreview.core.filenames import safe_filename
from investreview.journal.services import record_access
from investreview.projects.acting import Acting
from investreview.projects.files import place_of
from investreview.projects.models import AnswerFile, Case, MaterialVersion, StoredFile

PIECE = 1024 * 1024
SIZE_LIMIT = 3 * 1024**3
"""Bytes of one archive; more would ask for a ZIP64 that older unpacking programs do not open."""
_NAME_BYTES = 180


@dataclass(frozen=True)
class Packed:
    """One file of the archive: its name there, and where it lies."""

    name: str
    stored: StoredFile
    place: Path


def files_to_pack(case: Case) -> tuple[Packed, ...]:
    """Every file that fills or filled a slot, and what came with answers, each once, under a safe name of its own.

    Raises: Invalid (projects_no_materials, projects_archive_too_large, projects_file_gone).
    """
    named = _named(case)
    if not named:
        raise Invalid("projects_no_materials")
    size = sum(stored.size for _name, stored in named)
    if size > SIZE_LIMIT:
        raise Invalid("projects_archive_too_large", size=size // 1024**2, limit=SIZE_LIMIT // 1024**2)
    return tuple(Packed(name, stored, place_of(stored)) for name, stored in named)


def _named(case: Case) -> list[tuple[str, StoredFile]]:
    versions = MaterialVersion.objects.filter(case=case, file__isnull=False).select_related("file")
    found: dict[int, tuple[str, StoredFile]] = {}
    for version in versions.order_by("slot", "-is_current", "-ordinal"):
        folder = "" if version.is_current else _("以前的版本/")
        if version.file is not None and version.file.pk not in found:
            found[version.file.pk] = (f"{folder}{version.slot}-{version.ordinal:02d}-", version.file)
    answers = AnswerFile.objects.filter(answer__question__case=case).select_related("file", "answer__question")
    for each in answers.order_by("answer__question__ordinal", "id"):
        found[each.file_id] = (_("答复附件/") + f"{each.answer.question.ordinal:02d}-", each.file)
    taken: set[str] = set()
    return [(_unique(prefix, stored, taken), stored) for prefix, stored in found.values()]


def _unique(prefix: str, stored: StoredFile, taken: set[str]) -> str:
    """A name no other file of the archive has, whatever case the unpacking system minds."""
    path = Path(safe_filename(stored.name))
    stem = path.stem.encode()[:_NAME_BYTES].decode(errors="ignore")
    name, number = f"{prefix}{stem}{path.suffix}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{prefix}{stem}-{number}{path.suffix}"
    taken.add(name.casefold())
    return name


def note_archive(case: Case, packed: Sequence[Packed], *, acting: Acting, at: datetime) -> None:
    """The download stands in the access chain of the commission.

    Journal: case.download_materials
    """
    record_access(
        commission=case.commission.code,
        verb="case.download_materials",
        actor=acting.actor,
        subject=case.subject,
        at=at,
        facts={"files": [{"name": each.name, "sha256": each.stored.sha256} for each in packed]},
    )


def archive_pieces(case: Case, packed: Iterable[Packed], *, at: datetime) -> Iterator[bytes]:
    """The archive, piece by piece; its last entry lists every file with size and SHA-256 as read while packing.

    A file whose bytes are no longer those of its upload is packed and marked in the list.
    """
    sink = _Sink()
    when = at.astimezone(SHANGHAI).timetuple()[:6]
    lines = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for each in packed:
            digest = sha256()
            entry = zipfile.ZipInfo(each.name, when)
            with each.place.open("rb") as source, archive.open(entry, "w", force_zip64=False) as target:
                while piece := source.read(PIECE):
                    digest.update(piece)
                    target.write(piece)
                    yield from sink.taken()
            yield from sink.taken()
            lines.append(_line(each, digest.hexdigest()))
        archive.writestr(zipfile.ZipInfo(_("清单.txt"), when), _manifest(case, lines, at))
    yield from sink.taken()


def _line(each: Packed, found: str) -> str:
    is_same = found == each.stored.sha256
    verdict = "" if is_same else _("  与上传时的校验值 %(sha256)s 不一致") % {"sha256": each.stored.sha256}
    return f"{found}  {each.stored.size:>12}  {each.name}{verdict}"


def _manifest(case: Case, lines: Sequence[str], at: datetime) -> str:
    head = _("办件 %(number)s 全部材料，%(at)s 打包；每行依次为 SHA-256、字节数、文件名。") % {
        "number": case.number,
        "at": f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
    }
    return "\r\n".join(["\ufeff" + head, "", *lines, ""])


class _Sink(io.RawIOBase):
    """What the archive writes, until it is taken away; it cannot be sought in, so entries are written straight on."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> Iterator[bytes]:
        """Everything written since it was last taken."""
        pieces, self._pieces = self._pieces, []
        yield from pieces
