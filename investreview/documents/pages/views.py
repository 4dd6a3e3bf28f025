"""Documents are read, compared, edited until they are signed, fetched as PDF, and made again when that failed."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.actor import Actor
from investreview.core.errors import Forbidden, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.core.text import safe_filename
from investreview.documents import permissions
from investreview.documents.compare import Block, compare
from investreview.documents.contents import Letter
from investreview.documents.models import Document, DocumentVersion, Rendition
from investreview.documents.pages import access
from investreview.documents.pages.forms import CompareForm, RegisterForm, WordingForm
from investreview.documents.pages.page import document_page, may_edit
from investreview.documents.pages.register import register_page
from investreview.documents.pages.shown import shown
from investreview.documents.selectors import documents, newest_version
from investreview.documents.services import retry_rendition, save_wording
from investreview.documents.wording import EditableLetter, from_editable, locked_fields, to_editable

LONGEST_ORDINAL = 5


def _actor(request: ScopedRequest) -> Actor:
    return request.user.as_actor()


def _document(request: ScopedRequest, pk: int) -> Document:
    return access.readable_document(pk, user=request.user, scope=request.scope, at=clock.now())


@login_required
@require_safe
def document(request: ScopedRequest, pk: int) -> HttpResponse:
    """The document as it reads; an auditor's reading is noted."""
    found = _document(request, pk)
    page = document_page(found, scope=request.scope, version=_asked_version(request, found))
    if access.only_audits(request.scope, found.path):
        access.note_access(found, "read", actor=_actor(request), at=clock.now(), version=page.version.ordinal)
    return render(request, "documents/document.html", {"page": page})


