"""Mail servers that behave badly."""

import smtplib
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from investreview.core import clock
from investreview.notices import services


class Refusing(BaseEmailBackend):
    """Takes no mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise smtplib.SMTPServerDisconnected("go away")


class Unreachable(BaseEmailBackend):
    """Is not there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise TimeoutError


class Slow(BaseEmailBackend):
    """So slow that another beat comes while it takes a mail."""

    taken: list[str] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        services.send_due_mail(now=clock.machine_now())
        self.taken.extend(str(message.extra_headers["Message-ID"]) for message in email_messages)
        return len(email_messages)
