"""A file that comes in pieces, as far as it has come."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.projects.models.declaration import Declaration


class InPieces(models.Model):
    """Nobody but its sender knows of such a file; its bytes lie beside the store of files and are never served.

    The same file is known again by its name, its size and the time of its last change.
    """

    key = models.UUIDField(unique=True, default=uuid4)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    size = models.BigIntegerField(_("大小（字节）"))
    changed_ms = models.BigIntegerField(_("文件修改时间（毫秒）"))
    received = models.BigIntegerField(_("已收字节"), default=0)
    checksum = models.BigIntegerField(_("已收部分的 CRC-32"), default=0)
    begun_at = models.DateTimeField(_("开始时间"))
    touched_at = models.DateTimeField(_("最近一次收到"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Whether the last byte came."""
        return self.received == self.size

    @property
    def takes_no_more(self) -> bool:
        """Whether it became what it was sent for."""
        return False


class UnfinishedUpload(InPieces):
    """未传完的文件: a material of a draft.

    Once the last byte came, ``version`` is what it became: such a row only answers a last piece that is sent twice,
    until it is swept away.
    """

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="unfinished_uploads")
    slot = models.CharField(_("材料代码"), max_length=8)
    mark = models.CharField(_("标识"), max_length=16, choices=Declaration.Mark.choices)
    form_code = models.CharField(_("盖章页版本码"), max_length=16, blank=True)
    version = models.ForeignKey(
        "projects.MaterialVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("未传完的文件")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "case", "slot", "name", "size", "changed_ms"],
                condition=Q(version__isnull=True),
                name="one_unfinished_upload_a_file",
            ),
            models.CheckConstraint(
                name="upload_receives_no_more_than_its_size",
                condition=Q(received__gte=0, received__lte=F("size"), size__gt=0),
            ),
            models.CheckConstraint(
                name="upload_became_a_version_when_whole", condition=Q(version__isnull=True) | Q(received=F("size"))
            ),
        ]

    @property
    def takes_no_more(self) -> bool:
        """Whether it became a version of its material."""
        return self.version_id is not None


class ArrivingScan(InPieces):
    """先到的扫描件: a scan of the commission's, sent before the form that it belongs to.

    Whole, it waits for its form, which names it by its key; what no form took is swept away.
    """

    class Meta:
        verbose_name = _("先到的扫描件")
        constraints = [
            models.UniqueConstraint(fields=["person", "name", "size", "changed_ms"], name="one_arriving_scan_a_file"),
            models.CheckConstraint(
                name="scan_receives_no_more_than_its_size",
                condition=Q(received__gte=0, received__lte=F("size"), size__gt=0),
            ),
        ]
