"""The verbs of notices."""

from investreview.notices.services.choosing import choose_ways
from investreview.notices.services.holding import hold_mail, release_mail
from investreview.notices.services.mail import retry_mail, send_due_mail, written
from investreview.notices.services.password_requests import answer_password_requests, tell_new_addresses
from investreview.notices.services.sms import download_sms, pick_up_sms
from investreview.notices.services.telling import mark_all_read, mark_read, mark_some_read, notify, notify_each
from investreview.notices.services.windows import set_windows

__all__ = [
    "answer_password_requests",
    "choose_ways",
    "download_sms",
    "hold_mail",
    "mark_all_read",
    "mark_read",
    "mark_some_read",
    "notify",
    "notify_each",
    "pick_up_sms",
    "release_mail",
    "retry_mail",
    "send_due_mail",
    "set_windows",
    "tell_new_addresses",
    "written",
]
