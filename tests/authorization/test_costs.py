"""No page of the site takes more than twelve queries."""

from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from investreview.accounts.middleware import LAST_SEEN
from tests.authorization.answers import as_of_a_test
from tests.authorization.matrix import Row, rows
from tests.authorization.site import Site

MOST = 12


def pages() -> list[Row]:
    """Every row of the matrix that somebody reads."""
    return [row for row in rows() if row.method == "GET" and "200" in row.expected.values()]


def cost_of(site: Site, row: Row) -> int:
    """How many queries the page takes when it is opened by the first person of the matrix who may."""
    who, url = row.rightful, site.address(row.route, row.on)
    connection.queries_log.clear()
    with as_of_a_test(transaction.atomic()):
        with CaptureQueriesContext(connection) as captured:
            response = site.clients[who].get(url)
            if response.streaming:
                b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return len(captured)


def stay_signed_in(site: Site) -> None:
    """No request writes anew when somebody was last seen."""
    for client in site.clients.values():
        session = client.session
        if session.session_key is not None:
            session[LAST_SEEN] = int((timezone.now() + timedelta(hours=1)).timestamp())
            session.save()


def test_no_page_takes_more_than_twelve_queries(site: Site) -> None:
    stay_signed_in(site)
    site.clients["officer"].get("/")  # the process knows the working days
    costs = {str(row): cost_of(site, row) for row in pages()}
    assert {page: cost for page, cost in costs.items() if cost > MOST} == {}
