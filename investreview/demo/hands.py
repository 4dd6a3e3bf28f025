"""The hands of the demonstration: each function does what one person does, through the same doors as the pages."""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from experts.services import replies
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.demo.cast import Cast
from investreview.demo.files import sample_pdf, sample_xlsx
from investreview.documents.models import Document
from investreview.projects.acting import Acting
from investreview.projects.catalogue import FORM_SLOT, STUDY_SLOT
from investreview.projects.models import Agenda, Case, Instruction
from investreview.projects.permissions import acting_as
from investreview.projects.requirements import requirements_of
from investreview.projects.selectors import rules_of
from investreview.projects.services import (
    checking,
    countersigning,
    deciding,
    delivery,
    drafts,
    paper,
    pledges,
    proposing,
    releases,
    signing,
)
from investreview.projects.services.agendas import add_case, create_agenda
from investreview.projects.services.drafts import CommitmentInput, PartyInput, PhaseInput
from investreview.projects.services.forms import approval_sheet_code, print_approval_sheet, print_registration_form
from investreview.projects.services.instructions import Addressee, give_instruction
from investreview.projects.services.materials import fill_from_file, upload_material
from investreview.projects.services.panels import Deviation
from investreview.registry.models import Enterprise, Office
from investreview.rulebook.materials import Requirement
from investreview.rulebook.vocabulary import Level
from workflows import engine
from workflows.models import WorkItem
from workflows.paper import perform_on_paper

STUDY_PAGES = 60
CHAPTER_PAGES = 5
MEETING = "demo-meeting"


@dataclass(frozen=True)
class Wanted:
    """What a case of the demonstration declares; amounts in yuan."""

    enterprise: Enterprise
    name: str
    fields: dict[str, Any]
    phases: tuple[PhaseInput, ...]
    commitments: tuple[CommitmentInput, ...]
    parties: tuple[PartyInput, ...] = ()


def acting(user: User, at: datetime) -> Acting:
    """The person in their own name."""
    return Acting(user=user, scope=scope_of(user, at))


