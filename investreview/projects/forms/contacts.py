"""Telephone notes and incoming papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LegalDateField, LineField, TextBlockField
from investreview.projects.forms.fields import FixedPointField
from investreview.projects.services.contacts import MOST_COPIES


class PhoneNoteForm(forms.Form):
    """Who called, what was said, what was promised."""

    with_whom = LineField(
        label=_("通话对象"),
        max_length=60,
        help_text=_("单位和姓名。"),
        error_messages={"required": _("请填写通话对象。")},
    )
    text = TextBlockField(
        label=_("内容"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("请填写通话内容。")},
    )
    promised = LineField(
        label=_("承诺事项"), max_length=200, required=False, help_text=_("谁在何时之前做什么；没有的留空。")
    )


class IncomingPaperForm(forms.Form):
    """A paper that came in (收文)."""

    sender_number = LineField(
        label=_("来文字号"), max_length=60, error_messages={"required": _("请填写来文字号；来文无字号的写“无字号”。")}
    )
    register_number = LineField(
        label=_("收文号"), max_length=40, error_messages={"required": _("请填写办公室登记簿上的收文号。")}
    )
    received_on = LegalDateField(label=_("收文日期"))
    copies = FixedPointField(
        label=_("份数"),
        minimum=1,
        maximum=MOST_COPIES,
        example="2",
        initial=1,
        error_messages={"required": _("请填写份数。")},
    )
