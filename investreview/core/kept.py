"""What was typed into a form that could not be carried out: kept in the page itself until it can be sent again.

Nothing is stored on the server: the page carries the fields hidden and gives them back.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "kept_form"
SECRET_FIELD_PARTS = ("password", "csrf", "otp")
# What a form carries for the machine; nobody typed it, so nobody is shown it.
MACHINE_FIELDS = frozenset({"version", "key", "creation_key", "act", "base", "next", "slot", FIELD})
MACHINE_FIELD_ENDS = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")

Typed = list[tuple[str, str]]


@dataclass(frozen=True)
class KeptForm:
    """A form as it was sent to ``address``; what is secret is left out, and then it cannot be sent again."""

    address: str
    typed: Typed
    may_resend: bool

    @property
    def packed(self) -> str:
        """The form as one hidden field of the next page."""
        return json.dumps({"address": self.address, "typed": self.typed, "may_resend": self.may_resend})


def kept_form(request: HttpRequest) -> KeptForm:
    """The form of this request."""
    return KeptForm(address=request.get_full_path(), typed=typed(request), may_resend=may_resend(request))


def form_kept_before(request: HttpRequest) -> KeptForm | None:
    """The form that an earlier page kept and this request brings back; nothing when it cannot be read."""
    try:
        found = json.loads(request.POST.get(FIELD, ""))
        address = str(found["address"])
        fields = [(str(name), str(value)) for name, value in found["typed"]]
        may_be_resent = found["may_resend"] is True
    except (ValueError, TypeError, KeyError):
        return None
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return None
    return KeptForm(address=address, typed=fields, may_resend=may_be_resent)


def typed(request: HttpRequest) -> Typed:
    """What the person sent, field by field, without secrets."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(part in name.lower() for part in SECRET_FIELD_PARTS)
    ]


def may_resend(request: HttpRequest) -> bool:
    """Whether one button can send the same form again: nothing secret and no file was in it."""
    if request.method != "POST" or request.FILES:
        return False
    return not any(part in name.lower() for name in request.POST for part in ("password", "otp"))


def came_from_this_site(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form; a form that another site made up must never be offered again."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def readable(fields: Iterable[tuple[str, str]]) -> Typed:
    """Those of the fields that a person typed or chose, for showing."""
    return [
        (name, value)
        for name, value in fields
        if value and name not in MACHINE_FIELDS and not name.endswith(MACHINE_FIELD_ENDS)
    ]
