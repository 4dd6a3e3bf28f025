"""Facts and materials of a case as plain data: what is frozen at release, hashed, and compared between versions."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from investreview.core.gathering import gather
from investreview.core.once import once
from investreview.projects.models import Case, Commitment, Declaration, Party, Submission
from investreview.projects.rules import version_code

_NOT_FACTS = {"id", "case", "version"}


@dataclass(frozen=True)
class Frozen:
    """The facts and materials of a case at one moment and the SHA-256 over both."""

    facts: dict[str, Any]
    materials: list[dict[str, Any]]
    sha256: str


def plain(value: object) -> object:
    """A value of a declaration as JSON: money as yuan with two decimals, dates as text."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def frozen_facts(case: Case) -> dict[str, Any]:
    """Every declared fact as text, number or list, in a fixed order; money as yuan with two decimals."""
    lines, parties = _rows(case)
    gather(lines, parties)
    return _facts(case, lines, parties)


def _rows(case: Case) -> tuple[QuerySet[Commitment], QuerySet[Party]]:
    declaration: Declaration = case.declaration
    return (
        declaration.commitments.select_related("enterprise").order_by("enterprise__path"),
        declaration.parties.select_related("organisation").order_by("role", "organisation__name"),
    )


def _facts(case: Case, lines: Iterable[Commitment], parties: Iterable[Party]) -> dict[str, Any]:
    declaration: Declaration = case.declaration
    facts: dict[str, Any] = {"project_name": case.project.name, "enterprise_path": case.path}
    for field in Declaration._meta.concrete_fields:
        if field.name not in _NOT_FACTS:
            facts[field.name] = plain(getattr(declaration, field.attname))
    facts["phases"] = [
        {"name": phase.name, "total_yuan": plain(phase.total_yuan)} for phase in declaration.phases.all()
    ]
    facts["commitments"] = [
        {
            "enterprise": line.enterprise.path,
            **{
                field.name: plain(getattr(line, field.name))
                for field in line._meta.concrete_fields
                if field.name.endswith("_yuan")
            },
        }
        for line in lines
    ]
    facts["parties"] = [
        {"role": party.role, "name": party.organisation.name, "credit_code": party.organisation.credit_code or ""}
        for party in parties
    ]
    return facts


def frozen_materials(case: Case) -> list[dict[str, Any]]:
    """The current version of every slot with the file's SHA-256, in the order of the catalogue."""
    return [
        {
            "slot": version.slot,
            "version": version.ordinal,
            "file": version.file.name if version.file else "",
            "kind": version.file.kind if version.file else "",
            "sha256": version.file.sha256 if version.file else "",
            "size": version.file.size if version.file else 0,
            "page_count": version.file.page_count if version.file else None,
            "pages": [version.page_from, version.page_to] if version.page_from else None,
            "is_chapter": version.is_chapter,
            "version_code": version.version_code,
            "promised_on": plain(version.promised_on),
        }
        for version in case.materials.filter(is_current=True).select_related("file").order_by("slot")
    ]


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def freeze(case: Case) -> Frozen:
    """Facts and materials as they stand now."""
    facts, materials = frozen_facts(case), frozen_materials(case)
    return Frozen(facts=facts, materials=materials, sha256=_digest({"facts": facts, "materials": materials}))


def current_form_code(case: Case) -> str:
    """The version code form M02 must carry now; it changes with the facts, never with the materials."""
    return once(("form code", case.pk), lambda: _form_code(case))


def _form_code(case: Case) -> str:
    lines, parties = _rows(case)
    submitted = Submission.objects.filter(case=case).values_list("facts", flat=True)
    gather(lines, parties, submitted)
    present = _digest(_facts(case, lines, parties))
    earlier = {_digest(facts) for facts in submitted}
    return version_code(present, len(earlier - {present}) + 1)
