"""The matrix against the site: every answer as DOMAIN says; a refusal changes nothing and leaves one entry."""

from collections import Counter

import pytest

from tests import depth
from tests.authorization.answers import ANONYMOUS, JOURNAL, Answer, ask
from tests.authorization.leaks import leaks_in
from tests.authorization.matrix import REFUSED, Row, routes, rows
from tests.authorization.people import EVERYBODY, SIGNED_IN
from tests.authorization.sent import body, with_files
from tests.authorization.site import Site

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_is_answered_as_the_matrix_says(site: Site, row: Row) -> None:
    url = site.address(row.route, row.on)
    granted = row.method == "POST" and "405" not in row.expected.values()
    sent = body(site, row.route, row.on, row.rightful) if granted else {}
    faults = []
    for who in row.asked(everybody=depth.IS_ALL):
        expected = row.expected[who]
        answer = ask(site.clients[who], row.method, url, with_files(row.route, row.on, sent))
        faults += [] if answer.said == expected else [f"{who}: {answer.said}, not {expected}"]
        faults += [f"{who}: {fault}" for fault in _faults(site, who, answer, _may_write(row, who))]
        leaks = leaks_in(site, who, answer.text, route=row.route, thing=row.on, asked=f"{url} {sent}")
        faults += [f"{who}: {leak}" for leak in leaks]
    assert not faults, "\n".join(faults)


def _may_write(row: Row, who: str) -> tuple[dict[str, int], ...]:
    """What somebody who is not signed in leaves: nothing, or the scan's entry; signing out ends a dead session too."""
    ended = ({"django_session": 1},) if (row.route, who) == ("accounts:sign_out", "deactivated") else ()
    return ({}, *ANONYMOUS, *ended)


def _faults(site: Site, who: str, answer: Answer, unsigned: tuple[dict[str, int], ...]) -> list[str]:
    """What a refusal did besides refusing."""
    if answer.status >= 500:
        return [f"fault {answer.status}"]
    if answer.said == "in" and who not in SIGNED_IN:
        return [] if answer.written in unsigned else [f"wrote {answer.written}"]
    if answer.said == "405":
        return [f"wrote {answer.written}"] if answer.written else []
    if answer.said not in REFUSED:
        return []
    if answer.written != JOURNAL:
        return [f"wrote {answer.written}"]
    entry, user = answer.entry, site.cast.user(who)
    assert entry is not None
    told = (entry.chain, entry.verb, entry.result, entry.actor_id)
    expected = (f"{user.commission.code}:access", "access.deny", "DENIED", user.as_actor().id)
    return [] if told == expected else [f"told {told}"]


def test_no_route_is_without_a_row_and_no_row_without_a_route() -> None:
    missing = routes() - {row.route for row in ROWS}
    gone = {row.route for row in ROWS} - routes()
    assert (missing, gone) == (set(), set())


def test_every_route_is_tried_by_get_and_by_post() -> None:
    tried = {(row.route, row.method) for row in ROWS}
    assert tried == {(route, method) for route in routes() for method in ("GET", "POST")}


def test_no_row_stands_twice_and_everybody_has_a_column() -> None:
    times = Counter((row.route, row.method, row.on) for row in ROWS)
    assert [key for key, count in times.items() if count > 1] == []
    assert {tuple(row.expected) for row in ROWS} == {EVERYBODY}


def test_every_row_says_where_its_answers_come_from() -> None:
    assert [str(row) for row in ROWS if not row.why] == []
