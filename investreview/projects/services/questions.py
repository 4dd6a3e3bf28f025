"""Question and answer between officer and enterprise; the case stays where it is and its clock runs on."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import IO

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.text import clean_block
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify
from investreview.projects.acting import Acting
from investreview.projects.models import Answer, AnswerFile, Case, Question
from investreview.projects.permissions import ASKING_ROLES, may_answer
from investreview.projects.rules import Verb
from investreview.projects.selectors import enterprise_people
from investreview.projects.services.common import lock_case, note, require_state
from investreview.projects.services.materials import store_file

TEXT_LENGTH = 2000
MOST_FILES = 5
FILE_LIMIT = 100 * 1024 * 1024


def ask_question(*, acting: Acting, case_id: int, text: str, at: datetime) -> Question:
    """The question stands on the case and the enterprise is told; the clock of the case runs on.

    The same words that still wait for an answer are one question. Raises: Forbidden, Invalid (text_*,
    projects_not_allowed_in_state). Journal: case.ask_question.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if not acting.scope.holds_any(ASKING_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
        require_state(case, Verb.ASK_QUESTION)
        said = clean_block(text, max_length=TEXT_LENGTH)
        waiting = case.questions.filter(text=said, answer__isnull=True).first()
        if waiting is not None:
            return waiting
        last = case.questions.aggregate(last=Max("ordinal"))["last"] or 0
        question: Question = Question.objects.create(
            case=case, ordinal=last + 1, text=said, asked_by=acting.person, asked_at=at
        )
        note(case, Verb.ASK_QUESTION, acting=acting, at=at, facts={"question": question.ordinal, "text": said})
        _tell(
            enterprise_people(case, at),
            lambda: _("市国资委就 %(number)s 提出第 %(n)d 个问题，请在线答复；办件不退回，办理时限照常计算。"),
            question,
            at,
            acting.user,
        )
        return question


def answer_question(
    *, acting: Acting, case_id: int, ordinal: int, text: str, files: Sequence[tuple[IO[bytes], str]], at: datetime
) -> Answer:
    """The answer stands beside its question with its files, and whoever asked is told; sent twice, the first counts.

    Raises: NotVisible, Forbidden, Invalid (text_*, file_*, projects_not_allowed_in_state, projects_question_answered,
    projects_too_many_files). Journal: case.answer_question.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
        question = case.questions.select_related("asked_by", "answer").filter(ordinal=ordinal).first()
        if question is None:
            raise NotVisible("projects_case_not_visible")
        said = clean_block(text, max_length=TEXT_LENGTH)
        earlier: Answer | None = getattr(question, "answer", None)
        if earlier is not None:
            if earlier.text == said and earlier.answered_by_id == acting.person.pk:
                return earlier
            raise Invalid("projects_question_answered", n=ordinal, who=earlier.answered_by.full_name)
        if not may_answer(acting.scope, case):
            raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
        answer: Answer = Answer.objects.create(question=question, text=said, answered_by=acting.person, answered_at=at)
        kept = _keep_files(answer, case, acting, files, at)
        facts = {"question": ordinal, "text": said, "files": kept}
        note(case, Verb.ANSWER_QUESTION, acting=acting, at=at, facts=facts)
        asker = {person.pk: person for person in (question.asked_by, case.officer) if person is not None}
        _tell(asker.values(), lambda: _("%(number)s 的第 %(n)d 个问题，企业已答复。"), question, at, None)
        return answer


def _keep_files(
    answer: Answer, case: Case, acting: Acting, files: Sequence[tuple[IO[bytes], str]], at: datetime
) -> list[dict[str, str]]:
    if len(files) > MOST_FILES:
        raise Invalid("projects_too_many_files", field="attachments", count=len(files), most=MOST_FILES)
    kept = []
    for file, name in files:
        try:
            stored = store_file(
                case=case, file=file, name=name, user=acting.person, mark="INTERNAL", at=at, limit=FILE_LIMIT
            )
        except Invalid as error:
            error.field = "attachments"
            raise
        AnswerFile.objects.create(answer=answer, file=stored)
        kept.append({"name": stored.name, "sha256": stored.sha256})
    return kept


def _tell(
    people: Iterable[User], sentence: Callable[[], str], question: Question, at: datetime, sent_by: User | None
) -> None:
    """Each reads it in their own language; whether it is a question or an answer is part of the key."""
    case = question.case
    kind = "answer" if Answer.objects.filter(question=question).exists() else "question"
    for person in people:
        with translation.override(person.language):
            notify(
                users=[person],
                text=sentence() % {"number": case.number, "n": question.ordinal},
                url=reverse("projects:questions", args=[case.number]),
                dedupe_key=f"{kind}:{question.pk}",
                at=at,
                kind=NoticeKind.QUESTION,
                sent_by=sent_by,
            )
