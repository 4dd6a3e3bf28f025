"""The request whose entries belong together."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
