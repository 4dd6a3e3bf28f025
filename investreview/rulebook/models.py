"""RuleSet 规则集: the law of one commission from a date on, kept as the very bytes that were reviewed."""

from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.rulebook.reading import load_yaml
from investreview.rulebook.ruleset import RuleSetData, read_rule_file


class RuleSet(models.Model):
    """One rule set. A draft may be replaced; once published its content never changes (a trigger refuses it too).

    ``effective_until`` is the last day in force; it is written when a successor is published.
    """

    class State(models.TextChoices):
        """A superseded set stays in force until its last day, and judges its pending cases after it."""

        DRAFT = "DRAFT", _("草案")
        IN_FORCE = "IN_FORCE", _("已发布")
        SUPERSEDED = "SUPERSEDED", _("已有新规则集")

    commission = models.ForeignKey(
        "registry.Commission", on_delete=models.PROTECT, related_name="rule_sets", verbose_name=_("国资委")
    )
    code = models.CharField(_("代码"), max_length=20)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.DRAFT)
    effective_from = models.DateField(_("施行日期"))
    effective_until = models.DateField(_("末日"), null=True, blank=True)
    content = models.TextField(_("内容"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("起草人"),
    )
    drafted_by_name = models.CharField(_("起草人姓名"), max_length=60)
    drafted_at = models.DateTimeField(_("起草时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("发布人"),
    )
    published_by_name = models.CharField(_("发布人姓名"), max_length=60, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("规则集")
        ordering = ["commission", "-effective_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "code"], name="rulebook_code_once"),
            models.UniqueConstraint(
                fields=["commission"], condition=Q(state="IN_FORCE"), name="rulebook_one_without_successor"
            ),
            models.UniqueConstraint(
                fields=["commission", "effective_from"], condition=~Q(state="DRAFT"), name="rulebook_one_begins_a_day"
            ),
            models.CheckConstraint(
                name="rulebook_state_has_its_evidence",
                condition=Q(
                    state="DRAFT",
                    published_by__isnull=True,
                    published_by_name="",
                    published_at__isnull=True,
                    effective_until__isnull=True,
                )
                | (
                    (
                        Q(state="IN_FORCE", effective_until__isnull=True)
                        | Q(state="SUPERSEDED", effective_until__gte=F("effective_from"))
                    )
                    & Q(published_at__isnull=False)
                    & ~Q(published_by_name="")
                ),
            ),
            models.CheckConstraint(
                name="rulebook_drafter_is_not_publisher", condition=~Q(published_by=F("drafted_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commission_id}/{self.code}"

    @property
    def data(self) -> RuleSetData:
        """The rules as plain data, parsed once per content and process.

        Raises: Invalid (rulebook_content_altered) when the content is not what its SHA-256 says.
        """
        return _parsed(self.content, self.sha256)

    @property
    def entries(self) -> object:
        """The file as the plain values that YAML gives, read once per content and process."""
        return _plain(self.content)

    def holds_on(self, on: date) -> bool:
        """Whether it is the law of that day."""
        has_begun = self.state != self.State.DRAFT and self.effective_from <= on
        return has_begun and (self.effective_until is None or on <= self.effective_until)

    @property
    def subject(self) -> Subject:
        """The rule set as entries speak of it."""
        return Subject("rule_set", f"{self.commission.code}/{self.code}")


@lru_cache(maxsize=64)
def _parsed(content: str, digest: str) -> RuleSetData:
    encoded = content.encode()
    if sha256(encoded).hexdigest() != digest:
        raise Invalid("rulebook_content_altered", digest=digest[:16])
    return read_rule_file(encoded)


@lru_cache(maxsize=16)
def _plain(content: str) -> object:
    return load_yaml(content.encode())
