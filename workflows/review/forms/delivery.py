"""The way out: the sealed original comes back and the reply is delivered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LegalDateField
from investreview.documents.kinds import DeliveryChannel
from investreview.documents.models import SealedOriginal
from workflows.review.forms.base import ActForm, DoorForm
from workflows.review.letters import letter_at


class DeliverForm(ActForm):
    """用印送达."""

    title = _("用印送达")
    button = _("用印送达")
    help = _("复函自送达之日起对企业生效；上传的盖章原件计算校验值后永久保存。")
    error_fields = {"file": "sealed", "delivered_at": "delivered_on"}
    file_field = "sealed"

    sealed = forms.FileField(
        label=_("盖章原件（扫描件或 OFD）"),
        error_messages={"required": _("请选择盖章原件。"), "empty": _("所选文件是空的，请重新选择。")},
    )
    sealed_on = LegalDateField(label=_("用印日期"))
    channel = forms.ChoiceField(label=_("送达方式"), choices=DeliveryChannel.choices)
    delivered_on = LegalDateField(label=_("送达日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = SealedOriginal.objects.filter(document_id=letter_at(self.item) or 0).order_by("pk").last()
        if kept is not None:
            self.fields["sealed"].required = False
            self.fields["sealed"].help_text = _("原件 %(name)s 已经登记，不必再次上传。") % {"name": kept.name}
            self.initial.setdefault("sealed_on", kept.sealed_on)

    def facts(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        upload = data["sealed"]
        return {**data, "sealed": upload, "sealed_name": upload.name if upload is not None else ""}


class SealedForm(DoorForm):
    """登记盖章原件: the scan or OFD that came back, and the day it was sealed."""

    file_field = "sealed"

    sealed = forms.FileField(
        label=_("盖章原件（扫描件或 OFD）"),
        error_messages={"required": _("请选择盖章原件。"), "empty": _("所选文件是空的，请重新选择。")},
    )
    sealed_on = LegalDateField(label=_("用印日期"))
