"""The editor of a letter, the choice of two versions, the filter of the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import DomainError
from investreview.core.fields import LineField
from investreview.core.forms import as_validation_error
from investreview.documents.kinds import NumberState
from investreview.documents.wording import BODY_LENGTH, CONTACT_LENGTH, TITLE_LENGTH, EditableLetter


class WordingForm(forms.Form):
    """The wording of a letter between its locked fields; ``base`` is the version it was opened on.

    The texts are checked by the service, which reads the placeholders too; here they are only kept as typed.
    """

    base = forms.IntegerField(min_value=1, max_value=32_000, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("标题"),
        max_length=TITLE_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"class": "ir-letter-title", "lang": "zh-CN"}),
        help_text=_("换行处即标题回行处。"),
    )
    body = forms.CharField(
        label=_("正文"),
        max_length=BODY_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"class": "ir-letter-body", "lang": "zh-CN", "spellcheck": "false"}),
        help_text=_("一行一段，段落层次由段首序号（一、（一）1.（1））确定。⟦⟧内为锁定内容，不能改动或者删除。"),
    )
    contact = forms.CharField(
        label=_("联系人"),
        max_length=CONTACT_LENGTH,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "ir-letter-contact", "lang": "zh-CN"}),
    )
    note = LineField(label=_("修改说明"), required=False, max_length=200)

    @property
    def typed(self) -> EditableLetter:
        """The three texts as they were typed."""
        return EditableLetter(self.cleaned_data["title"], self.cleaned_data["body"], self.cleaned_data["contact"])

    def show(self, error: DomainError) -> None:
        """The error stands beside its field, or above the form."""
        field = error.field if error.field in self.fields else None
        self.add_error(field, as_validation_error(error))


class CompareForm(forms.Form):
    """Two versions of a letter."""

    before = forms.TypedChoiceField(label=_("原稿"), coerce=int)
    after = forms.TypedChoiceField(label=_("修改稿"), coerce=int)

    def __init__(self, *args: Any, ordinals: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = ordinals  # type: ignore[attr-defined]


class StartForm(forms.Form):
    """From which number a series goes on in a year, because the paper register stopped before it."""

    series = forms.ChoiceField(label=_("编号系列"), error_messages={"required": _("请选择编号系列。")})
    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    first = forms.IntegerField(
        label=_("起始号"),
        min_value=1,
        max_value=10**6,
        help_text=_("纸面登记簿上最后一个号加一。只能设置一次，须在该系列当年首次取号之前。"),
    )
    reason = LineField(
        label=_("依据"),
        max_length=200,
        help_text=_("例如：纸面登记簿已编至第 37 号。"),
        error_messages={"required": _("请写明依据。")},
    )

    def __init__(self, *args: Any, series: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = series  # type: ignore[attr-defined]


class RegisterForm(forms.Form):
    """What the register of numbers is narrowed to; ``before`` is where the next page begins."""

    series = forms.ChoiceField(label=_("编号系列"), required=False)
    year = forms.ChoiceField(label=_("年度"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("有效和作废")), *NumberState.choices])
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, series: list[tuple[int, str]], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = [("", _("全部系列")), *series]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("全部年度")), *((year, year) for year in years)]  # type: ignore[attr-defined]
