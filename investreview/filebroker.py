"""Celery messages as files, for an installation without Redis or RabbitMQ.

kombu 5.7's own transport writes a message under its final name, so a worker that looks at that moment reads half a
message and stops. Ours writes beside it and renames. May go when kombu renames.
"""

from pathlib import Path
from time import monotonic_ns
from typing import Any, ClassVar
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """A channel whose messages appear whole or not at all."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        """The message stands in the queue's folder, complete."""
        folder = Path(self.data_folder_out)
        name = f"{monotonic_ns():020d}_{uuid4()}"
        unfinished = folder / f"{name}.unfinished"
        unfinished.write_bytes(str_to_bytes(dumps(payload)))
        unfinished.rename(folder / f"{name}.{queue}.msg")


class Transport(filesystem.Transport):
    """The transport of ``filesystem://``; it has no host, so that none is missing."""

    Channel = Channel
    default_connection_params: ClassVar[dict[str, object]] = {}