def _asked_version(request: ScopedRequest, found: Document) -> DocumentVersion | None:
    """The version that the address asks for; nothing where it asks for none.

    Raises: NotVisible for a version that is not there or not for this person.
    """
    asked = request.GET.get("version", "")
    if not asked:
        return None
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_ORDINAL
    version = found.versions.filter(ordinal=int(asked)).first() if is_number else None
    if version is None or not access.reads_inside(request.scope, found):
        raise NotVisible("documents_may_not_read")
    return version


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ScopedRequest, pk: int) -> HttpResponse:
    """The wording between the locked fields; saved, it is the newest version and its checks are to be made anew."""
    found = _document(request, pk)
    permissions.require(permissions.can_write(request.scope, found.path))
    newest = newest_version(found)
    letter = _letter(newest)
    if request.method != "POST":
        return _editor(request, found, letter, _opened(newest, letter))
    form = WordingForm(request.POST)
    if not form.is_valid():
        return _editor(request, found, letter, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _save(request, found, form)


def _opened(version: DocumentVersion, letter: Letter) -> WordingForm:
    text = to_editable(letter)
    return WordingForm(
        initial={"base": version.ordinal, "title": text.title, "body": text.body, "contact": text.contact}
    )


def _save(request: ScopedRequest, found: Document, form: WordingForm) -> HttpResponse:
    base = found.versions.filter(ordinal=form.cleaned_data["base"]).first()
    if base is None:
        raise Invalid("papers_base_missing")
    try:
        version = save_wording(
            found,
            base_ordinal=base.ordinal,
            content=from_editable(_letter(base), form.typed),
            scope=request.scope,
            actor=_actor(request),
            at=clock.now(),
            note=form.cleaned_data["note"],
        )
    except Stale as error:
        return _changed_meanwhile(request, found, form, error)
    except Invalid as error:
        form.show(error)
        return _editor(request, found, _letter(base), form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("已保存为第%(ordinal)d版，须重新核稿。") % {"ordinal": version.ordinal})
    return redirect("documents:document", found.pk)


def _changed_meanwhile(request: ScopedRequest, found: Document, form: WordingForm, error: Stale) -> HttpResponse:
    """Somebody saved in between: both texts, and what was typed may be saved over it. A repeat is already saved."""
    newest = newest_version(found)
    letter = _letter(newest)
    theirs, yours = to_editable(letter), form.typed
    if newest.author == _actor(request).id and _same(theirs, yours):
        messages.success(request, _("已保存为第%(ordinal)d版，须重新核稿。") % {"ordinal": newest.ordinal})
        return redirect("documents:document", found.pk)
    data = request.POST.copy()
    data["base"] = str(newest.ordinal)
    again = WordingForm(data)
    again.is_valid()
    blocks: tuple[Block, ...] = ()
    try:
        blocks = compare(letter, from_editable(letter, yours))
    except Invalid as fault:
        again.show(fault)
    more = {"stale": sentence(error), "theirs": theirs, "blocks": blocks}
    return _editor(request, found, letter, again, status=HTTPStatus.CONFLICT, **more)


def _same(theirs: EditableLetter, yours: EditableLetter) -> bool:
    def lines(text: str) -> list[str]:
        return [line.strip() for line in text.splitlines() if line.strip()]

    return all(lines(getattr(theirs, name)) == lines(getattr(yours, name)) for name in ("title", "body", "contact"))


def _editor(
    request: ScopedRequest,
    found: Document,
    letter: Letter,
    form: WordingForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **more: object,
) -> HttpResponse:
    context = {
        "document": found,
        "form": form,
        "locked": locked_fields(letter),
        "unknown": shown(letter).unknown,
        "is_open": may_edit(request.scope, found),
        **more,
    }
    return render(request, "documents/edit.html", context, status=status)


def _letter(version: DocumentVersion) -> Letter:
    """Raises: Invalid (papers_not_a_letter)."""
    content = version.parsed
    if not isinstance(content, Letter):
        raise Invalid("papers_not_a_letter")
    return content


@login_required
@require_safe
def versions(request: ScopedRequest, pk: int) -> HttpResponse:
    """Two versions in one text (花脸稿) and the later one clean (清稿)."""
    found = _document(request, pk)
    if not access.reads_inside(request.scope, found):
        raise NotVisible("documents_may_not_read")
    rows = {one.ordinal: one for one in found.versions.order_by("-ordinal")}
    names = [(one.ordinal, _name(one)) for one in rows.values()]
    last = max(rows)
    form = CompareForm(
        {"before": request.GET.get("before", max(last - 1, 1)), "after": request.GET.get("after", last)},
        ordinals=names,
    )
    context: dict[str, object] = {"document": found, "form": form}
    if form.is_valid():
        before, after = (_letter(rows[form.cleaned_data[name]]) for name in ("before", "after"))
        context |= {"blocks": compare(before, after), "clean": shown(after)}
    return render(request, "documents/compare.html", context)


def _name(version: DocumentVersion) -> str:
    said = {"ordinal": version.ordinal, "who": version.author_name, "note": version.note}
    return (_("第%(ordinal)d版 %(who)s %(note)s") % said).strip()


@login_required
@require_safe
def pdf(request: ScopedRequest, pk: int) -> FileResponse:
    """A PDF as attachment; the download is noted."""
    rendition = Rendition.objects.filter(pk=pk).first()
    if rendition is None:
        raise NotVisible("documents_may_not_read")
    found = _document(request, rendition.document_id)
    inside = access.reads_inside(request.scope, found)
    if not access.is_open(rendition, found, inside=inside):
        raise NotVisible("documents_may_not_read")
    name = f"{found.number or found.get_kind_display()}.pdf"
    return _attachment(request, found, rendition.file.name, name, sha256=rendition.sha256, purpose=rendition.purpose)


@login_required
@require_safe
def original(request: ScopedRequest, pk: int, original_id: int) -> FileResponse:
    """The sealed original as attachment; the download is noted."""
    found = _document(request, pk)
    inside = access.reads_inside(request.scope, found)
    sealed = access.open_originals(found, inside=inside).filter(pk=original_id).first()
    if sealed is None:
        raise NotVisible("documents_may_not_read")
    return _attachment(request, found, sealed.file.name, sealed.name, sha256=sealed.sha256, purpose="SEALED")


def _attachment(request: ScopedRequest, found: Document, stored: str, name: str, **facts: str) -> FileResponse:
    place = access.place_of(stored)
    access.note_access(found, "download", actor=_actor(request), at=clock.now(), **facts)
    answer = FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=safe_filename(name),
        content_type="application/octet-stream",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def retry(request: ScopedRequest, pk: int) -> HttpResponse:
    """A failed PDF is queued again."""
    rendition = access.rendition_to_retry(pk, user=request.user, scope=request.scope, at=clock.now())
    try:
        retry_rendition(rendition, scope=request.scope, actor=_actor(request), at=clock.now())
    except Invalid as error:
        messages.warning(request, sentence(error))
    else:
        messages.success(request, _("已重新排队生成，稍后刷新页面查看。"))
    if documents(request.scope).filter(pk=rendition.document_id).exists():
        return redirect("documents:document", rendition.document_id)
    return redirect("documents:failed")


@login_required
@require_safe
def failed(request: ScopedRequest) -> HttpResponse:
    """The PDFs that somebody must look after; the system's keeper sees kind and error, no case data."""
    if not access.looks_after_renditions(request.scope):
        raise Forbidden("documents_may_not_retry")
    rows = access.failed_renditions(user=request.user, scope=request.scope, at=clock.now())
    return render(request, "documents/failed.html", {"rows": rows})


@login_required
@require_safe
def numbers(request: ScopedRequest) -> HttpResponse:
    """The register of numbers with the void ones and their reasons.

    Raises: Forbidden (documents_may_not_number) for whoever does not read the commission's papers as a whole.
    """
    rows = access.numbers_of(request.scope)
    if not access.reads_registers(request.scope):
        raise Forbidden("documents_may_not_number")
    series = list(rows.order_by("series_id").values_list("series_id", "series__code").distinct())
    years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    form = RegisterForm(request.GET, series=series, years=years)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = register_page(
        rows,
        series=chosen.get("series", ""),
        year=chosen.get("year", ""),
        state=chosen.get("state", ""),
        before=chosen.get("before") or 0,
    )
    query = request.GET.copy()
    query.pop("before", None)
    return render(request, "documents/numbers.html", {"form": form, "page": page, "query": query.urlencode()})
