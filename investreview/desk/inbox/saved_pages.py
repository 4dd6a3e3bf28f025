"""The pages of saved views: keep the present filter, rename, share, open by itself, delete."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.desk.inbox.filtering import Chosen, InboxForm
from investreview.desk.inbox.forms import ViewForm
from investreview.desk.inbox.saved import change_view, chosen_of, delete_view, own_view, save_view, views_for
from investreview.desk.inbox.tabs import label_of, tab_named
from investreview.desk.models import SavedView
from investreview.desk.permissions import require_inbox
from investreview.desk.selectors.viewing import viewer_of
from investreview.registry.forms import show_error


@login_required
@require_safe
def views(request: ScopedRequest) -> HttpResponse:
    """The person's views and those shared with them."""
    require_inbox(request.scope)
    viewer = viewer_of(request)
    rows = [(view, chosen_of(view).query, _tab_of(view, viewer.is_enterprise)) for view in views_for(viewer.user)]
    return render(request, "desk/views.html", {"rows": rows})


@login_required
@require_POST
def save(request: ScopedRequest) -> HttpResponse:
    """The filter that is shown is kept under a name."""
    require_inbox(request.scope)
    asked = QueryDict(request.POST.get("query", ""))
    filters = InboxForm(asked, tab=tab_named(asked.get("tab", "")), viewer=viewer_of(request))
    chosen, form = filters.chosen, ViewForm(request.POST)
    if form.is_valid():
        try:
            view = save_view(owner=request.user, chosen=chosen, naming=form.naming, at=clock.now())
        except Invalid as error:
            show_error(form, error)
        else:
            messages.success(request, _("视图“%(name)s”已保存。") % {"name": view.name})
            return redirect(f"{reverse('desk:home')}?{chosen.query}")
    return _form_page(request, form, chosen, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: ScopedRequest, view_id: int) -> HttpResponse:
    """The view has another name, is shared, or opens by itself."""
    view = own_view(view_id, request.user)
    kept = {"name": view.name, "is_default": view.is_default, "is_shared": view.is_shared}
    form = ViewForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "GET":
        return _form_page(request, form, chosen_of(view), view=view, status=200)
    if form.is_valid():
        try:
            change_view(view_id=view_id, user=request.user, naming=form.naming, at=clock.now())
        except Invalid as error:
            show_error(form, error)
        else:
            messages.success(request, _("视图已修改。"))
            return redirect("desk:views")
    return _form_page(request, form, chosen_of(view), view=view, status=422)


@login_required
@require_POST
def delete(request: ScopedRequest, view_id: int) -> HttpResponse:
    """The view is gone."""
    delete_view(view_id=view_id, user=request.user, at=clock.now())
    messages.success(request, _("视图已删除。"))
    return redirect("desk:views")


def _form_page(
    request: ScopedRequest, form: ViewForm, chosen: Chosen, *, view: SavedView | None = None, status: int
) -> HttpResponse:
    return render(request, "desk/view_form.html", {"form": form, "chosen": chosen, "view": view}, status=status)


def _tab_of(view: SavedView, of_enterprise: bool) -> str:
    return label_of(tab_named(view.tab), of_enterprise=of_enterprise)
