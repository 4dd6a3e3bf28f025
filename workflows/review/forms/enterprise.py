"""What the enterprise does: release, give back to the drafter, hand over again, acknowledge."""

from django.utils.translation import gettext_lazy as _

from workflows.review.forms.base import ActForm, reason_field


class ReleaseForm(ActForm):
    """报送: the group submits."""

    title = _("报送市国资委")
    button = _("报送")
    help = _("报送后申报内容与材料即固定；市国资委确认材料齐备的次一工作日起计算办理时限。")


class SendToDrafterForm(ActForm):
    """退回修改: the draft goes back to its drafter."""

    title = _("退回申报人修改")
    button = _("退回修改")

    reason = reason_field()


class HandOverForm(ActForm):
    """送审: the revised draft goes to the releaser again."""

    title = _("修改完成，再次送审")
    button = _("送审")
    help = _("送审后由集团报送人报送；内容与材料请先在申报页修改并保存。")


class AcknowledgeForm(ActForm):
    """签收: the enterprise has the reply."""

    title = _("签收复函")
    button = _("签收")
    help = _("签收表示本企业已经收到复函；签收时间记入操作日志。")
