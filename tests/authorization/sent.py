"""What a rightful person sends with each POST, as the page in front of them holds it."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from investreview.core.roles import Role
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.documents.models import NumberSeries
from investreview.projects.services.forms import approval_sheet_code
from tests.authorization import drafts, evaluations, inbox, leader, office, past, pieces
from tests.authorization.scenes import DAY, FREE_SLOT
from tests.authorization.sent_panels import BODIES, FILES
from tests.authorization.site import Site
from tests.projects.pages import typed
from tests.workflows import takeover_forms
from tests.workflows.doors import hidden
from tests.world import PASSWORD

Body = dict[str, Any]
TODAY = DAY.isoformat()
ACTS: dict[str, tuple[str, Body]] = {
    "task release": ("release", {}),
    "task check_completeness": ("confirm_completeness", {}),
    "task revise": ("hand_over", {}),
    "task opinion": ("propose", {"proposal": "FILE", "text": "建议备案。"}),
    "task check": ("check", {"text": ""}),
    "task countersign": ("countersign", {"outcome": "NO_OBJECTION", "text": ""}),
    "task wording": ("check_wording", {"text": ""}),
    "task sign": ("sign", {"text": ""}),
    "task deferral": ("resume", {}),
    "task deliver": ("deliver", {"sealed_on": TODAY, "channel": "ONLINE", "delivered_on": TODAY}),
    "task acknowledge": ("acknowledge", {}),
}
CALENDAR: dict[str, Body] = {
    "registry:calendar_edit_day": {"day": "2024-12-02", "kind": "FREE", "reason": "测试"},
    "registry:calendar_add_year": {"year": "2026"},
    "registry:calendar_confirm_year": {"year": "2025", "source": "国办发〔2024〕12号"},
}


def scan() -> SimpleUploadedFile:
    """A PDF as the office scans it."""
    return SimpleUploadedFile("扫描件.pdf", sample_pdf("扫描件"), content_type="application/pdf")


def page_of(site: Site, route: str, thing: str, who: str) -> Any:
    """The page as somebody has it in front of them; having looked leaves no trace."""
    with transaction.atomic():
        page = site.clients[who].get(site.address(route, thing))
        transaction.set_rollback(True)
    assert page.status_code == 200, (route, thing, who, page.status_code)
    return page


def body(site: Site, route: str, thing: str, who: str) -> Body:
    """The body of a POST that would be granted to ``who``; files are made anew each time."""
    if route in CALENDAR:
        return dict(CALENDAR[route])
    made = (_BODIES | BODIES | drafts.BODIES | office.BODIES | inbox.BODIES | leader.BODIES | pieces.BODIES).get(route)
    return made(site, thing, who) if made is not None else {}


def with_files(route: str, thing: str, sent: Body) -> Body:
    """The same with fresh files: a file can be sent once."""
    name = {
        ("review:task", "task deliver"): "sealed",
        ("review:paper", "task sign"): "scan",
        ("projects:materials", "case draft"): f"{FREE_SLOT}-file",
        ("projects:materials", "case supplementing"): f"{FREE_SLOT}-file",
        **FILES,
        ("past:new", ""): "papers",
        ("review:new_takeover", ""): "papers",
        ("evaluations:deliver", "sample notice signed"): "sealed",
    }.get((route, thing))
    if route in past.FILES:
        return {**sent, **past.FILES[route]()}
    files = office.FILES | leader.FILES
    if route in files:
        field, made = files[route]
        return {**sent, field: made()}
    return {**sent, name: scan()} if name else sent


def _task(site: Site, thing: str, who: str) -> Body:
    act, more = ACTS[thing]
    return {**hidden(page_of(site, "review:task", thing, who), act), **more}


def _transfer(site: Site, thing: str, who: str) -> Body:
    return {"to": str(site.cast.user("officer3").pk), "reason": "出差"}


def _paper(site: Site, thing: str, who: str) -> Body:
    page = page_of(site, "review:paper", thing, who)
    carried = [*page.context["paper"], *page.context["form"]]
    return {bound.html_name: str(bound.value()) for bound in carried if bound.is_hidden} | {
        "act": "sign",
        "text": "同意。",
        "decider": str(site.cast.user("deputy").pk),
        "dated_on": TODAY,
        "version_code": approval_sheet_code(hands.fresh(site.scenes["signing"].case)),
    }


def _version(site: Site, thing: str, who: str) -> Body:
    name = thing.removeprefix("case ")
    return {"version": str(hands.fresh(site.scenes[name].case).version), "reason": "方案调整。"}


def _new_project(site: Site, thing: str, who: str) -> Body:
    page = page_of(site, "projects:new_project", "", who)
    return typed(page.content.decode()) | {"enterprise": str(site.cast.home.sub.pk), "name": "新项目（示例）"}


def _facts(site: Site, thing: str, who: str) -> Body:
    return typed(page_of(site, "projects:facts", thing, who).content.decode()) | {"summary": "修改后的内容。"}


def _investment(site: Site, thing: str, who: str) -> Body:
    return typed(page_of(site, "projects:investment", thing, who).content.decode()) | {"study_number": "可研1"}


def _pledges(site: Site, thing: str, who: str) -> Body:
    return typed(page_of(site, "projects:pledges", thing, who).content.decode()) | {"special_matter": "对照事项"}


def _live(site: Site, thing: str, who: str) -> Body:
    return typed(page_of(site, "projects:investment", thing, who).content.decode())


def _discard(site: Site, thing: str, who: str) -> Body:
    return {"version": str(hands.fresh(site.scenes["draft"].case).version)}


def _upload(site: Site, thing: str, who: str) -> Body:
    return {"act": "upload", "slot": FREE_SLOT, f"{FREE_SLOT}-mark": "INTERNAL"}


def _wording(site: Site, thing: str, who: str) -> Body:
    form = page_of(site, "documents:edit", thing, who).context["form"]
    shown = {bound.html_name: str(bound.value() or "") for bound in form}
    return shown | {"contact": "王××（示例），0518-80633066", "note": "改联系人"}


def _person(site: Site, thing: str, who: str) -> Body:
    return {
        "full_name": "新人（示例）",
        "username": "lyg.new",
        "kind": "STAFF",
        "email": "",
        "phone": "",
    }


def _grant(site: Site, thing: str, who: str) -> Body:
    path = site.cast.home.commission.path
    return {"role": Role.OFFICE_HEAD.value, "body": path, "valid_from": TODAY, "valid_until": ""}


def _substitute(site: Site, thing: str, who: str) -> Body:
    return {
        "grant": f"{Role.CASE_OFFICER.value}|{site.cast.home.commission.path}",
        "substitute": str(site.cast.user("officer3").pk),
        "number": "委授〔2024〕2号",
        "valid_from": TODAY,
        "valid_until": "2024-07-31",
    }


def _fixed(**fields: str) -> Callable[[Site, str, str], Body]:
    return lambda site, thing, who: dict(fields)


def _past(site: Site, thing: str, who: str) -> Body:
    shown = typed(page_of(site, "past:new", "", who).content.decode())
    return shown | past.NEW | {"enterprise": str(site.cast.home.sub.pk)}


def _ledger(site: Site, thing: str, who: str) -> Body:
    return typed(page_of(site, "past:upload", "", who).content.decode())


def _ongoing(site: Site, thing: str, who: str) -> Body:
    return typed(page_of(site, "past:upload_ongoing", "", who).content.decode())


def _correction(site: Site, thing: str, who: str) -> Body:
    return typed(page_of(site, "past:correct", thing, who).content.decode()) | {"signer": "王××"}


def _batch(site: Site, thing: str, who: str) -> Body:
    version = past.version_of(site.things[thing]["backfill_id"])
    return {"version": str(version), "decision": "return", "reason": "金额与复函不符。"}


def _takeover(site: Site, thing: str, who: str) -> Body:
    return takeover_forms.typed(site.cast.home, paper_number="收2024-900")


def _start(site: Site, thing: str, who: str) -> Body:
    series = NumberSeries.objects.get(commission="LYG", code="HAN")
    return {"series": str(series.pk), "year": "2025", "first": "38", "reason": "登记簿已编至第 37 号"}


_BODIES: dict[str, Callable[[Site, str, str], Body]] = {
    **evaluations.BODIES,
    "past:new": _past,
    "past:upload": _ledger,
    "past:upload_ongoing": _ongoing,
    "past:correct": _correction,
    "past:store": _batch,
    "past:discard": _batch,
    "past:retry": _batch,
    "past:check": _batch,
    "review:new_takeover": _takeover,
    "review:takeover": _fixed(decision="agree"),
    "documents:start_series": _start,
    "set_language": _fixed(language="en", next="/"),
    "accounts:sign_in": _fixed(username="lyg.officer", password=PASSWORD),
    "accounts:password": _fixed(
        old_password=PASSWORD, new_password="Neues-Wort-2024", repeated_password="Neues-Wort-2024"
    ),
    "accounts:profile": _fixed(phone="0518-8000000", language="zh-hans"),
    "accounts:change_email": _fixed(email="neu@example.cn", password=PASSWORD),
    "accounts:new_person": _person,
    "accounts:deactivate": _fixed(reason="调离"),
    "accounts:revoke": _fixed(reason="调离"),
    "accounts:grant": _grant,
    "accounts:substitute": _substitute,
    "documents:verify": _fixed(code="?"),
    "documents:edit": _wording,
    "projects:new_project": _new_project,
    "projects:facts": _facts,
    "projects:investment": _investment,
    "projects:pledges": _pledges,
    "projects:live": _live,
    "projects:materials": _upload,
    "projects:discard": _discard,
    "projects:phone_notes": _fixed(with_whom="集团", text="已转告。", promised=""),
    "projects:questions": _fixed(text="请说明资金来源。"),
    "projects:incoming": _fixed(
        sender_number="甲投〔2024〕9号", register_number="收2024-900", received_on=TODAY, copies="1"
    ),
    "review:task": _task,
    "review:transfer": _transfer,
    "review:paper": _paper,
    "review:hand_over": _version,
    "review:withdraw": _version,
    "review:return": _version,
    "review:compare_paper": _fixed(decision="agree"),
}
