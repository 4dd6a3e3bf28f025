"""What an expert does to the own seat without ending a step: answer, declare, save, correct, ask."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from experts.models import ScoreSheet, Seat
from experts.selectors.seat_pages import own_seat
from experts.services.declarations import declare_conflicts
from experts.services.invitations import confirm_own_seat, decline_own_seat
from experts.services.meeting import ask_inquiry
from experts.services.sheets import correct_sheet, save_sheet
from experts.views.refusing import refusal_of
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.errors import Busy, DomainError, Forbidden, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.core.templatetags.ir import moment
from investreview.projects.acting import Acting
from workflows.panel.acts import SIGN
from workflows.panel.forms.seats import CorrectionForm, DeclarationForm, DeclineForm, InquiryForm
from workflows.panel.forms.sheets import SignSheetForm, typed_entry
from workflows.panel.pages.expert import TEMPLATE, correctable_sheet, own_item, seat_context
from workflows.panel.pages.sheet_texts import sheet_texts
from workflows.review.forms.base import DoorForm
from workflows.review.views.common import SignedIn, panel

LARGEST = 2**31 - 1


@login_required
@require_POST
def confirm(request: SignedIn, seat_id: int) -> HttpResponse:
    """The invitation is accepted; pressed twice, it is accepted once."""
    at = clock.now()
    own = own_seat(request.user, seat_id)
    if own.confirmed_at is None:
        confirm_own_seat(user=request.user, seat_id=seat_id, at=at)
        messages.success(request, _("已确认参加。请阅读所列单位并签署回避声明，之后才能查看材料。"))
    return redirect("seats:seat", seat_id)


@login_required
@require_POST
def decline(request: SignedIn, seat_id: int) -> HttpResponse:
    """The seat is left before the panel is seated; the next in the same order joins."""
    at = clock.now()
    form = DeclineForm(request.POST)
    own_seat(request.user, seat_id)

    def send() -> None:
        decline_own_seat(user=request.user, seat_id=seat_id, reason=form.as_reason(), at=at)

    return _answered(request, seat_id, "decline", form, send, _("已登记您不能参加，谢谢您的答复。"), at)


@login_required
@require_POST
def declare(request: SignedIn, seat_id: int) -> HttpResponse:
    """The declaration on the parties listed is signed; without a conflict the papers open with the panel."""
    at = clock.now()
    form = DeclarationForm(request.POST)
    own = own_seat(request.user, seat_id)

    def send() -> None:
        declare_conflicts(
            acting=_acting(request, at),
            case_id=own.panel.case_id,
            place=str(own.place),
            entry=form.as_entry(),
            at=at,
        )

    done = _("回避声明已签署。")
    return _answered(request, seat_id, "declare", form, send, done, at)


@login_required
@require_POST
def ask(request: SignedIn, seat_id: int) -> HttpResponse:
    """A question waits for the secretary, who sends it to the enterprise without saying who asked."""
    at = clock.now()
    form = InquiryForm(request.POST)
    own = own_seat(request.user, seat_id)

    def send() -> None:
        ask_inquiry(
            acting=_acting(request, at),
            case_id=own.panel.case_id,
            place=str(own.place),
            text=form.cleaned_data["text"],
            at=at,
        )

    return _answered(request, seat_id, "inquiry", form, send, _("问题已提交，由论证会务发给企业。"), at)


@login_required
@require_POST
def save(request: SignedIn, seat_id: int) -> HttpResponse:
    """What was typed so far is kept; a page's own script is answered in data, a button with the page.

    A save from a second window is answered with both texts.
    """
    at = clock.now()
    own = own_seat(request.user, seat_id)
    item = own_item(own)
    if item is None:
        raise Invalid("experts_sheet_signed")
    form = SignSheetForm(request.POST, item=item, on=at.date(), auto_id="id_sign_sheet_%s")
    wants_data = request.headers.get("Accept") == "application/json"
    try:
        sheet = _saved(request, own, form, at)
    except (NotVisible, Forbidden, Busy):
        raise
    except DomainError as error:
        if wants_data:
            return JsonResponse({"sentence": sentence(error)}, status=error.status)
        return _not_saved(request, own, form, error, at)
    if wants_data:
        saved = _("已保存 %(moment)s") % {"moment": moment(sheet.saved_at)}
        return JsonResponse({"version": sheet.version, "saved": saved})
    messages.success(request, _("评分表已暂存，尚未签名。"))
    return redirect("seats:seat", seat_id)


def _saved(request: SignedIn, own: Seat, form: SignSheetForm, at: datetime) -> ScoreSheet:
    """Raises: Invalid (review_form_incomplete, experts_points_wrong …), Stale (core_stale)."""
    given = request.POST.get("sheet_version", "")
    version = int(given) if given.isascii() and given.isdecimal() else LARGEST
    if not form.is_valid():
        faulty = next((f"{form[name].label}：{errors[0]}" for name, errors in form.errors.items()), "")
        raise Invalid("experts_sheet_not_read", what=faulty)
    return save_sheet(
        acting=_acting(request, at),
        case_id=own.panel.case_id,
        place=str(own.place),
        sheet_version=min(version, LARGEST),
        entry=typed_entry(form.cleaned_data, form.rules),
        at=at,
    )


def _not_saved(request: SignedIn, own: Seat, form: SignSheetForm, error: DomainError, at: datetime) -> HttpResponse:
    """The page with what was typed; after a save from another window with both texts, to be saved over it or not."""
    item = form.item
    tried = panel(SIGN, item, at=at, key=request.POST.get("key", ""))
    form.show(error)
    given = (item, [type(tried)(tried.act, form, tried.envelope)])
    context = seat_context(request.user, own.pk, at=at, given=given)
    if isinstance(error, Stale) and form.draft is not None:
        context |= {
            "sentence": sentence(error),
            "theirs": sheet_texts(SignSheetForm(item=item, on=at.date())),
            "yours": sheet_texts(form),
        }
    return render(request, TEMPLATE, context, status=error.status)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedIn, seat_id: int) -> HttpResponse:
    """A new signed version of the own sheet with its reason, while nobody else can read the first."""
    at = clock.now()
    own = own_seat(request.user, seat_id)
    sheet = correctable_sheet(own)
    if sheet is None:
        raise Invalid("experts_nothing_to_correct")
    form = CorrectionForm(request.POST if request.method == "POST" else None, sheet=sheet)

    def send() -> None:
        correct_sheet(
            acting=_acting(request, at),
            case_id=own.panel.case_id,
            version=None,
            place=str(own.place),
            entry=typed_entry(form.cleaned_data, form.rules),
            reason=form.cleaned_data["reason"],
            at=at,
        )

    status = refusal_of(form, send) if form.is_bound else 200
    if status is None:
        messages.success(request, _("更正后的评分表已签名，原评分表保留。"))
        return redirect("seats:seat", seat_id)
    context = {"seat": own, "sheet": sheet, "form": form}
    return render(request, "experts/seat/correction.html", context, status=status)


def _acting(request: SignedIn, at: datetime) -> Acting:
    return Acting(user=request.user, scope=scope_of(request.user, at))


def _answered(
    request: SignedIn,
    seat_id: int,
    key: str,
    form: DoorForm,
    send: Callable[[], None],
    done: str,
    at: datetime,
) -> HttpResponse:
    """The act was done and the seat's page says so, or the page comes back with what was typed."""
    status = refusal_of(form, send)
    if status is None:
        messages.success(request, done)
        return redirect("seats:seat", seat_id)
    tried: dict[str, Form] = {key: form}
    return render(request, TEMPLATE, seat_context(request.user, seat_id, at=at, tried=tried), status=status)
