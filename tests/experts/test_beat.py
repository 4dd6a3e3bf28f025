"""The page of a draw asks whether the other hand has acted: it tells that, nothing else, and misses nothing."""

from typing import Any

import pytest

from experts.services.revealing import ask_reveal
from investreview.draws.kinds import DrawState
from tests.experts import engine_rooms as rooms
from tests.experts.doors import opened, url
from tests.experts.halls import Hall
from tests.experts.test_ceremony_pages import OPERATOR, SUPERVISOR, drawn_names, shown
from workflows.panel.pages import ceremony
from workflows.panel.views import pages


def asked(there: Hall, beat: str) -> Any:
    """What the supervisor's page is answered a moment later."""
    return opened(there, SUPERVISOR, url(there, f"beat/?seen={beat}"))


def test_it_says_only_whether_somebody_acted(there: Hall) -> None:
    rooms.to_drawn(there)
    beat = opened(there, SUPERVISOR).context["view"].beat
    assert asked(there, beat).status_code == 204
    ask_reveal(acting=there.by(OPERATOR), case_id=there.case.pk, at=there.tick())
    answer = asked(there, beat)
    assert (answer.status_code, answer["HX-Trigger"]) == (200, "ceremony-moved")
    assert shown(answer.content.decode(), drawn_names(there)) == set()


@pytest.mark.parametrize(("room", "read"), [(pages, "read_panel"), (ceremony, "beat_of"), (ceremony, "ceremony_of")])
def test_what_happens_while_the_page_is_made_is_not_taken_for_seen(
    there: Hall, monkeypatch: pytest.MonkeyPatch, room: Any, read: str
) -> None:
    rooms.freeze(there)
    rooms.announce(there)
    reads = getattr(room, read)

    def read_just_before_the_other_acts(*given: Any, **named: Any) -> Any:
        monkeypatch.undo()
        found = reads(*given, **named)
        rooms.draw(there)
        return found

    monkeypatch.setattr(room, read, read_just_before_the_other_acts)
    beat = opened(there, OPERATOR).context["view"].beat
    assert there.panel.draw.state == DrawState.DRAWN
    assert asked(there, beat).status_code == 200
