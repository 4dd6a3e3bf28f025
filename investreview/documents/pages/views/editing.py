"""The wording of a letter is changed between its locked fields, until it is signed."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid, Stale
from investreview.core.messages import sentence
from investreview.documents import permissions
from investreview.documents.compare import Block, compare
from investreview.documents.contents import Letter
from investreview.documents.models import Document, DocumentVersion
from investreview.documents.pages.forms import WordingForm
from investreview.documents.pages.page import may_edit
from investreview.documents.pages.shown import shown
from investreview.documents.pages.subjects import address_of
from investreview.documents.pages.views.common import actor_of, asked_document, letter_of
from investreview.documents.selectors import newest_version
from investreview.documents.services import save_wording
from investreview.documents.wording import EditableLetter, from_editable, locked_fields, to_editable


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ScopedRequest, pk: int) -> HttpResponse:
    """The wording between the locked fields; saved, it is the newest version and its checks are to be made anew."""
    found = asked_document(request, pk).document
    permissions.require(permissions.can_write(request.scope, found.path, found.kind))
    newest = newest_version(found)
    letter = letter_of(newest)
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
            content=from_editable(letter_of(base), form.typed),
            scope=request.scope,
            actor=actor_of(request),
            at=clock.now(),
            note=form.cleaned_data["note"],
        )
    except Stale as error:
        return _changed_meanwhile(request, found, form, error)
    except Invalid as error:
        form.show(error)
        return _editor(request, found, letter_of(base), form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("已保存为第%(ordinal)d版，须重新核稿。") % {"ordinal": version.ordinal})
    return redirect("documents:document", found.pk)


def _changed_meanwhile(request: ScopedRequest, found: Document, form: WordingForm, error: Stale) -> HttpResponse:
    """Somebody saved in between: both texts, and what was typed may be saved over it. A repeat is already saved."""
    newest = newest_version(found)
    letter = letter_of(newest)
    theirs, yours = to_editable(letter), form.typed
    if newest.author == actor_of(request).id and _same(theirs, yours):
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
        "subject_url": address_of(found.subject_kind, found.subject_key),
        "form": form,
        "locked": locked_fields(letter),
        "unknown": shown(letter).unknown,
        "is_open": may_edit(request.scope, found),
        **more,
    }
    return render(request, "documents/edit.html", context, status=status)
