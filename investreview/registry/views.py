"""The calendar of working days: everyone of the commission reads it, its keepers correct it."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from investreview.core import clock
from investreview.core.actor import Actor
from investreview.core.errors import DomainError, NotVisible
from investreview.core.scope import Scope
from investreview.registry import selectors, services
from investreview.registry.almanac import FIRST_YEAR, LAST_YEAR, announced_until
from investreview.registry.calendar_page import months
from investreview.registry.forms import AddYearForm, ConfirmYearForm, EditDayForm, show_error
from investreview.registry.models import CalendarDay, Commission
from investreview.registry.permissions import can_edit_calendar, require_calendar_keeper


class ScopedRequest(HttpRequest):
    """A request of somebody who is signed in; the middleware of accounts puts the scope there."""

    scope: Scope


def _actor(scope: Scope) -> Actor:
    return Actor(id=str(scope.user_id), name=scope.name)


def _commission(request: ScopedRequest) -> Commission:
    reachable = {commission.code: commission for commission in selectors.commissions(request.scope)}
    code = request.GET.get("commission", next(iter(reachable), ""))
    if code not in reachable:
        raise NotVisible("registry_calendar_not_visible")
    return reachable[code]


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else clock.today().year


@login_required
@require_safe
def calendar(request: ScopedRequest) -> HttpResponse:
    """A year of the commission's calendar."""
    return _page(request, _commission(request), _year(request))


def _page(
    request: ScopedRequest,
    commission: Commission,
    year: int,
    *,
    edit_form: EditDayForm | None = None,
    add_form: AddYearForm | None = None,
    confirm_form: ConfirmYearForm | None = None,
) -> HttpResponse:
    days = selectors.calendar_days(commission, year)
    years = selectors.calendar_years(commission)
    has_errors = bool(edit_form or add_form or confirm_form)
    context = {
        "commission": commission,
        "year": year,
        "years": years,
        "months": months(days),
        "notes": [row for row in days if row.note],
        "is_estimated": any(row.source == CalendarDay.Source.ESTIMATED for row in days),
        "announced_until": announced_until(),
        "can_edit": can_edit_calendar(request.scope, commission),
        "edit_form": edit_form or EditDayForm(),
        "add_form": add_form or AddYearForm(initial={"year": years[-1] + 1 if years else year}),
        "confirm_form": confirm_form or ConfirmYearForm(initial={"year": year}),
    }
    return render(request, "registry/calendar.html", context, status=422 if has_errors else 200)


def _back(commission: Commission, day: date | None, year: int) -> HttpResponse:
    query = f"?commission={commission.code}&year={day.year if day else year}"
    return redirect(reverse("registry:calendar") + query)


@login_required
@require_POST
def edit_day(request: ScopedRequest) -> HttpResponse:
    """One day is set to worked or free."""
    commission = _commission(request)
    require_calendar_keeper(request.scope, commission)
    form = EditDayForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["day"]
        try:
            services.edit_calendar_day(
                commission=commission,
                day=day,
                is_working_day=form.cleaned_data["kind"] == "WORK",
                reason=form.cleaned_data["reason"],
                scope=request.scope,
                actor=_actor(request.scope),
                at=clock.now(),
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("已调整该日，期限按新日历计算。"))
            return _back(commission, day, day.year)
    return _page(request, commission, _year(request), edit_form=form)


@login_required
@require_POST
def add_year(request: ScopedRequest) -> HttpResponse:
    """A year is added to the calendar, or gets what was announced since."""
    commission = _commission(request)
    require_calendar_keeper(request.scope, commission)
    form = AddYearForm(request.POST)
    if form.is_valid():
        year = form.cleaned_data["year"]
        try:
            is_changed = services.add_calendar_year(
                commission=commission, year=year, scope=request.scope, actor=_actor(request.scope), at=clock.now()
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("年度日历已生成。") if is_changed else _("该年度日历没有新的内容。"))
            return _back(commission, None, year)
    return _page(request, commission, _year(request), add_form=form)


@login_required
@require_POST
def confirm_year(request: ScopedRequest) -> HttpResponse:
    """An estimated year is official."""
    commission = _commission(request)
    require_calendar_keeper(request.scope, commission)
    form = ConfirmYearForm(request.POST)
    if form.is_valid():
        year = form.cleaned_data["year"]
        try:
            services.confirm_calendar_year(
                commission=commission,
                year=year,
                source=form.cleaned_data["source"],
                scope=request.scope,
                actor=_actor(request.scope),
                at=clock.now(),
            )
        except DomainError as error:
            show_error(form, error)
        else:
            messages.success(request, _("该年度日历已确认，不再显示为推算。"))
            return _back(commission, None, year)
    return _page(request, commission, _year(request), confirm_form=form)
