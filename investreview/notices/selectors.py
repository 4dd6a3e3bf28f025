"""What a person was told, and which mails wait for a person."""

from django.db.models import QuerySet

from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.notices.models import Notice

PAGE_LENGTH = 50


def unread_count(user: User) -> int:
    """How many notices the person has not read."""
    return Notice.objects.filter(user=user, read_at__isnull=True).count()


def notices_of(user: User, *, before: int | None) -> tuple[list[Notice], int | None]:
    """A page of the person's notices, newest first, and the key from which the next page goes on."""
    notices = Notice.objects.filter(user=user)
    if before is not None:
        notices = notices.filter(pk__lt=before)
    found = list(notices.order_by("-pk")[: PAGE_LENGTH + 1])
    shown = found[:PAGE_LENGTH]
    return shown, shown[-1].pk if len(found) > PAGE_LENGTH else None


def failed_mail(scope: Scope) -> QuerySet[Notice]:
    """The mails that failed for good, of the commissions whose system administrator this person is."""
    codes = [path.rstrip("/") for path in scope.paths_for(Role.SYSTEM_ADMIN)]
    failed = Notice.objects.filter(mail_state=Notice.Mail.FAILED, user__commission__code__in=codes)
    return failed.select_related("user").order_by("-pk")
