from django.http import HttpRequest, HttpResponse

from investreview.journal.context import request_id
from investreview.journal.middleware import RequestId


def test_request_id_is_the_same_during_a_request_and_in_its_answer() -> None:
    seen: list[str] = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(request_id.get())
        return HttpResponse()

    first = RequestId(view)(HttpRequest())
    second = RequestId(view)(HttpRequest())

    assert seen == [first["X-Request-Id"], second["X-Request-Id"]]
    assert len(set(seen)) == 2
    assert request_id.get() == ""


def test_request_id_ignores_what_the_client_claims() -> None:
    request = HttpRequest()
    request.META["HTTP_X_REQUEST_ID"] = "mine"

    assert RequestId(lambda _request: HttpResponse())(request)["X-Request-Id"] != "mine"
