"""The verbs of notices."""

from investreview.notices.services.mail import retry_mail, send_due_mail
from investreview.notices.services.telling import mark_all_read, mark_read, notify

__all__ = ["mark_all_read", "mark_read", "notify", "retry_mail", "send_due_mail"]
