"""The pledges of a draft follow the rules that would judge it."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from investreview.accounts.selectors import scope_of
from investreview.core.errors import Invalid
from investreview.demo import hands
from investreview.projects.models import Pledge
from investreview.projects.pledging import pledge_of
from investreview.projects.routing import rule_set_for
from investreview.projects.services.releases import hand_over
from investreview.rulebook.services import draft_rule_set, publish_rule_set
from tests.rulebook.conftest import content_of
from tests.world import START, World, drive

LATER = START + timedelta(days=7)


def _publish(world: World, content: bytes) -> None:
    for who, do in (("rule_keeper", draft_rule_set), ("head", publish_rule_set)):
        user = world.people[who]
        digest = sha256(content).hexdigest()
        sent = {"content": content, "base": ""} if do is draft_rule_set else {"code": "2024-2", "sha256": digest}
        do(commission=world.commission, scope=scope_of(user, START), actor=user.as_actor(), at=START, **sent)


def test_pledges_fall_when_other_rules_come_into_force(world: World) -> None:
    case = drive(world, "draft")
    _publish(world, content_of("2024-2", date(2024, 7, 5)))
    assert pledge_of(case, rule_set_for(case, START.date())) is not None
    assert pledge_of(case, rule_set_for(case, LATER.date())) is None

    me = hands.acting(world.group_drafter, LATER)
    with pytest.raises(Invalid, match="projects_pledges_missing"):
        hand_over(acting=me, case_id=case.pk, version=hands.fresh(case).version, at=LATER)

    hands.pledge(case, world.group_drafter, LATER)
    hand_over(acting=me, case_id=case.pk, version=hands.fresh(case).version, at=LATER)
    assert list(Pledge.objects.order_by("pk").values_list("rule_set__code", flat=True)) == ["2024-1", "2024-2"]


def test_what_was_pledged_is_kept_in_its_words_once_handed_over(world: World) -> None:
    case = drive(world, "handed_over")
    _publish(world, content_of("2024-2", date(2024, 7, 5)))
    made = pledge_of(case, rule_set_for(case, LATER.date()))
    assert made is not None
    assert [(one["key"], one["text"]) for one in made.items] == [
        (one.key, one.text) for one in made.rule_set.data.pledges
    ]