def fresh(case: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.select_related("project", "commission", "group", "enterprise", "declaration").get(pk=case.pk)


def task_of(case: Case, node: str, office: str = "", *, place: str = "") -> int:
    """The task id of the open step of a case."""
    item = WorkItem.objects.get(case=case, node=node, office=office, place=place, state=WorkItem.State.OPEN)
    task_id: int = item.task_id
    return task_id


def act(case: Case, node: str, user: User, service: engine.Service, at: datetime, **facts: Any) -> Case:
    """The person did the open step ``node`` of the case by ``service``."""
    return engine.perform(
        task_id=task_of(case, node, facts.get("office", "")),
        user=user,
        at=at,
        version=None if service is countersigning.countersign else fresh(case).version,
        service=service,
        facts=facts,
    )


def draft(wanted: Wanted, drafter: User, key: str, at: datetime) -> Case:
    """A project with its facts typed in and its pledges confirmed upon them."""
    case = drafts.create_project(
        user=drafter, enterprise_id=wanted.enterprise.pk, name=wanted.name, creation_key=key, at=at
    )
    drafts.save_facts(
        acting=acting(drafter, at),
        case_id=case.pk,
        version=case.declaration.version,
        name=wanted.name,
        fields=wanted.fields,
        phases=wanted.phases,
        commitments=wanted.commitments,
        parties=wanted.parties,
        at=at,
    )
    pledge(case, drafter, at)
    return fresh(case)


def gather_materials(case: Case, drafter: User, at: datetime) -> None:
    """Every slot that applies is filled: files, chapters of the study with their pages, the stamped form."""
    me, mark = acting(drafter, at), "INTERNAL"
    case = fresh(case)
    asked = [one for one in requirements_of(case, at.date()) if one.applies]
    study_id, page = None, 1
    for one in sorted(asked, key=lambda slot: slot.code != STUDY_SLOT):
        if one.level is Level.CHAPTER and study_id is not None:
            fill_from_file(
                acting=me,
                case_id=case.pk,
                slot=one.code,
                file_id=study_id,
                page_from=page,
                page_to=page + CHAPTER_PAGES - 1,
                at=at,
            )
            page += CHAPTER_PAGES
            continue
        content, ending = _sample(one)
        version = upload_material(
            acting=me,
            case_id=case.pk,
            slot=one.code,
            file=io.BytesIO(content),
            name=f"{one.name}（示例）.{ending}",
            mark=mark,
            form_code=stamped_form(case, drafter, at).number if one.code == FORM_SLOT else "",
            at=at,
        )
        if one.code == STUDY_SLOT and version.file is not None:
            study_id = version.file.pk


def _sample(slot: Requirement) -> tuple[bytes, str]:
    title = f"{slot.code} {slot.name}"
    if "PDF" in slot.kinds:
        return sample_pdf(title, STUDY_PAGES if slot.code == STUDY_SLOT else 2), "pdf"
    return sample_xlsx(title), "xlsx"


def stamped_form(case: Case, drafter: User, at: datetime) -> Document:
    """Form M02 with the version code that its stamped scan must carry."""
    return print_registration_form(acting=acting(drafter, at), case_id=case.pk, at=at)


def replace_material(case: Case, drafter: User, slot: str, at: datetime) -> None:
    """A new version of one slot."""
    upload_material(
        acting=acting(drafter, at),
        case_id=case.pk,
        slot=slot,
        file=io.BytesIO(sample_pdf(f"{slot} 补正后", 3)),
        name=f"{slot}补正（示例）.pdf",
        mark="INTERNAL",
        at=at,
    )


def pledge(case: Case, drafter: User, at: datetime) -> None:
    """Every pledge is confirmed upon the facts as they are."""
    pledges.confirm_pledges(
        acting=acting(drafter, at),
        case_id=case.pk,
        version=fresh(case).declaration.version,
        keys=[one.key for one in rules_of(fresh(case), legal_date(at)).pledges],
        at=at,
    )


def hand_over(case: Case, drafter: User, at: datetime) -> Case:
    """The pledges are confirmed and the draft is handed to the group's releaser; begun, or after a supplement."""
    pledge(case, drafter, at)
    if WorkItem.objects.filter(case=case, node="revise", state=WorkItem.State.OPEN).exists():
        return act(case, "revise", drafter, releases.hand_over, at)
    engine.start(record_id=case.pk, user=drafter, at=at, version=fresh(case).version, service=releases.hand_over)
    return fresh(case)


def release(case: Case, releaser: User, at: datetime) -> Case:
    """The group submits."""
    return act(case, "release", releaser, releases.release, at)


def ask_supplement(case: Case, officer: User, items: list[dict[str, str]], at: datetime) -> Case:
    """The officer tells once what is missing."""
    asked = tuple(checking.SupplementItem(item["slot"], item["text"]) for item in items)
    return act(case, "check_completeness", officer, checking.request_supplement, at, items=asked)


def confirm(case: Case, officer: User, at: datetime) -> Case:
    """The officer confirms completeness."""
    return act(case, "check_completeness", officer, checking.confirm_completeness, at)


def propose(
    case: Case,
    officer: User,
    at: datetime,
    *,
    risks: list[str],
    refusal: str = "",
    deviation: Deviation | None = None,
) -> Case:
    """The officer proposes to file, to file with risks, or not to file."""
    proposal = "REFUSE" if refusal else "FILE_WITH_RISK" if risks else "FILE"
    text = {
        "REFUSE": "报送材料不能说明投资必要性，建议不予备案。",
        "FILE_WITH_RISK": "材料齐备，资金来源清楚，建议备案并提示风险。",
        "FILE": "材料齐备，资金来源清楚，建议予以备案。",
    }[proposal]
    return act(
        case,
        "opinion",
        officer,
        proposing.propose,
        at,
        proposal=proposal,
        text=text,
        risks=tuple(risks),
        refusal_reason=refusal,
        deviation=deviation,
    )


def check(case: Case, head: User, at: datetime) -> Case:
    """The office head agrees."""
    return act(case, "check", head, deciding.check, at, text="同意经办意见，请领导审定。")


def letter_version(case: Case) -> int:
    """The newest version of the reply's draft."""
    newest: int = Document.objects.get(pk=fresh(case).letter_id or 0).versions.latest("ordinal").ordinal
    return newest


def sign(case: Case, signer: User, at: datetime) -> Case:
    """The deputy director signs the newest version of the reply."""
    return act(case, "sign", signer, signing.sign, at, text="同意。", letter_version=letter_version(case))


def print_sheet(case: Case, clerk: User, at: datetime) -> None:
    """The one-page 呈批表 is printed for the leader."""
    print_approval_sheet(acting=acting(clerk, at), case_id=case.pk, at=at)


def enter_paper(case: Case, clerk: User, decider: User, dated_on: date, at: datetime) -> int:
    """The returned 呈批表 is entered; somebody else must compare it. Answers the entry's id."""
    item = WorkItem.objects.get(case=case, node="sign", state=WorkItem.State.OPEN)
    entry = paper.enter_paper_decision(
        acting=acting(clerk, at),
        case_id=case.pk,
        task_id=item.task_id,
        step=item.node,
        arrived_at=item.arrived_at,
        decider=decider,
        payload={"act": "sign", "text": "同意。", "letter_version": letter_version(case)},
        dated_on=dated_on,
        version_code=approval_sheet_code(fresh(case)),
        scan=io.BytesIO(sample_pdf(f"呈批表 {case.number}（签批件扫描）")),
        scan_name=f"呈批表{case.number}（示例）.pdf",
        at=at,
    )
    entry_id: int = entry.pk
    return entry_id


def compare_paper(entry_id: int, comparer: User, at: datetime) -> None:
    """Another person finds the entry equal to the paper; the decision takes effect."""
    perform_on_paper(entry_id=entry_id, user=comparer, at=at)


def instruct(case: Case, leader: User, office: str, text: str, due_on: date, key: str, at: datetime) -> Instruction:
    """批示: an office is to do something about the case."""
    return give_instruction(
        acting=acting(leader, at),
        case_id=case.pk,
        text=text,
        addressee=Addressee(office=Office.objects.get(commission=case.commission, code=office)),
        due_on=due_on,
        key=key,
        at=at,
    )


def hold_meeting(cast: Cast, at: datetime) -> None:
    """会议研究: tomorrow's meeting has its agenda, with the cases that are to be signed or countersigned."""
    if Agenda.objects.filter(key=MEETING).exists():
        return
    clerk = acting(cast["document_officer"], at)
    agenda = create_agenda(
        acting=clerk,
        commission=cast.commission,
        name="主任办公会2024年第16次会议（示例）",
        held_on=legal_date(at) + timedelta(days=1),
        key=MEETING,
        at=at,
    )
    waiting = WorkItem.objects.filter(state=WorkItem.State.OPEN, node__in=["sign", "countersign"], case__round__gt=0)
    for number in waiting.order_by("case_id").values_list("case__number", flat=True).distinct()[:3]:
        add_case(acting=clerk, agenda_id=agenda.pk, number=number, at=at)


def deliver(case: Case, document_officer: User, at: datetime) -> Case:
    """The sealed original is back and the reply is delivered online."""
    day = at.date()
    return act(
        case,
        "deliver",
        document_officer,
        replies.deliver,
        at,
        sealed=io.BytesIO(sample_pdf(f"复函用印件 {fresh(case).document_number}", 2)),
        sealed_name="复函用印扫描件（示例）.pdf",
        sealed_on=day,
        channel="ONLINE",
        delivered_on=day,
    )


def acknowledge(case: Case, releaser: User, at: datetime) -> Case:
    """The enterprise has the reply."""
    return act(case, "acknowledge", releaser, delivery.acknowledge, at)


def withdraw(case: Case, releaser: User, reason: str, at: datetime) -> Case:
    """The group takes its case back."""
    case = fresh(case)
    me = acting_as(user=releaser, role=Role.ENTERPRISE_RELEASER, path=case.group.path, at=at)
    return engine.cancel(
        record_id=case.pk, acting=me, at=at, version=case.version, service=releases.withdraw, facts={"reason": reason}
    )
