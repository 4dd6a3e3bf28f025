"""User 用户: one account of one person. It is deactivated, never deleted: what was signed keeps its signer."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investreview.accounts.names import normalise_username
from investreview.core.actor import Actor
from investreview.core.errors import Invalid


class UserQuerySet(models.QuerySet["User"]):
    """People; deleting is refused."""

    def delete(self) -> NoReturn:
        raise Invalid("accounts_never_deleted")


class UserManager(BaseUserManager["User"]):
    """Finds people by their name however it was typed."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=normalise_username(username or ""))

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """The account exists with this password; ``services.create_user`` is the door for people."""
        user = self.model(username=normalise_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with one account. Rights are in ``RoleMembership``; nothing is granted through this row."""

    class Kind(models.TextChoices):
        """Which roles an account can ever hold."""

        ENTERPRISE = "ENTERPRISE", _("企业人员")
        STAFF = "STAFF", _("国资委工作人员")
        AUDITOR = "AUDITOR", _("审计监督人员")
        ADMIN = "ADMIN", _("管理员")
        EXPERT = "EXPERT", _("评审专家")

    username = models.CharField(_("用户名"), max_length=64, unique=True)
    full_name = models.CharField(_("姓名"), max_length=60)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    new_email = models.EmailField(_("待确认的电子邮箱"), blank=True)
    new_email_asked_at = models.DateTimeField(_("申请更改邮箱的时间"), null=True, blank=True)
    kind = models.CharField(_("人员类别"), max_length=12, choices=Kind)
    commission = models.ForeignKey(
        "registry.Commission",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("国资委"),
    )
    enterprise = models.ForeignKey(
        "registry.Enterprise",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("企业"),
    )
    office = models.ForeignKey(
        "registry.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("处室"),
    )
    is_seconded = models.BooleanField(_("借调人员"), default=False)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    language = models.CharField(_("界面语言"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    is_active = models.BooleanField(_("启用"), default=True)
    deactivated_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name", "kind"]

    class Meta:
        verbose_name = verbose_name_plural = _("用户")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="accounts_user_has_a_name", condition=~Q(username="") & ~Q(full_name="")),
            models.CheckConstraint(
                name="accounts_only_enterprise_people_belong_to_one",
                condition=Q(is_superuser=True)
                | Q(kind="ENTERPRISE", enterprise__isnull=False, office__isnull=True, is_seconded=False)
                | Q(kind="STAFF", enterprise__isnull=True)
                | Q(kind="EXPERT", enterprise__isnull=True, office__isnull=True, is_seconded=False)
                | Q(kind__in=["AUDITOR", "ADMIN"], enterprise__isnull=True, is_seconded=False),
            ),
            models.CheckConstraint(
                name="accounts_user_belongs_to_a_commission",
                condition=Q(is_superuser=True) | Q(commission__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_new_email_since_a_moment",
                condition=Q(new_email="", new_email_asked_at__isnull=True)
                | (~Q(new_email="") & Q(new_email_asked_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="accounts_inactive_since_a_moment",
                condition=(
                    Q(is_active=True, deactivated_at__isnull=True) | Q(is_active=False, deactivated_at__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = normalise_username(self.username)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Nothing is ever deleted. Raises: Invalid (accounts_never_deleted)."""
        raise Invalid("accounts_never_deleted")

    @property
    def is_staff(self) -> bool:
        """Never: the product has no Django administration site."""
        return False

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    def as_actor(self) -> Actor:
        """The person as journal entries keep them."""
        return Actor(id=str(self.pk), name=self.full_name)
