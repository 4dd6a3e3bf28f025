"""A real mail server on a port of its own, which answers as the test tells it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 OK"


class MailServer:
    """What the server was given: ``taken`` it has answered for, ``seen`` also when the answer never came.

    ``to_recipient`` and ``to_message`` are its next answers, in order; afterwards it takes everything. ``HANG_UP``
    ends the connection instead of an answer, ``SILENCE`` keeps the client waiting.
    """

    HANG_UP = "HANG UP"
    SILENCE = "SILENCE"

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.seen: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.to_recipient: list[str] = []
        self.to_message: list[str] = []
        self.port = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The answer to one recipient."""
        answer = self.to_recipient.pop(0) if self.to_recipient else TAKEN
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The answer to the whole message."""
        message: Any = message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        self.seen.append(message)
        answer = self.to_message.pop(0) if self.to_message else TAKEN
        if answer == self.HANG_UP:
            assert server.transport is not None
            server.transport.abort()
        elif answer == self.SILENCE:
            await asyncio.Event().wait()
        elif answer == TAKEN:
            self.taken.append(message)
            self.recipients.append(list(envelope.rcpt_tos))
        return answer


class _AnyPort(Controller):
    """aiosmtpd 1.4.6 knocks at the port it was told, also when it was told to take any free one."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def answering(server: MailServer) -> Iterator[MailServer]:
    """Inside, the server answers at ``server.port`` of this machine."""
    controller = _AnyPort(server, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        server.port = controller.port
        yield server
    finally:
        controller.stop()
