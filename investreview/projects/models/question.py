"""Question 询问 and answer 答复: the officer asks, the enterprise answers, and the case stays where it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Question(models.Model):
    """One question of the commission on a case; it neither returns the case nor stops its clock."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="questions")
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("问题"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("提问人")
    )
    asked_at = models.DateTimeField(_("提问时间"))

    class Meta:
        verbose_name = _("询问")
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["case", "ordinal"], name="question_once_a_case")]


class Answer(models.Model):
    """What the enterprise answered, once; a further question asks for more."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField(_("答复"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"))

    class Meta:
        verbose_name = _("答复")


class AnswerFile(models.Model):
    """A file that came with an answer; it fills no slot of the catalogue."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="attachments")
    file = models.OneToOneField("projects.StoredFile", on_delete=models.PROTECT, related_name="answers_with")

    class Meta:
        verbose_name = _("答复附件")
        ordering = ["id"]
