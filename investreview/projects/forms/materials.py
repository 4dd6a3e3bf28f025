"""Forms that fill slots of the material catalogue: an upload, pages of a file that is there, a promise."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LegalDateField, LineField
from investreview.core.files.kinds import EXTENSIONS, FileKind
from investreview.projects.forms.fields import FixedPointField
from investreview.projects.models import Declaration

MOST_PAGES = 100_000


class AnyFileField(forms.FileField):
    """A file of any name and size: what is in it is judged by the service, which says what is wrong."""

    default_error_messages = {
        "required": _("请选择文件。"),
        "missing": _("请选择文件。"),
    }

    def to_python(self, data: Any) -> UploadedFile | None:
        return data if isinstance(data, UploadedFile) else None


def accepted(kinds: Sequence[str]) -> str:
    """What the browser's file dialogue offers, e.g. ``.docx,.pdf``."""
    return ",".join(sorted(extension for kind in kinds for extension in EXTENSIONS[FileKind(kind)]))


class UploadForm(forms.Form):
    """A new version of one slot."""

    file = AnyFileField(label=_("选择文件"))
    mark = forms.ChoiceField(label=_("标识"), choices=Declaration.Mark.choices, initial=Declaration.Mark.INTERNAL)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = accepted(kinds)


class StampedFormUpload(UploadForm):
    """The stamped scan of form M02 with the version code that stands on its pages."""

    form_code = LineField(
        label=_("盖章页上的版本码"),
        max_length=16,
        help_text=_("印在备案表每一页上，例如 7K2M-01。"),
        error_messages={"required": _("请填写盖章页上的版本码。")},
    )


class PromiseForm(forms.Form):
    """A document that may follow (容缺)."""

    promised_on = LegalDateField(label=_("承诺补齐日期"))


class PagesForm(forms.Form):
    """One file that serves several slots: which pages belong to which slot."""

    file = forms.TypedChoiceField(
        coerce=int,
        label=_("文件"),
        error_messages={"required": _("请选择文件。"), "invalid_choice": _("请选择本办件已上传的文件。")},
    )

    def __init__(
        self, *args: Any, files: Sequence[tuple[int, str]], slots: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.slots = slots
        cast(forms.TypedChoiceField, self.fields["file"]).choices = [("", _("请选择")), *files]
        for code, _name in slots:
            for end, label in (("from", _("起始页")), ("to", _("终止页"))):
                self.fields[f"{code}_{end}"] = FixedPointField(
                    label=label, minimum=1, maximum=MOST_PAGES, example="71", required=False
                )

    @property
    def rows(self) -> list[dict[str, object]]:
        """Slot by slot, the two fields of its pages."""
        return [
            {"code": code, "name": name, "first": self[f"{code}_from"], "last": self[f"{code}_to"]}
            for code, name in self.slots
        ]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for code, _name in self.slots:
            first, last = typed.get(f"{code}_from"), typed.get(f"{code}_to")
            if first is not None and last is None and f"{code}_to" not in self.errors:
                self.add_error(f"{code}_to", _("请填写终止页。"))
            if last is not None and first is None and f"{code}_from" not in self.errors:
                self.add_error(f"{code}_from", _("请填写起始页。"))
        if not self.errors and not self.ranges:
            self.add_error(None, _("请至少为一项材料填写起止页码。"))
        return typed

    @property
    def ranges(self) -> list[tuple[str, int, int]]:
        """Slot, first and last page of each row that was filled."""
        typed = self.cleaned_data
        return [
            (code, typed[f"{code}_from"], typed[f"{code}_to"])
            for code, _name in self.slots
            if typed.get(f"{code}_from") is not None and typed.get(f"{code}_to") is not None
        ]
