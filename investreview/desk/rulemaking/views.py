"""The rule keeper's pages: drafts, a file that becomes one, its trial; the head's publication."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core.errors import Forbidden, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.desk.rulemaking.forms import PublishForm, RuleFileForm, WithdrawForm
from investreview.desk.rulemaking.pages import draft_page, replay_of
from investreview.desk.rulemaking.services import publish_draft, save_draft
from investreview.desk.selectors.viewing import Viewer, viewer_of
from investreview.registry.forms import show_error
from investreview.registry.models import Commission
from investreview.registry.selectors import commissions
from investreview.rulebook.models import RuleSet
from investreview.rulebook.permissions import require_draft_reader, require_keeper
from investreview.rulebook.places import line_of_fault, lines_around
from investreview.rulebook.selectors import draft_or_successor, drafts, one_of, rule_sets
from investreview.rulebook.services import predecessor_of, withdraw_draft


@login_required
@require_safe
def rule_drafts(request: ScopedRequest) -> HttpResponse:
    """The drafts, and from which version a keeper begins a new one."""
    require_draft_reader(request.scope)
    kept = request.scope.commissions_where(Role.RULE_KEEPER)
    context = {
        "drafts": drafts(request.scope),
        "versions": rule_sets(request.scope).filter(commission__code__in=kept).exclude(state=RuleSet.State.DRAFT),
        "may_draft": bool(kept),
    }
    return render(request, "desk/rulemaking/drafts.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_rule_draft(request: ScopedRequest) -> HttpResponse:
    """A rule file, sent or written here, is a draft; a fault is told at its line, and what was tried stays.

    ``?from=`` names the version whose text stands there at first.
    """
    commission = _kept_commission(request)
    origin = _origin(request)
    if request.method == "POST":
        return _write(request, origin.commission if origin is not None else commission, origin)
    is_draft = origin is not None and origin.state == RuleSet.State.DRAFT
    started = {"text": origin.content, "base": origin.sha256 if is_draft else ""} if origin is not None else {}
    return _writing(request, origin, RuleFileForm(initial=started))


def _kept_commission(request: ScopedRequest) -> Commission:
    """The commission whose rules this person keeps."""
    require_draft_reader(request.scope)
    found = commissions(request.scope).filter(code__in=request.scope.commissions_where(Role.RULE_KEEPER)).first()
    if found is None:
        raise Forbidden("rulebook_keeper_only")
    return found


def _origin(request: ScopedRequest) -> RuleSet | None:
    """The version that ``?from=`` names, of a commission whose rules this person keeps.

    None where no version is named, or where it was withdrawn before the text that was made from it arrived.
    """
    if "from" not in request.GET:
        return None
    kept = request.scope.commissions_where(Role.RULE_KEEPER)
    try:
        return one_of(rule_sets(request.scope).filter(commission__code__in=kept), request.GET["from"])
    except NotVisible:
        if request.method == "POST":
            return None
        raise


def _write(request: ScopedRequest, commission: Commission, origin: RuleSet | None) -> HttpResponse:
    form = RuleFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _writing(request, origin, form, status=422)
    content: bytes = form.cleaned_data["content"]
    base = form.cleaned_data["base"]
    try:
        draft = save_draft(commission=commission, content=content, base=base, viewer=viewer_of(request))
    except (Invalid, Stale) as error:
        return _refused(request, origin, form, error, content)
    messages.success(request, _("草案已保存。请核对比对和试算结果；发布由处长办理。"))
    return redirect("desk:rule_draft", draft.pk)


def _refused(
    request: ScopedRequest, origin: RuleSet | None, form: RuleFileForm, error: Invalid | Stale, content: bytes
) -> HttpResponse:
    """The page with what was tried; a draft that another saved meanwhile is the base of the next attempt."""
    present = None
    if isinstance(error, Stale):
        present = drafts(request.scope).filter(code=error.facts["rule_set"]).first()
    show_error(form, error)
    line = line_of_fault(error, content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _writing(request, origin, form, status=error.status)
    base = present.sha256 if present is not None else form.cleaned_data["base"]
    form.keep(text, base)
    return _writing(request, origin, form, status=error.status, line=line, text=text, present=present)


def _writing(
    request: ScopedRequest,
    origin: RuleSet | None,
    form: RuleFileForm,
    *,
    status: int = 200,
    line: int | None = None,
    text: str = "",
    present: RuleSet | None = None,
) -> HttpResponse:
    if line is not None:
        form.fields["text"].widget.attrs["data-line"] = str(line)
    context = {
        "form": form,
        "origin": origin,
        "is_draft": origin is not None and origin.state == RuleSet.State.DRAFT,
        "line": line,
        "lines": lines_around(text, line),
        "present": present,
    }
    return render(request, "desk/rulemaking/write.html", context, status=status)


@login_required
@require_safe
def rule_draft(request: ScopedRequest, pk: int) -> HttpResponse:
    """One draft: whose, from when, how it differs, its trial, and what may be done with it."""
    found = draft_or_successor(request.scope, pk)
    if found.state != RuleSet.State.DRAFT:
        return redirect("rulebook:rule_set", found.code)
    return _page(request, viewer_of(request), found)


def _page(
    request: ScopedRequest,
    viewer: Viewer,
    draft: RuleSet,
    *,
    publish_form: PublishForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    seen = {"sha256": draft.sha256}
    context = {
        "page": draft_page(draft, viewer),
        "publish_form": publish_form or PublishForm(initial=seen),
        "withdraw_form": withdraw_form or WithdrawForm(initial=seen),
        "refusal": refusal,
    }
    return render(request, "desk/rulemaking/draft.html", context, status=status)


@login_required
@require_safe
def replay(request: ScopedRequest, pk: int) -> HttpResponse:
    """The draft tried on every project of the past, against the version it would follow."""
    draft = draft_or_successor(request.scope, pk)
    before = predecessor_of(draft) if draft.state == RuleSet.State.DRAFT else None
    if before is None:
        raise NotVisible("rulebook_draft_gone")
    found, lines = replay_of(draft, before, viewer_of(request))
    context = {"draft": draft, "before": before, "replay": found, "lines": lines}
    return render(request, "desk/rulemaking/replay.html", context)


@login_required
@require_POST
def publish(request: ScopedRequest, pk: int) -> HttpResponse:
    """The draft is law from its first day on."""
    found, viewer, form = draft_or_successor(request.scope, pk), viewer_of(request), PublishForm(request.POST)
    if not form.is_valid():
        return _unfinished(request, viewer, found, publish_form=form)
    try:
        published = publish_draft(draft=found, sha256=form.cleaned_data["sha256"], viewer=viewer)
    except (Invalid, Stale) as error:
        return _refused_act(request, viewer, pk, error)
    messages.success(request, _("规则集 %(code)s 已发布，自其施行日期起施行。") % {"code": published.code})
    return redirect("rulebook:rule_set", published.code)


@login_required
@require_POST
def withdraw(request: ScopedRequest, pk: int) -> HttpResponse:
    """The draft is given up; the journal keeps why."""
    found, viewer, form = draft_or_successor(request.scope, pk), viewer_of(request), WithdrawForm(request.POST)
    require_keeper(viewer.scope, found.commission)
    if not form.is_valid():
        return _unfinished(request, viewer, found, withdraw_form=form)
    try:
        withdraw_draft(
            commission=found.commission,
            code=found.code,
            sha256=form.cleaned_data["sha256"],
            reason=form.cleaned_data["reason"],
            scope=viewer.scope,
            actor=viewer.user.as_actor(),
            at=viewer.at,
        )
    except (Invalid, Stale) as error:
        return _refused_act(request, viewer, pk, error, reason=form.cleaned_data["reason"])
    messages.success(request, _("草案 %(code)s 已撤回，代码可以再用。") % {"code": found.code})
    return redirect("desk:rule_drafts")


def _unfinished(request: ScopedRequest, viewer: Viewer, found: RuleSet, **forms: Any) -> HttpResponse:
    """The page again, with what is missing in a form; of what was published meanwhile its own page."""
    if found.state != RuleSet.State.DRAFT:
        return redirect("rulebook:rule_set", found.code)
    return _page(request, viewer, found, **forms, status=422)


def _refused_act(
    request: ScopedRequest, viewer: Viewer, pk: int, error: Invalid | Stale, *, reason: str = ""
) -> HttpResponse:
    """The page of the draft as it is now, with why nothing was done; the person checks it anew.

    Raises: ``error`` where it is no draft any more.
    """
    present = draft_or_successor(request.scope, pk)
    if present.state != RuleSet.State.DRAFT:
        raise error
    form = WithdrawForm(initial={"sha256": present.sha256, "reason": reason})
    return _page(request, viewer, present, withdraw_form=form, refusal=sentence(error), status=error.status)
