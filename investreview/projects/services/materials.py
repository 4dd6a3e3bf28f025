"""Materials: a file is stored as it came, a slot is filled, a promise is noted."""

from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.db.models import Max

from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from investreview.projects.catalogue import FORM_SLOT, STUDY_SLOT
from investreview.projects.models import Case, MaterialVersion, StoredFile
from investreview.projects.requirements import requirements_of
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_declared_case, note, require_state
from investreview.projects.storage import keep_file
from investreview.rulebook.materials import Requirement

SIZE_LIMIT = 500 * 1024 * 1024


def store_file(
    *, case: Case, file: IO[bytes], name: str, user: User, mark: str, at: datetime, limit: int | None = None
) -> StoredFile:
    """The file lies under a name of ours with its SHA-256, size, kind and pages noted; nothing is overwritten.

    Raises: Invalid with the code of the fault found (core.files). The caller's transaction decides whether it counts;
    a file whose row was rolled back is never served.
    """
    stored = _kept(case=case, file=file, name=name, user=user, mark=mark, at=at, limit=limit)
    stored.save()
    return stored


def store_panel_file(*, case: Case, file: IO[bytes], name: str, user: User, at: datetime) -> StoredFile:
    """Like ``store_file``, for a paper of an expert panel: readers of the case do not reach it.

    Raises: Invalid with the code of the fault found (core.files).
    """
    stored = _kept(case=case, file=file, name=name, user=user, mark="INTERNAL", at=at, limit=None)
    stored.is_of_panel = True
    stored.save()
    return stored


def _kept(
    *, case: Case, file: IO[bytes], name: str, user: User, mark: str, at: datetime, limit: int | None
) -> StoredFile:
    """The file in the store and its row, not yet saved."""
    kept = keep_file(
        file, name=name, folder=f"materials/{at:%Y}/{case.number}", limit=min(limit or SIZE_LIMIT, SIZE_LIMIT)
    )
    return StoredFile(
        case=case,
        name=kept.name,
        kind=kept.facts.kind,
        size=kept.facts.size,
        sha256=kept.facts.sha256,
        page_count=kept.facts.pages,
        storage_name=kept.storage_name,
        mark=mark,
        uploaded_by=user,
        uploaded_at=at,
    )


def upload_material(
    *, acting: Acting, case_id: int, slot: str, file: IO[bytes], name: str, mark: str, form_code: str = "", at: datetime
) -> MaterialVersion:
    """A new version of ``slot`` holds the file; the earlier version stays readable.

    ``form_code`` is the version code printed on a stamped form M02; an old one is refused.
    Raises: Forbidden, Invalid (the file's fault, projects_slot_unknown, projects_form_code_old). Journal: case.save.
    """
    with transaction.atomic():
        case = lock_writable(acting, case_id)
        requirement = requirement_of(case, slot)
        if slot == FORM_SLOT:
            check_form_code(case, form_code)
        stored = store_file(
            case=case, file=file, name=name, user=acting.person, mark=mark, at=at, limit=requirement.size_limit
        )
        if stored.kind not in requirement.kinds:
            raise Invalid(
                "projects_kind_not_of_slot", field="file", kind=stored.kind, kinds="、".join(requirement.kinds)
            )
        same = case.materials.filter(slot=slot, is_current=True, file__sha256=stored.sha256, page_from=None).first()
        if same is not None and same.version_code == form_code.strip().upper():
            stored.delete()
            return same
        return _fill(
            case, slot, acting=acting, at=at, values={"file": stored, "version_code": form_code.strip().upper()}
        )


def fill_from_file(
    *,
    acting: Acting,
    case_id: int,
    slot: str,
    file_id: int,
    page_from: int,
    page_to: int,
    at: datetime,
) -> MaterialVersion:
    """``slot`` is filled by pages of a file that is already there (one file for several slots).

    Whether it may be a chapter is the rule set's word (level F). Raises: Forbidden, Invalid
    (projects_chapter_not_allowed, projects_pages_outside). Journal: case.save.
    """
    with transaction.atomic():
        case = lock_writable(acting, case_id)
        requirement = requirement_of(case, slot)
        stored = StoredFile.objects.filter(case=case, pk=file_id, fills__isnull=False).first()
        if stored is None:
            raise Invalid("projects_slot_unknown", field="file", slot=slot)
        is_chapter = (
            MaterialVersion.objects.filter(case=case, file=stored, slot=STUDY_SLOT).exists() and slot != STUDY_SLOT
        )
        if is_chapter and requirement.level not in ("F", "O"):
            raise Invalid("projects_chapter_not_allowed", field="file", slot=requirement.name)
        pages = stored.page_count
        if page_from < 1 or page_to < page_from or (pages is not None and page_to > pages):
            raise Invalid("projects_pages_outside", field="page_to", first=page_from, last=page_to, pages=pages or "?")
        values = {"file": stored, "page_from": page_from, "page_to": page_to, "is_chapter": is_chapter}
        return _fill(case, slot, acting=acting, at=at, values=values)


def promise_material(*, acting: Acting, case_id: int, slot: str, promised_on: date, at: datetime) -> MaterialVersion:
    """``slot`` may follow by ``promised_on`` (容缺).

    Raises: Forbidden, Invalid (projects_promise_not_allowed). Journal: case.save.
    """
    with transaction.atomic():
        case = lock_writable(acting, case_id)
        requirement = requirement_of(case, slot)
        if not requirement.may_follow:
            raise Invalid("projects_promise_not_allowed", field="promised_on", slot=requirement.name)
        return _fill(case, slot, acting=acting, at=at, values={"promised_on": promised_on})


def lock_writable(acting: Acting, case_id: int) -> Case:
    """The case, locked, whose materials this person may provide now.

    Raises: NotVisible, Forbidden (projects_role_missing), Invalid (projects_not_allowed_in_state).
    """
    case = lock_declared_case(case_id)
    if not acting.scope.holds_any(frozenset({Role.ENTERPRISE_DRAFTER, Role.ENTERPRISE_RELEASER}), case.path):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
    require_state(case, Verb.SAVE)
    return case


def requirement_of(case: Case, slot: str) -> Requirement:
    """What the rules ask of the slot in this case. Raises: Invalid (projects_slot_unknown)."""
    found = next((one for one in requirements_of(case) if one.code == slot), None)
    if found is None:
        raise Invalid("projects_slot_unknown", field="slot", slot=slot)
    return found


def check_form_code(case: Case, given: str) -> None:
    """The code is that of the present facts. Raises: Invalid (projects_form_code_old)."""
    from investreview.projects.freezing import current_form_code

    expected = current_form_code(case)
    if given.strip().upper() != expected:
        raise Invalid("projects_form_code_old", field="form_code", given=given.strip() or "—", expected=expected)


def _fill(case: Case, slot: str, *, acting: Acting, at: datetime, values: dict[str, object]) -> MaterialVersion:
    last = MaterialVersion.objects.filter(case=case, slot=slot).aggregate(last=Max("ordinal"))["last"] or 0
    MaterialVersion.objects.filter(case=case, slot=slot, is_current=True).update(is_current=False)
    version: MaterialVersion = MaterialVersion.objects.create(
        case=case, slot=slot, ordinal=last + 1, provided_by=acting.person, provided_at=at, **values
    )
    stored = version.file
    note(
        case,
        Verb.SAVE,
        acting=acting,
        at=at,
        facts={
            "slot": slot,
            "material_version": version.ordinal,
            "sha256": stored.sha256 if stored is not None else "",
            "file": stored.name if stored is not None else "",
        },
    )
    return version
