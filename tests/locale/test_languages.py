"""A page in one language is in that language to the last form error, also where Django speaks."""

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from investreview.core.roles import Role
from investreview.projects.states import CaseState


class Example(forms.Form):
    text = forms.CharField(max_length=3)
    count = forms.IntegerField(min_value=1)
    kind = forms.ChoiceField(choices=[("A", "A")])
    mail = forms.EmailField()
    file = forms.FileField()


def errors(language: str) -> dict[str, list[str]]:
    with translation.override(language):
        form = Example({"text": "abcd", "count": "0", "kind": "B", "mail": "x"}, {})
        return {name: [str(one) for one in each] for name, each in form.errors.items()}


def test_chinese_and_english_are_the_languages() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["zh-hans", "en"]


def test_form_errors_of_django_are_chinese_in_chinese() -> None:
    assert errors("zh-hans") == {
        "text": ["确保该变量包含不超过 3 字符 (目前字符数 4)。"],
        "count": ["确保该值大于或等于1。"],
        "kind": ["选择一个有效的选项。 B 不在可用的选项中。"],
        "mail": ["输入一个有效的 Email 地址。"],
        "file": ["这个字段是必填项。"],
    }


def test_form_errors_of_django_are_english_in_english() -> None:
    assert errors("en") == {
        "text": ["Ensure this value has at most 3 characters (it has 4)."],
        "count": ["Ensure this value is greater than or equal to 1."],
        "kind": ["Select a valid choice. B is not one of the available choices."],
        "mail": ["Enter a valid email address."],
        "file": ["This field is required."],
    }


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hans", ["密码长度太短。密码必须包含至少 10 个字符。", "这个密码太常见了。"]),
        (
            "en",
            [
                "This password is too short. It must contain at least 10 characters.",
                "This password is too common.",
            ],
        ),
    ],
)
def test_password_rules_of_django_speak_the_language_of_the_page(language: str, expected: list[str]) -> None:
    said = []
    with translation.override(language):
        for validator in (MinimumLengthValidator(10), CommonPasswordValidator()):
            with pytest.raises(ValidationError) as refused:
                validator.validate("password")
            said += refused.value.messages
    assert said == expected


def test_labels_are_read_in_the_language_of_the_page() -> None:
    with translation.override("zh-hans"):
        chinese = [str(CaseState.FILED.label), str(Role.COUNTERSIGNER.label), gettext("呈批表")]
    with translation.override("en"):
        english = [str(CaseState.FILED.label), str(Role.COUNTERSIGNER.label), gettext("呈批表")]
    assert (chinese, english) == (["予以备案", "会签", "呈批表"], ["Filed", "Countersigner", "Approval sheet"])


@pytest.mark.parametrize(("count", "expected"), [(1, "1 working day left"), (2, "2 working days left")])
def test_english_tells_one_from_many(count: int, expected: str) -> None:
    with translation.override("en"):
        assert ngettext("剩 %d 个工作日", "剩 %d 个工作日", count) % count == expected


def test_role_and_act_of_one_chinese_word_are_two_in_english() -> None:
    with translation.override("en"):
        assert (gettext("报送"), pgettext("role", "报送")) == ("Release", "Releaser")
