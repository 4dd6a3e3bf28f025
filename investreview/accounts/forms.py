"""Forms of signing in, of people and of rights."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.accounts.rules import ROLES_OF_KIND
from investreview.accounts.services import NewUser
from investreview.accounts.signin import lock_minutes
from investreview.core.errors import Invalid
from investreview.core.fields import LegalDateField, LineField
from investreview.core.forms import as_validation_error
from investreview.core.roles import Role
from investreview.registry.models import Commission, Enterprise, Office

NOT_CHOSEN = _("请选择")


class SignInForm(AuthenticationForm):
    """Name and password; what is wrong is not told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")

    @property
    def is_locked(self) -> bool:
        """Whether django-axes has locked the name that was typed."""
        return bool(getattr(self.request, "axes_locked_out", False))

    def get_invalid_login_error(self) -> forms.ValidationError:
        if self.is_locked:
            return as_validation_error(Invalid("accounts_sign_in_locked", minutes=lock_minutes()))
        return as_validation_error(Invalid("accounts_sign_in_failed"))


class NewPasswordForm(forms.Form):
    """The new password, twice."""

    new_password = forms.CharField(
        label=_("新密码"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少10位，不能全是数字，不能是常见密码，不能与姓名或用户名相近。"),
    )
    repeated_password = forms.CharField(
        label=_("再次输入新密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        new, repeated = cleaned.get("new_password"), cleaned.get("repeated_password")
        if new and repeated and new != repeated:
            self.add_error("repeated_password", as_validation_error(Invalid("accounts_password_differs")))
        return cleaned


class PasswordForm(NewPasswordForm):
    """The present password and, twice, the new one."""

    old_password = forms.CharField(
        label=_("当前密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ("old_password", "new_password", "repeated_password")


class ForgottenForm(forms.Form):
    """The mail address of an account."""

    email = forms.EmailField(
        label=_("电子邮箱"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class RosterForm(forms.Form):
    """The table of people."""

    file = forms.FileField(
        label=_("人员表"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("请选择表格文件。"), "empty": _("所选文件是空的，请重新选择。")},
    )


class NewPersonForm(forms.Form):
    """A person who gets an account."""

    full_name = LineField(label=_("姓名"), max_length=60)
    username = LineField(label=_("用户名"), max_length=64, help_text=_("不区分大小写和全角半角，建立后不能修改。"))
    kind = forms.ChoiceField(label=_("人员类别"), choices=User.Kind.choices)
    enterprise = forms.ModelChoiceField(
        label=_("所在企业"),
        queryset=Enterprise.objects.none(),
        empty_label=NOT_CHOSEN,
        required=False,
        help_text=_("企业人员必填。"),
    )
    office = forms.ModelChoiceField(
        label=_("所在处室"), queryset=Office.objects.none(), empty_label=NOT_CHOSEN, required=False
    )
    is_seconded = forms.BooleanField(label=_("借调人员"), required=False, help_text=_("借调人员不得签发。"))
    phone = LineField(label=_("电话"), max_length=40, required=False)
    email = LineField(label=_("电子邮箱"), max_length=254, required=False)

    def __init__(self, *args: Any, commission: Commission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enterprises: Any = self.fields["enterprise"]
        enterprises.queryset = Enterprise.objects.filter(commission=commission, dissolved_on__isnull=True)
        offices: Any = self.fields["office"]
        offices.queryset = commission.offices.all()

    def as_new_user(self) -> NewUser:
        """What was typed, for the service."""
        return NewUser(**self.cleaned_data | {"kind": User.Kind(self.cleaned_data["kind"])})


class GrantForm(forms.Form):
    """A role on one body, for a time; only what suits the person is offered, to an expert none."""

    role = forms.ChoiceField(label=_("角色"), error_messages={"required": _("请选择角色。")})
    body = forms.ChoiceField(label=_("单位"))
    office = forms.ModelChoiceField(
        label=_("会签处室"),
        queryset=Office.objects.none(),
        empty_label=NOT_CHOSEN,
        required=False,
        help_text=_("仅“会签”角色填写。"),
    )
    valid_from = LegalDateField(label=_("起始日期"))
    valid_until = LegalDateField(label=_("截止日期"), required=False, help_text=_("含当日。审计监督必填；管理员留空。"))

    def __init__(self, *args: Any, person: User, bodies: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [role for role in Role if role in ROLES_OF_KIND[person.kind]]
        role_field: Any = self.fields["role"]
        role_field.choices = [("", NOT_CHOSEN), *((role.value, role.label) for role in roles)]
        body_field: Any = self.fields["body"]
        body_field.choices = list(bodies.items())
        office_field: Any = self.fields["office"]
        office_field.queryset = Office.objects.filter(commission=person.commission)
        self.offers_roles = bool(roles)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = LineField(label=_("理由"), max_length=200)
