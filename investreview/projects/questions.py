"""Questions of a case with their answers, as each side reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from investreview.projects.models import AnswerFile, Case, Question, StoredFile


@dataclass(frozen=True)
class Asked:
    """One question with its answer; the enterprise reads that the commission asked, not who there."""

    ordinal: int
    text: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    files: tuple[StoredFile, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether the enterprise has yet to answer."""
        return self.answered_at is None


def asked_questions() -> QuerySet[Question]:
    """Questions with all that ``as_asked`` reads of them, in two queries."""
    files = AnswerFile.objects.select_related("file")
    return Question.objects.select_related("asked_by", "answer__answered_by").prefetch_related(
        Prefetch("answer__attachments", queryset=files)
    )


def as_asked(question: Question, *, case: Case, inside: bool) -> Asked:
    """The question as one side reads it."""
    answer = getattr(question, "answer", None)
    return Asked(
        ordinal=question.ordinal,
        text=question.text,
        asked_by=question.asked_by.full_name if inside else case.commission.short_name,
        asked_at=question.asked_at,
        answer=answer.text if answer is not None else "",
        answered_by=answer.answered_by.full_name if answer is not None else "",
        answered_at=answer.answered_at if answer is not None else None,
        files=tuple(each.file for each in answer.attachments.all()) if answer is not None else (),
    )
