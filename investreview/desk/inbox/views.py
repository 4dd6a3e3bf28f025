"""The inbox as pages: the desk itself, its export, and what is done to several lines at once."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from experts.selectors.matters import panel_matters
from investreview.accounts.entering import last_sign_in
from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.errors import Busy, DomainError
from investreview.core.gathering import gather
from investreview.core.messages import sentence
from investreview.core.subject import Subject
from investreview.desk.context import read_frame
from investreview.desk.inbox.exporting import write_inbox
from investreview.desk.inbox.filtering import Chosen, InboxForm, filter_line
from investreview.desk.inbox.forms import ViewForm
from investreview.desk.inbox.projects import enterprise_projects
from investreview.desk.inbox.rows import PAGE, Inbox
from investreview.desk.inbox.saved import chosen_of, views_for
from investreview.desk.inbox.summary import FEW, Counts, cards_of, counts_of, finished_this_week, tab_links
from investreview.desk.inbox.tabs import Tab, tab_named
from investreview.desk.models import SavedView
from investreview.desk.permissions import has_inbox, require_inbox
from investreview.desk.selectors.home import entries_to_check, latest, latest_notices, papers_to_compare, waiting_beside
from investreview.desk.selectors.viewing import viewer_of
from investreview.evaluations.selectors.waiting import waiting_steps
from investreview.journal.services import record_access
from workflows.circulating import mark_read
from workflows.holding import claim

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """The person's tabs and what stands beside them; who acts on no case finds where their work is."""
    viewer = viewer_of(request)
    if viewer.user.kind == User.Kind.EXPERT:
        return redirect("seats:desk")
    if not has_inbox(viewer.scope):
        ways = [item for group in read_frame(request).groups for item in group.items if item.url != request.path]
        shown = {"ways": ways, "today": viewer.today, "last_sign_in": last_sign_in(request)}
        return render(request, "desk/start.html", shown)
    saved = list(views_for(viewer.user))
    asked, opened_by = _asked(request, saved)
    form = InboxForm(asked, tab=tab_named(asked.get("tab", "")), viewer=viewer)
    chosen, inbox = form.chosen, Inbox(viewer, request.lent)
    beside = {**waiting_beside(viewer), "finished": finished_this_week(viewer)} if chosen.tab == Tab.MINE else {}
    counts = counts_of(inbox, beside)
    context = {
        "today": viewer.today,
        "tab": chosen.tab,
        "tabs": tab_links(counts, chosen.tab, viewer),
        "form": form,
        "chosen": chosen,
        "filter_line": filter_line(chosen, form),
        "page": inbox.page(chosen, form.after_place, length=PAGE),
        "is_behind": bool(form.after_place),
        "views": [(view, chosen_of(view).query) for view in saved],
        "opened_by": opened_by,
        "view_form": ViewForm(auto_id="id_view_%s"),
        "is_enterprise": viewer.is_enterprise,
        "last_sign_in": last_sign_in(request),
    }
    if chosen.tab == Tab.MINE:
        context |= _beside(inbox, counts, beside)
    return render(request, "desk/home.html", context)


def _asked(request: ScopedRequest, saved: list[SavedView]) -> tuple[QueryDict, SavedView | None]:
    """What the address asks for; a bare address opens the person's default view."""
    default = next((view for view in saved if view.is_default and view.owner_id == request.user.pk), None)
    if request.GET or default is None:
        return request.GET, None
    return QueryDict(chosen_of(default).query), default


def _beside(inbox: Inbox, counts: Counts, beside: dict[str, QuerySet[Any]]) -> dict[str, object]:
    """What stands below the person's own steps; what there is none of is not read."""
    viewer = inbox.viewer
    found: dict[str, Any] = {name: rows if counts.beside[name] else rows.none() for name, rows in beside.items()}
    found["finished"], found["notices"] = found["finished"][:FEW], latest(found["notices"])
    gather(*found.values())
    none: tuple[()] = ()
    return {
        "cards": cards_of(inbox, counts, found["finished"]),
        "projects": enterprise_projects(viewer) if viewer.is_enterprise else (),
        "papers": papers_to_compare(found.get("papers", none)),
        "matters": panel_matters(viewer.scope),
        "entries": entries_to_check(found.get("batches", none), found.get("takeovers", none)),
        "evaluations": waiting_steps(user=viewer.user, scope=viewer.scope, at=viewer.at, lent=inbox.lent),
        "notices": latest_notices(found["notices"]),
    }


@login_required
@require_safe
def export(request: ScopedRequest) -> HttpResponse | FileResponse:
    """The tab as it is narrowed, as a table. Journal: inbox.export, in the access chain."""
    viewer = viewer_of(request)
    require_inbox(viewer.scope)
    form = InboxForm(request.GET, tab=tab_named(request.GET.get("tab", "")), viewer=viewer)
    chosen, file = form.chosen, BytesIO()
    count = write_inbox(file, Inbox(viewer, request.lent), chosen, filter_line(chosen, form))
    user = viewer.user
    record_access(
        commission=user.commission.code if user.commission is not None else "",
        verb="inbox.export",
        actor=user.as_actor(),
        subject=Subject("user", user.username),
        at=viewer.at,
        facts={"tab": chosen.tab.value, "filter": chosen.stored, "count": count},
    )
    file.seek(0)
    name = _("事项清单")
    filename = f"{name}-{viewer.today:%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX)


@login_required
@require_POST
def claim_several(request: ScopedRequest) -> HttpResponse:
    """Each chosen step is the person's, or a sentence says who has it; one that fails keeps no other back."""
    require_inbox(request.scope)
    at, claimed = clock.now(), 0
    for task_id in (chosen_ids := _chosen(request)):
        try:
            claim(task_id=task_id, user=request.user, at=at)
        except Busy:
            raise
        except DomainError as error:
            if len(chosen_ids) == 1 and error.status in (403, 404):
                raise
            messages.warning(request, sentence(error))
        else:
            claimed += 1
    if claimed:
        text = ngettext("已认领 %d 项，已列入待我办理。", "已认领 %d 项，已列入待我办理。", claimed)
        messages.success(request, text % claimed)
    return _back(request, nothing=not chosen_ids)


@login_required
@require_POST
def read_several(request: ScopedRequest) -> HttpResponse:
    """What was chosen of the circulated cases is read (已阅)."""
    require_inbox(request.scope)
    ids = _chosen(request)
    count = mark_read(user=request.user, ids=ids, at=clock.now())
    if count:
        messages.success(request, ngettext("已阅 %d 项。", "已阅 %d 项。", count) % count)
    return _back(request, nothing=not ids)


def _chosen(request: ScopedRequest) -> list[int]:
    """The keys of the chosen lines: of the line whose own button was pressed, else of all that are ticked."""
    sent = request.POST.getlist("one") or request.POST.getlist("items")
    return [int(each) for each in sent[:PAGE] if each.isascii() and each.isdigit() and len(each) < 19]


def _back(request: ScopedRequest, *, nothing: bool) -> HttpResponse:
    """The tab from which the lines were chosen."""
    if nothing:
        messages.warning(request, sentence(DomainError("desk_nothing_selected")))
    asked = QueryDict(request.POST.get("query", ""))
    values = {key: asked.get(key, "") for key in ("q", "route", "group", "step", "sort")}
    return redirect(f"{reverse('desk:home')}?{Chosen(tab_named(asked.get('tab', '')), **values).query}")
