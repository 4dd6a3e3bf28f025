"""Forms of one's own account: what people say of themselves, their mail address, their second factor."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.fields import LineField


def _password() -> forms.CharField:
    return forms.CharField(
        label=_("当前密码"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _code(help_text: Any) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.CharField(label=_("动态口令"), max_length=40, help_text=help_text, widget=forms.TextInput(attrs=attrs))


class CodeForm(forms.Form):
    """The code of the telephone, or a recovery code."""

    otp_code = _code(_("手机验证器上显示的6位数字；手机不在身边的，填写一个未用过的恢复码。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["otp_code"].widget.attrs["autofocus"] = True


class ProofForm(forms.Form):
    """The password and a code: who changes the second factor is its person."""

    password = _password()
    otp_code = _code(_("手机验证器上显示的6位数字，或者一个未用过的恢复码。"))


class SetUpForm(forms.Form):
    """The password and the first code of the telephone, for the key that the page offers."""

    offered = forms.CharField(widget=forms.HiddenInput, max_length=200)
    otp_code = _code(_("扫描后，手机验证器上显示的6位数字，每30秒更换一次。"))
    password = _password()


class ProfileForm(forms.Form):
    """Telephone and, where the site has two, the language."""

    phone = LineField(
        label=_("电话"), max_length=40, required=False, help_text=_("经办人和办公室联系您时使用，如 0518-0000000。")
    )
    language = forms.ChoiceField(label=_("界面语言"), choices=[], help_text=_("页面和邮件使用的语言，登录后生效。"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"phone": user.phone, "language": user.language}
        super().__init__(*args, **kwargs)
        self.kept_language = user.language
        if settings.LANGUAGE_SWITCH:
            language: Any = self.fields["language"]
            language.choices = settings.LANGUAGES
        else:
            del self.fields["language"]

    @property
    def chosen_language(self) -> str:
        """What was chosen, or what it was where nothing can be chosen."""
        return str(self.cleaned_data.get("language", self.kept_language))


class EmailForm(forms.Form):
    """The new mail address, and the password of who asks: a mail address opens the way to a new password."""

    email = LineField(label=_("新的电子邮箱"), max_length=254, required=False, help_text=_("留空即不再接收邮件。"))
    password = _password()
