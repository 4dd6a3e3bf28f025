"""The on-site numbers of a panel's draw, as they are typed and stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.services.ceremony import enter_panel_numbers
from experts.services.common import Scan
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.draws.forms import NumbersForm, ball_name
from workflows.review.forms.base import DoorForm


class NumberFields(NumbersForm, DoorForm):
    """The numbers of a panel's draw, with a photo of the balls; none of it once the numbers are entered."""

    file_field = "photo"
    error_fields: ClassVar[Mapping[str, str]] = {"numbers": ball_name(1)}
    photo = forms.FileField(
        label=_("现场照片"),
        required=False,
        help_text=_("可以附一张号码球的照片；其校验值写入抽取记录。"),
        error_messages={"empty": _("所选文件是空的，请重新选择。")},
    )

    def ask_numbers(self, *, is_entered: bool) -> None:
        """As for every draw; the photo goes with the numbers."""
        super().ask_numbers(is_entered=is_entered)
        if is_entered:
            del self.fields["photo"]

    def store_numbers(self, *, case_id: int, user: User, at: datetime) -> None:
        """The numbers of the case's newest panel are stored for good; once they are, nothing happens."""
        if self.is_entered:
            return
        data = self.cleaned_data
        enter_panel_numbers(
            user=user,
            scope=scope_of(user, at),
            case_id=case_id,
            fingerprint_tail=data["fingerprint_tail"],
            numbers=self.numbers,
            read_by=data["read_by"],
            photo=Scan(data["photo"], data["photo"].name) if data["photo"] else None,
            at=at,
        )
