"""The form of the windows in which mails can be held."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.notices.kinds import NoticeKind
from investreview.notices.models import LONGEST_WINDOW
from investreview.notices.windows import Window, signature


class WindowsForm(forms.Form):
    """For each kind the minutes its mails wait; an empty field is the installation's setting."""

    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, windows: tuple[Window, ...]) -> None:
        super().__init__(data, initial={"seen": signature(windows)})
        self.kinds = tuple(window.kind for window in windows)
        for window in windows:
            self.fields[window.kind.value] = forms.IntegerField(
                label=window.kind.label,
                required=False,
                min_value=0,
                max_value=LONGEST_WINDOW,
                initial=window.own,
                help_text=_("不填为安装时的设置：%(minutes)d 分钟") % {"minutes": window.default},
                error_messages={"min_value": _BOUNDS, "max_value": _BOUNDS, "invalid": _BOUNDS},
            )

    @property
    def minutes(self) -> dict[NoticeKind, int | None]:
        """What was typed, for the service."""
        return {kind: self.cleaned_data[kind.value] for kind in self.kinds}

    def show_anew(self, windows: tuple[Window, ...]) -> None:
        """What was typed stays; sent once more it changes what is set now."""
        self.data = dict(self.data.items()) | {"seen": signature(windows)}


_BOUNDS = _("请填写 0 至 1440 之间的整数（分钟，最长24小时）。")
