"""The forms of a draft: the file or its text, withdrawal, publication."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.fields import LineField
from investreview.core.forms import as_validation_error
from investreview.projects.forms.materials import AnyFileField
from investreview.rulebook.reading import MOST_BYTES

REASON_LENGTH = 200


class RuleFileForm(forms.Form):
    """A rule file, or its text as it is written in the browser; a chosen file counts before the text."""

    file = AnyFileField(
        label=_("规则文件"),
        required=False,
        help_text=_("UTF-8 编码的 YAML 文件，不超过 512 KB。选择了文件的，以文件为准。"),
    )
    text = forms.CharField(
        label=_("规则文本"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "ir-rulefile", "spellcheck": "false", "wrap": "off", "lang": "zh-CN"}),
        help_text=_("修改后须更换代码（code）和施行日期（effective_from）；修改已有草案的，代码不变。"),
    )
    base = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".yaml,.yml,.txt"

    def clean(self) -> dict[str, Any]:
        """What was sent as bytes, under ``content``: those of the file, or of the text with lines as editors end them.

        A text loses the line ends that browsers add, so that an unchanged text is the unchanged file.
        """
        cleaned: dict[str, Any] = super().clean() or {}
        file: UploadedFile | None = cleaned.get("file")
        if file is not None:
            if file.size is None or file.size > MOST_BYTES:
                too_large = Invalid("rulebook_file_large", most=MOST_BYTES // 1024, given=(file.size or 0) // 1024 + 1)
                self.add_error("file", as_validation_error(too_large))
                return cleaned
            cleaned["content"] = file.read()
        else:
            text = str(cleaned.get("text") or "").replace("\r\n", "\n")
            cleaned["content"] = text.encode("utf-8", "surrogatepass")
        if not cleaned["content"].strip():
            self.add_error("file", as_validation_error(Invalid("rulebook_nothing_sent")))
        return cleaned

    def keep(self, text: str, base: str) -> None:
        """The page shows this text again, made from the draft ``base``; a file cannot be given back to a browser."""
        self.data = dict(self.data.items()) | {"text": text, "base": base}


class SeenForm(forms.Form):
    """Which draft was before the person's eyes, by its SHA-256."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)


class WithdrawForm(SeenForm):
    """Why a draft is given up."""

    reason = LineField(label=_("撤回理由"), max_length=REASON_LENGTH)


class PublishForm(SeenForm):
    """The head has read the comparison and the trial."""

    has_checked = forms.BooleanField(
        label=_("我已核对与上一版的比对和试算结果"),
        error_messages={"required": _("请先核对比对和试算结果，再勾选。")},
    )
