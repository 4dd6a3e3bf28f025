"""A commission at work: a case waiting at every step, so that every page has something to show."""

from datetime import date, datetime

from django.db.models import Count

from investreview.accounts.models import PeopleImport, User
from investreview.accounts.services import NewUser, RoleOffer, confirm_grant, create_user, grant_role
from investreview.accounts.services.leaves import Absence
from investreview.core import clock
from investreview.core.clock import SHANGHAI
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.desk.inbox.filtering import Chosen
from investreview.desk.inbox.saved import Naming, save_view
from investreview.desk.inbox.tabs import Tab
from investreview.desk.leave.services import propose_leave
from investreview.documents.kinds import LETTERS, DocumentState, RenditionState
from investreview.documents.models import Document, Rendition
from investreview.documents.tasks import render_rendition
from investreview.projects.catalogue import STUDY_SLOT
from investreview.projects.models import Case, CorrectionSlip, Takeover
from investreview.projects.services.agendas import add_case, create_agenda
from tests.browser.before import found_past
from tests.browser.drafted import found_rule_draft
from tests.browser.evaluated import found_samples, notice_addresses
from tests.browser.mistaken import make_mistakes
from tests.browser.panels import found_panels, panel_addresses
from tests.world import PASSWORD, World, drive, found_world, later
from workflows.circulating import circulate
from workflows.models import WorkItem

ON_PAPER = "线下签批改造项目（示例）"
NOW = datetime(2024, 7, 12, 9, tzinfo=SHANGHAI)
AFTER_MEETINGS = datetime(2024, 7, 24, 9, tzinfo=SHANGHAI)
ASKED = "请补充投资估算表（示例）。"
INSIDE = ("officer", "head", "document_officer", "deputy", "director", "archivist", "auditor")
"""Who reads how a letter came about."""
WAITING_AT = ("draft", "handed_over", "released", "confirmed", "proposed", "checked", "signed", "delivered")


def found_house() -> World:
    """Founded, with a case at each step, one supplementing, one supplemented, one decided on paper; PDFs are made."""
    world = _at_work()
    _open(NOW)
    return world


def found_house_with_panels() -> World:
    """The same with a pool, and a case at each station of a panel, on a day after their meetings."""
    world = _at_work()
    found_panels(world)
    _open(AFTER_MEETINGS)
    return world


def _at_work() -> World:
    world = found_world()
    for step in WAITING_AT:
        drive(world, step, key=step, name=f"{step} 改造项目（示例）")
    _supplementing(world)
    _on_paper(world)
    drive(world, "acknowledged", key="closed", name="已办结改造项目（示例）")
    make_mistakes(world)
    _import_people(world)
    _let_auditor_in(world)
    found_past(world)
    found_samples(world, NOW)
    _put_before(world)
    _led(world)
    found_rule_draft(world, NOW)
    return world


def _open(at: datetime) -> None:
    """The PDFs are made, and it is ``at``."""
    for rendition in Rendition.objects.filter(state=RenditionState.PENDING):
        render_rendition(rendition.pk)
    clock.start_demonstration(at)


def _supplementing(world: World) -> None:
    for key, name in (("open", "补正中改造项目（示例）"), ("done", "已补正改造项目（示例）")):
        case = drive(world, "released", key=key, name=name)
        items = [{"slot": STUDY_SLOT, "text": ASKED}]
        hands.ask_supplement(case, world.officer, items, later(3))
    hands.replace_material(case, world.group_drafter, STUDY_SLOT, later(4))
    hands.hand_over(case, world.group_drafter, later(4))
    hands.release(case, world.group_releaser, later(5))


def _on_paper(world: World) -> None:
    case = drive(world, "checked", key="paper", name=ON_PAPER)
    hands.print_sheet(case, world.officer, later(6))
    hands.enter_paper(case, world.officer, world.deputy, later(6).date(), later(7))


def _put_before(world: World) -> None:
    """The officer keeps a view, has a case to read, and is going on leave."""
    officer = world.officer
    save_view(owner=officer, chosen=Chosen(Tab.CLAIM, sort="amount"), naming=Naming("2024"), at=NOW)
    case = Case.objects.get(project__name=ON_PAPER)
    circulate(case_id=case.pk, user=world.head, readers=[officer.pk], note="", at=NOW)
    away = Absence(date(2024, 7, 29), date(2024, 7, 31), substitute_id=world.officer2.pk)
    propose_leave(person=officer, absence=away, at=NOW)


def _led(world: World) -> None:
    """A leader wants something done about a case, which is also on the agenda of a meeting."""
    case = Case.objects.get(project__name=ON_PAPER)
    hands.instruct(case, world.deputy, "CW", "请补充测算（示例）。", NOW.date(), "instructed", NOW)
    clerk = hands.acting(world.document_officer, NOW)
    agenda = create_agenda(
        acting=clerk, commission=world.commission, name="主任办公会（示例）", held_on=NOW.date(), key="meeting", at=NOW
    )
    add_case(acting=clerk, agenda_id=agenda.pk, number=case.number, at=NOW)


def _import_people(world: World) -> None:
    made = PeopleImport.objects.create(
        commission=world.commission,
        key="1",
        file_name="人员（示例）.xlsx",
        sha256="0" * 64,
        imported_by=world.security_admin,
        imported_at=later(0),
    )
    made.people.add(world.officer2)


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
    taken_over = Case.objects.get(taken_over_on__isnull=False)
    draft = Document.objects.filter(kind__in=LETTERS, state=DocumentState.DRAFT).first()
    slip = CorrectionSlip.objects.get(confirmed_at__isnull=True)
    signing = WorkItem.objects.get(case__project__name=ON_PAPER, node="sign")
    signed = Case.objects.filter(signed_at__isnull=False, delivered_at__isnull=True)[0]
    edited = Document.objects.annotate(count=Count("versions")).filter(count__gt=1, kind__in=LETTERS).first()
    found = {role: [f"/documents/{edited.pk}/versions/"] for role in INSIDE}
    found |= {
        "officer": [
            *found["officer"],
            "/search/?q=LYG-2024",
            "/?tab=claim",
            "/?tab=circulated",
            "/inbox/views/",
            f"/cases/{supplemented.number}/submissions/1/2/",
            f"/documents/{draft.pk}/",
            f"/documents/{slip.case.letter_id}/",
            f"/cases/{slip.case.number}/remedy/",
            f"/cases/{slip.case.number}/corrections/?field=site",
            f"/tasks/{signing.task_id}/paper/",
        ],
        "head": [*found["head"], f"/corrections/{slip.pk}/"],
        "deputy": [*found["deputy"], f"/cases/{taken_over.number}/", f"/cases/{signed.number}/signature/withdraw/"],
        "archivist": [
            *found["archivist"],
            f"/cases/{slip.case.number}/corrections/",
            f"/corrections/{slip.pk}/",
        ],
        "auditor": [
            *found["auditor"],
            f"/cases/{slip.case.number}/corrections/",
            f"/corrections/{slip.pk}/",
            "/hand-over/",
        ],
        "director": [
            *found["director"],
            f"/takeovers/{Takeover.objects.get(case=taken_over).pk}/",
            f"/cases/{slip.case.number}/corrections/",
            f"/corrections/{slip.pk}/",
        ],
        "security_admin": [f"/people/imports/{PeopleImport.objects.get().pk}/"],
        "group_drafter": [f"/cases/{supplemented.number}/"],
    }
    for further in (panel_addresses(), notice_addresses()):
        for role, addresses in further.items():
            found[role] = [*found.get(role, []), *addresses]
    return found
