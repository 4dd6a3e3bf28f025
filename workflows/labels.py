"""What the nodes of the processes are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NODE_LABELS: dict[str, Promise] = {
    "begin": _("申报送审"),
    "release": _("集团报送"),
    "revise": _("修改补正"),
    "check_completeness": _("齐备性审查"),
    "opinion": _("经办意见"),
    "check": _("审核"),
    "countersign": _("会签"),
    "wording": _("核稿"),
    "meeting": _("会议研究"),
    "sign": _("签发"),
    "deferral": _("暂缓中"),
    "deliver": _("用印送达"),
    "acknowledge": _("企业签收"),
}


def node_label(node: str) -> Promise:
    """The label of a node."""
    return NODE_LABELS[node]
