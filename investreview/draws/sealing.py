"""What nobody may read before its time is stored sealed; its secret is DRAW_KEY.

A sealed text is bound to its place: moved to another draw or another row it cannot be opened.
"""

from investreview.core.sealing import Sealer

_SEALER = Sealer(setting="DRAW_KEY", purpose=b"ird-draw sealing key", broken="draws_seal_broken")


def seal(content: bytes, *, place: str) -> bytes:
    """The content, readable only with DRAW_KEY and only at ``place``."""
    return _SEALER.seal(content, place=place)


def unseal(sealed: bytes, *, place: str) -> bytes:
    """What was sealed for ``place``.

    Raises: Invalid (draws_seal_broken) when it was altered, moved, or sealed with another key.
    """
    return _SEALER.unseal(sealed, place=place)
