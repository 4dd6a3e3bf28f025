"""What the nodes of the processes are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NODE_LABELS: dict[str, Promise] = {
    "begin": _("申报送审"),
    "taken_over": _("在途接续"),
    "release": _("集团报送"),
    "revise": _("修改补正"),
    "check_completeness": _("齐备性审查"),
    "freeze_draw": _("抽取封存"),
    "announce_draw": _("公布封存摘要"),
    "draw_numbers": _("现场抽取"),
    "convene": _("通知专家"),
    "score": _("独立评分"),
    "refill": _("递补"),
    "meeting_of_experts": _("论证会"),
    "finalise": _("最终评分"),
    "refill_late": _("递补"),
    "score_afresh": _("独立评分"),
    "draft_opinion": _("论证意见"),
    "sign_panel_opinion": _("签署论证意见"),
    "opinion": _("经办意见"),
    "check": _("审核"),
    "countersign": _("会签"),
    "wording": _("核稿"),
    "meeting": _("会议研究"),
    "sign": _("签发"),
    "deferral": _("暂缓中"),
    "deliver": _("用印送达"),
    "acknowledge": _("企业签收"),
    "remedy_check": _("纠错文稿审核"),
    "remedy_draft": _("纠错文稿修改"),
    "remedy_sign": _("纠错文稿签发"),
    "remedy_deliver": _("纠错文书用印送达"),
}


def node_label(node: str) -> Promise:
    """The label of a node."""
    return NODE_LABELS[node]
