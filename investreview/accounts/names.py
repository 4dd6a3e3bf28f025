"""One spelling of a username: how a person typed it never decides who they are or how often they failed."""

import unicodedata


def normalise_username(typed: str) -> str:
    """The username without outer blanks, full-width forms and capitals: ``" ＡDMIN"`` is ``"admin"``."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).strip().casefold())
