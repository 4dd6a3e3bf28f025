"""A commission at work: a case waiting at every step, so that every page has something to show."""

from datetime import date, datetime

from django.db.models import Count

from investreview.accounts.models import User
from investreview.accounts.services import NewUser, RoleOffer, confirm_grant, create_user, grant_role
from investreview.core import clock
from investreview.core.clock import SHANGHAI
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.documents.kinds import LETTERS, DocumentState, RenditionState
from investreview.documents.models import Document, Rendition
from investreview.documents.tasks import render_rendition
from investreview.projects.catalogue import STUDY_SLOT
from investreview.projects.models import Case
from tests.world import PASSWORD, World, drive, found_world, later

NOW = datetime(2024, 7, 12, 9, tzinfo=SHANGHAI)
ASKED = "请补充投资估算表（示例）。"
WAITING_AT = ("draft", "handed_over", "released", "confirmed", "proposed", "checked", "signed", "delivered")


def found_house() -> World:
    """Founded, with a case at each step, one supplementing, one supplemented, one decided on paper; PDFs are made."""
    world = found_world()
    for step in WAITING_AT:
        drive(world, step, key=step, name=f"{step} 改造项目（示例）")
    _supplementing(world)
    _on_paper(world)
    drive(world, "acknowledged", key="closed", name="已办结改造项目（示例）")
    _let_auditor_in(world)
    for rendition in Rendition.objects.filter(state=RenditionState.PENDING):
        render_rendition(rendition.pk)
    clock.start_demonstration(NOW)
    return world


def _supplementing(world: World) -> None:
    for key, name in (("open", "补正中改造项目（示例）"), ("done", "已补正改造项目（示例）")):
        case = drive(world, "released", key=key, name=name)
        items = [{"slot": STUDY_SLOT, "text": ASKED}]
        hands.ask_supplement(case, world.officer, items, later(3))
    hands.replace_material(case, world.group_drafter, STUDY_SLOT, later(4))
    hands.hand_over(case, world.group_drafter, later(4))
    hands.release(case, world.group_releaser, later(5))


def _on_paper(world: World) -> None:
    case = drive(world, "checked", key="paper", name="线下签批改造项目（示例）")
    hands.print_sheet(case, world.officer, later(6))
    hands.enter_paper(case, world.officer, world.deputy, later(6).date(), later(7))


def _let_auditor_in(world: World) -> None:
    at = later(0)
    auditor = create_user(
        commission=world.commission,
        new=NewUser(username="lyg.auditor", full_name="auditor", kind=User.Kind.AUDITOR),
        one_time_password=PASSWORD,
        by=world.security_admin,
        at=at,
    )
    offer = RoleOffer(
        role=Role.AUDITOR, body=world.commission, office=None, valid_from=at.date(), valid_until=date(2024, 12, 31)
    )
    membership = grant_role(user=auditor, offer=offer, by=world.security_admin, at=at)
    confirm_grant(membership=membership, by=world.audit_admin, at=at)
    User.objects.filter(pk=auditor.pk).update(must_change_password=False)
    world.people["auditor"] = auditor


def further_addresses() -> dict[str, list[str]]:
    """Pages of some roles that are several links away from their desk."""
    supplemented = Case.objects.annotate(sent=Count("submissions")).get(sent=2)
    draft = Document.objects.filter(kind__in=LETTERS, state=DocumentState.DRAFT).first()
    return {
        "officer": [f"/cases/{supplemented.number}/submissions/1/2/", f"/documents/{draft.pk}/"],
        "group_drafter": [f"/cases/{supplemented.number}/"],
    }
