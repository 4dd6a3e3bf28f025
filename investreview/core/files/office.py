"""The parts of DOCX, XLSX and OFD: no macros, no document types (XML bombs), nothing fetched from elsewhere."""

import re
from typing import IO
from xml.etree import ElementTree  # parsed only after a document type was ruled out

from investreview.core.errors import Invalid
from investreview.core.files.kinds import FileKind

CHUNK = 1024 * 1024
KEPT_LIMIT = 8 * 1024**2
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
_DOCUMENT_TYPE = tuple(
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le")
)
_LONGEST_MARK = max(map(len, _DOCUMENT_TYPE))
_MACRO_PARTS = re.compile(r"vbaproject\.bin$|vbadata\.xml$|/macrosheets/|/activex/", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(?:https?:|ftp:|//|\\\\|file://[^/])", re.IGNORECASE)
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/externalLinkPath", "/image")


def kind_of(names: frozenset[str]) -> FileKind:
    """DOCX, XLSX or OFD when its main part is there, else ZIP.

    Raises: Invalid (file_kind_unknown_office, file_macros, file_encrypted).
    """
    if "OFD.xml" in names:
        if "Encryptions.xml" in names:
            raise Invalid("file_encrypted")
        return FileKind.OFD
    if _CONTENT_TYPES not in names:
        return FileKind.ZIP
    kinds = [kind for part, kind in _MAIN_PARTS.items() if part in names]
    if len(kinds) != 1 or "_rels/.rels" not in names:
        raise Invalid("file_kind_unknown_office")
    if any(_MACRO_PARTS.search(name) for name in names):
        raise Invalid("file_macros")
    return kinds[0]


def inspect_part(stream: IO[bytes], name: str) -> None:
    """The part was unpacked to its end; XML in it declares no entities and fetches nothing.

    Raises: Invalid (file_xml_entities, file_macros, file_remote_part, file_damaged).
    """
    is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
    is_kept = name.lower().endswith(".rels") or name == _CONTENT_TYPES
    kept = bytearray()
    before = b""
    while chunk := stream.read(CHUNK):
        if is_xml and any(mark in before + chunk for mark in _DOCUMENT_TYPE):
            raise Invalid("file_xml_entities")
        before = chunk[-_LONGEST_MARK:]
        if is_kept:
            kept += chunk
            if len(kept) > KEPT_LIMIT:
                raise Invalid("file_damaged")
    if name == _CONTENT_TYPES and b"macroenabled" in bytes(kept).lower().replace(b"\0", b""):
        raise Invalid("file_macros")
    if name.lower().endswith(".rels"):
        _check_relations(bytes(kept))


def _check_relations(xml: bytes) -> None:
    try:
        relations = ElementTree.fromstring(xml)  # noqa: S314  # no document type: checked while it was read
    except ElementTree.ParseError as error:
        raise Invalid("file_damaged") from error
    for relation in relations:
        is_fetched = relation.get("Type", "").endswith(_FETCHED)
        if is_fetched and relation.get("TargetMode") == "External" and _ELSEWHERE.match(relation.get("Target", "")):
            raise Invalid("file_remote_part", target=relation.get("Target", "")[:80])
