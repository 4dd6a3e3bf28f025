"""The on-site numbers as they are typed: the last digits of the signed sheet, who read, one box for each ball."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.fields import LineField
from investreview.core.forms import as_validation_error
from investreview.draws.kinds import Reader
from investreview.draws.rules import TEN_BALLS

TAIL_LENGTH = 8
HEX = frozenset("0123456789abcdef")


def ball_name(place: int) -> str:
    """The name of the box of one ball, from 1."""
    return f"ball_{place}"


class BallField(forms.CharField):
    """One digit."""

    def __init__(self, place: int) -> None:
        super().__init__(
            label=_("第 %(place)d 球") % {"place": place},
            max_length=1,
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "ir-ball"}),
            error_messages={"required": _("请录入第 %(place)d 个数字。") % {"place": place}},
        )

    def clean(self, value: Any) -> str:
        digit: str = super().clean(value)
        if digit not in "0123456789":
            raise as_validation_error(Invalid("draws_not_a_digit", given=digit))
        return digit


class NumbersForm(forms.Form):
    """The fields of ``draws/number_fields.html``; none once the numbers are entered."""

    is_entered = False

    fingerprint_tail = LineField(
        label=_("封存单上摘要的末 8 位"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("照您签字的封存单键入。"),
        error_messages={"required": _("请键入封存单上摘要的末 8 位。")},
    )
    read_by = forms.ChoiceField(
        label=_("唱读人"),
        choices=[
            (Reader.WITNESS.value, _("监督人唱读并录入，抽取人复核")),
            (Reader.OPERATOR.value, _("抽取人唱读，监督人录入")),
        ],
        error_messages={"required": _("请选择由谁唱读。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_numbers(is_entered=False)

    def ask_numbers(self, *, is_entered: bool) -> None:
        """The boxes are there to be filled, or everything about the numbers is gone where they stand already."""
        self.is_entered = is_entered
        for place in range(1, TEN_BALLS.count + 1):
            self.fields.pop(ball_name(place), None)
            if not is_entered:
                self.fields[ball_name(place)] = BallField(place)
        if is_entered:
            for name in ("fingerprint_tail", "read_by"):
                del self.fields[name]

    @property
    def balls(self) -> list[forms.BoundField]:
        """The ten boxes in order."""
        return [] if self.is_entered else [self[ball_name(place)] for place in range(1, TEN_BALLS.count + 1)]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers as drawn."""
        return tuple(int(self.cleaned_data[bound.name]) for bound in self.balls)

    def clean_fingerprint_tail(self) -> str:
        tail = "".join(self.cleaned_data["fingerprint_tail"].split()).lower()
        if len(tail) != TAIL_LENGTH or not set(tail) <= HEX:
            raise as_validation_error(Invalid("draws_tail_wrong_shape", given=tail or "—"))
        return tail
