from datetime import date
from typing import Any

import pytest

from investreview.core.actor import SYSTEM
from investreview.registry.models import Commission
from investreview.rulebook.models import RuleSet
from investreview.rulebook.services import load_rule_set, put_in_force_at_founding
from tests.registry.factories import AT, make_commission
from tests.rulebook.factories import FILE


@pytest.fixture
def commission(db: None) -> Commission:
    return make_commission()


@pytest.fixture
def founded(commission: Commission) -> RuleSet:
    """The 2024 set, in force since the first of January."""
    draft = load_rule_set(commission=commission, content=FILE.read_bytes(), actor=SYSTEM, at=AT)
    return put_in_force_at_founding(rule_set=draft, actor=SYSTEM, at=AT)


def content_of(code: str, effective_from: date) -> bytes:
    """The 2024 file under another code and date."""
    text = FILE.read_text("utf-8")
    text = text.replace("code: 2024-1\n", f"code: {code}\n", 1)
    return text.replace("effective_from: 2024-01-01", f"effective_from: {effective_from}", 1).encode()


@pytest.fixture
def own_site(settings: Any) -> None:
    """This room's pages alone, so that its tests need no other room."""
    settings.ROOT_URLCONF = "tests.rulebook.site"
    [engine] = settings.TEMPLATES
    processors = [each for each in engine["OPTIONS"]["context_processors"] if "investreview.desk" not in each]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]
