"""Forms of a question and its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import TextBlockField
from investreview.core.files.kinds import FileKind
from investreview.projects.forms.many_files import ManyFilesField
from investreview.projects.forms.materials import accepted
from investreview.projects.services.questions import FILE_LIMIT, MOST_FILES, TEXT_LENGTH


class QuestionForm(forms.Form):
    """What the officer asks."""

    text = TextBlockField(
        label=_("问题"),
        max_length=TEXT_LENGTH,
        help_text=_("企业的申报、报送人员会收到通知。询问不退回办件，也不停表；材料不齐的请用一次性告知补正。"),
        error_messages={"required": _("请写明要企业说明什么。")},
    )


class AnswerForm(forms.Form):
    """What the enterprise answers, with files where they help."""

    text = TextBlockField(
        label=_("答复"),
        max_length=TEXT_LENGTH,
        error_messages={"required": _("请填写答复；只有附件的，请写明附件说明什么。")},
    )
    attachments = ManyFilesField(label=_("附件"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachments"].widget.attrs["accept"] = accepted([kind.value for kind in FileKind])
        self.fields["attachments"].help_text = _("最多 %(most)d 个，每个不超过 %(limit)d MB；不替代申报材料。") % {
            "most": MOST_FILES,
            "limit": FILE_LIMIT // 1024**2,
        }
