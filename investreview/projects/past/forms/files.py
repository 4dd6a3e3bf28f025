"""Files that are sent several at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import TextBlockField
from investreview.projects.forms.many_files import ManyFilesField
from investreview.projects.forms.materials import AnyFileField, accepted
from investreview.projects.past.services.papers import PAPER_KINDS


class PapersForm(forms.Form):
    """Scans that find their decision by their names."""

    papers = ManyFilesField(
        label=_("扫描件"),
        help_text=_(
            "文件名就是原备案号，例如“连国资备〔2022〕7号.pdf”；同一号有几个文件的，在后面加“_2”“_3”。"
            "在途项目的以收文号开头，例如“收2024-118_M05 可行性研究报告.pdf”。一次最多 40 个。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].widget.attrs["accept"] = accepted(PAPER_KINDS)


class LedgerForm(forms.Form):
    """The office's ledger."""

    file = AnyFileField(
        label=_("台账文件"),
    )
    creation_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, max_rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("按模板填写的 .xlsx，或者 .csv；不超过 20 MB、%(rows)s 行。") % {"rows": f"{max_rows:,}"}
        self.fields["file"].help_text = told
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv"


class ReasonForm(forms.Form):
    """Why a batch is returned."""

    reason = TextBlockField(
        label=_("不符之处"), max_length=2000, error_messages={"required": _("请写明哪一行、哪一项与纸面不符。")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
