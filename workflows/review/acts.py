"""The acts a person may do at each node: form, wording, whether they may also come from paper."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.roles import SIGNING_ROLES, Role
from investreview.core.templatetags.ir import day
from investreview.projects.models import Case
from investreview.projects.states import PanelConclusion
from workflows.engine import Service
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.nodes import PersonTask
from workflows.panel.acts import PANEL_STEPS, every_panel_act, panel_acts
from workflows.review.act import Act
from workflows.review.forms.chain import (
    CheckForm,
    CountersignForm,
    DeferForm,
    MeetingForm,
    ResumeForm,
    SendBackForm,
    SignForm,
    WordingForm,
)
from workflows.review.forms.checking import ConfirmForm, SupplementForm
from workflows.review.forms.delivery import DeliverForm
from workflows.review.forms.enterprise import AcknowledgeForm, HandOverForm, ReleaseForm, SendToDrafterForm
from workflows.review.forms.proposing import AskRevisionForm, ProposeForm
from workflows.review.forms.remedies import (
    DropRemedyForm,
    RemedyCheckForm,
    RemedyDeliverForm,
    RemedyReturnForm,
    RemedySignForm,
    ResubmitForm,
)
from workflows.selectors import open_items

ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("release", ReleaseForm, _("已报送市国资委。")),
        Act("send_to_drafter", SendToDrafterForm, _("已退回申报人修改。")),
        Act("hand_over", HandOverForm, _("已送审。")),
        Act("confirm_completeness", ConfirmForm, _("已确认材料齐备，接收单已出具。")),
        Act("request_supplement", SupplementForm, _("已一次性告知补正，补正截止日为{supplement_due_on}。")),
        Act("propose", ProposeForm, _("已提出拟办意见，复函代拟稿已生成。")),
        Act("ask_revision", AskRevisionForm, _("已请企业修改，截止日为{supplement_due_on}。")),
        Act("check", CheckForm, _("已同意。"), is_on_paper=True),
        Act("countersign", CountersignForm, _("会签意见已提交。"), is_on_paper=True, asks_version=False),
        Act("check_wording", WordingForm, _("核稿已通过。"), is_on_paper=True),
        Act("record_meeting", MeetingForm, _("会议研究情况已登记。"), is_on_paper=True),
        Act("send_back", SendBackForm, _("已退回处室，办理时限继续计算。"), is_on_paper=True),
        Act("defer", DeferForm, _("已暂缓至{deferred_until}，暂缓期间停止计时。"), is_on_paper=True),
        Act("resume", ResumeForm, _("已恢复办理，继续计时。")),
        Act("sign", SignForm, _("已签发，发文字号：{document_number}。"), is_on_paper=True),
        Act("deliver", DeliverForm, _("复函已用印送达。")),
        Act("acknowledge", AcknowledgeForm, _("已签收复函。")),
        Act("check_remedy", RemedyCheckForm, _("已同意，送领导签发。")),
        Act("return_remedy", RemedyReturnForm, _("已退回经办人修改。")),
        Act("resubmit_remedy", ResubmitForm, _("已重新送审。")),
        Act("drop_remedy", DropRemedyForm, _("已放弃，原复函继续有效。")),
        Act("sign_remedy", RemedySignForm, _("已签发，原复函在新文书送达前继续有效。")),
        Act("deliver_remedy", RemedyDeliverForm, _("已用印送达，原复函已更正或者作废。")),
    )
}
"""What people do on screen; ``record_no_answer`` is the clock's alone."""


def act_of(item: WorkItem, name: str, user: User) -> tuple[Act, Service]:
    """The act of this name as it is offered to the person, and its service, if the node of the task declares it.

    Raises: Invalid (workflows_act_not_of_task).
    """
    node: PersonTask = item.task.flow_task
    act, service = _act(item, name, user), node.acts.get(name)
    if act is None or service is None:
        raise Invalid("workflows_act_not_of_task", act=name[:40])
    return act, service


def _act(item: WorkItem, name: str, user: User) -> Act | None:
    if item.node not in PANEL_STEPS:
        return ACTS.get(name)
    offered = panel_acts(item, user) if item.state == WorkItem.State.OPEN else every_panel_act()
    return next((act for act in offered if act.name == name), None)


def offered_acts(item: WorkItem, user: User) -> list[Act]:
    """The acts the page offers the person at this step now, the usual one first."""
    if item.node in PANEL_STEPS:
        return panel_acts(item, user)
    return _own_acts(item)


def _own_acts(item: WorkItem) -> list[Act]:
    node: PersonTask = item.task.flow_task
    return [ACTS[name] for name in node.acts if name in ACTS and _is_possible(name, item)]


def paper_acts(item: WorkItem) -> list[Act]:
    """Those of them that may have been decided on paper."""
    return [act for act in _own_acts(item) if act.is_on_paper]


def _is_possible(name: str, item: WorkItem) -> bool:
    if name == "defer":
        return Role(item.role) in SIGNING_ROLES
    if name == "request_supplement":
        return not (item.case.supplement_count or item.case.round or item.case.panels_begun)
    if name == "ask_revision":
        return item.case.panel_conclusion == PanelConclusion.FAIL and not (item.case.revision_count or item.case.round)
    return True


def done_sentence(act: Act, case: Case) -> str:
    """What has happened, and what happens next."""
    facts = {
        "document_number": case.document_number,
        "supplement_due_on": day(case.supplement_due_on),
        "deferred_until": day(case.deferred_until),
    }
    return str(act.done).format(**facts) + next_sentence(case)


def next_sentence(case: Case) -> str:
    """Where the case goes from here, or how it ended."""
    following = [
        gettext("%(step)s（%(role)s）") % {"step": node_label(item.node), "role": Role(item.role).label}
        for item in open_items(case)
    ]
    if not following:
        return gettext("办件已办结：%(state)s。") % {"state": case.get_state_display()}
    return gettext("下一环节：%(steps)s。") % {"steps": gettext("、").join(dict.fromkeys(following))}
