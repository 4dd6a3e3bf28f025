"""Which page of the guide belongs to whom, and what stands on it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.desk.guide.rendering import Written, written

COMMON = "common"
"""What everybody needs."""
PAGE_OF = {
    Role.ENTERPRISE_DRAFTER: "drafter",
    Role.ENTERPRISE_RELEASER: "releaser",
    Role.CASE_OFFICER: "officer",
    Role.OFFICE_HEAD: "head",
    Role.COUNTERSIGNER: "countersigner",
    Role.DOCUMENT_OFFICER: "document-office",
    Role.DEPUTY_DIRECTOR: "leader",
    Role.DIRECTOR: "leader",
    Role.DRAW_OPERATOR: "draw",
    Role.DRAW_SUPERVISOR: "draw",
    Role.PANEL_SECRETARY: "secretary",
    Role.EXPERT: "expert",
    Role.POOL_KEEPER: "pool-keeper",
    Role.EVALUATION_OFFICER: "evaluation",
    Role.ARCHIVIST: "archivist",
    Role.RULE_KEEPER: "rule-keeper",
    Role.AUDITOR: "auditor",
    Role.SYSTEM_ADMIN: "administrator",
    Role.SECURITY_ADMIN: "administrator",
    Role.AUDIT_ADMIN: "administrator",
}
LANGUAGES = ("zh", "en")
NAMES = tuple(dict.fromkeys((COMMON, *PAGE_OF.values())))


@dataclass(frozen=True)
class Entry:
    """One page in a list of pages."""

    name: str
    title: str


@dataclass(frozen=True)
class Contents:
    """The pages of one's own roles, with what everybody needs behind them, and those of the others."""

    own: tuple[Entry, ...]
    others: tuple[Entry, ...]


def contents_for(roles: Collection[Role]) -> Contents:
    """The guide as somebody with these roles is shown it, in the language in use."""
    own = [*dict.fromkeys(name for role, name in PAGE_OF.items() if role in roles), COMMON]
    return Contents(
        own=tuple(Entry(name, page(name).title) for name in own),
        others=tuple(Entry(name, page(name).title) for name in NAMES if name not in own),
    )


def page(name: str) -> Written:
    """A page in the language in use. Raises: NotVisible."""
    if name not in NAMES:
        raise NotVisible("desk_no_such_guide")
    return _page(name, language())


def picture(language: str, name: str) -> Path:
    """The file of a picture that a page shows. Raises: NotVisible."""
    if language not in LANGUAGES or name not in _pictures(language):
        raise NotVisible("desk_no_such_guide")
    return _folder() / "pictures" / language / f"{name}.png"


def language() -> str:
    """The folder of the language in use."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@cache
def _page(name: str, folder: str) -> Written:
    return written((_folder() / folder / f"{name}.md").read_text("utf-8"))


@cache
def _pictures(folder: str) -> frozenset[str]:
    """The names of the pictures of one language."""
    return frozenset(picture for name in NAMES for picture in _page(name, folder).pictures)


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "guide"
