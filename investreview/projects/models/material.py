"""Materials 申报材料: files, and the versions that fill the slots of the catalogue."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.projects.models.declaration import Declaration


class StoredFile(models.Model):
    """One uploaded file as it came: name, size, kind, SHA-256, who, when; never overwritten.

    ``is_of_panel``: a paper of an expert panel (a sheet, a leave note). It may carry an expert's name, so that no
    reader of the case opens it; the experts' room has its own door.
    """

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("文件名"), max_length=200)
    kind = models.CharField(_("类型"), max_length=8)
    size = models.BigIntegerField(_("大小（字节）"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    page_count = models.PositiveIntegerField(_("页数"), null=True, blank=True)
    storage_name = models.CharField(_("存储名"), max_length=200, unique=True)
    mark = models.CharField(
        _("标识"), max_length=16, choices=Declaration.Mark.choices, default=Declaration.Mark.INTERNAL
    )
    is_of_panel = models.BooleanField(_("专家论证材料"), default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("文件")

    def __str__(self) -> str:
        return self.name


class MaterialVersion(models.Model):
    """What fills one slot: a file, pages of a file that serves several slots, or a promise (容缺) with its date."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="materials")
    slot = models.CharField(_("材料代码"), max_length=8)
    ordinal = models.PositiveSmallIntegerField(_("版本"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="fills")
    page_from = models.PositiveIntegerField(_("起始页"), null=True, blank=True)
    page_to = models.PositiveIntegerField(_("终止页"), null=True, blank=True)
    is_chapter = models.BooleanField(_("可研章节"), default=False)
    promised_on = models.DateField(_("承诺补齐日期"), null=True, blank=True)
    version_code = models.CharField(_("盖章页版本码"), max_length=16, blank=True)
    is_current = models.BooleanField(_("现行"), default=True)
    provided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    provided_at = models.DateTimeField(_("提供时间"))

    class Meta:
        verbose_name = _("材料版本")
        ordering = ["slot", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["case", "slot", "ordinal"], name="material_version_once"),
            models.UniqueConstraint(
                fields=["case", "slot"], condition=Q(is_current=True), name="one_current_material_a_slot"
            ),
            models.CheckConstraint(
                name="material_is_file_or_promise",
                condition=Q(file__isnull=False, promised_on__isnull=True)
                | Q(file__isnull=True, promised_on__isnull=False),
            ),
            models.CheckConstraint(
                name="material_pages_in_order",
                condition=Q(page_from__isnull=True, page_to__isnull=True)
                | Q(page_from__gte=1, page_to__gte=F("page_from")),
            ),
            models.CheckConstraint(
                name="chapter_has_pages", condition=Q(is_chapter=False) | Q(page_from__isnull=False)
            ),
        ]
