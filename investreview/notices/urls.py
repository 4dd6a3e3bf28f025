"""Addresses of notices."""

from django.urls import path

from investreview.notices.views import office, own, windows

app_name = "notices"

urlpatterns = [
    path("notices/", own.notices, name="notices"),
    path("notices/<int:pk>/", own.open_notice, name="open"),
    path("notices/read/", own.read_all, name="read_all"),
    path("notices/read/some/", own.read_some, name="read_some"),
    path("notices/outbox/", office.outbox, name="outbox"),
    path("notices/outbox/windows/", windows.windows, name="windows"),
    path("notices/outbox/<int:pk>/", office.mail, name="mail"),
    path("notices/outbox/<int:pk>/hold/", office.hold, name="hold"),
    path("notices/outbox/<int:pk>/release/", office.release, name="release"),
    path("notices/calls/", office.calls, name="calls"),
    path("notices/sms/", office.sms, name="sms"),
    path("notices/sms/<int:pk>/", office.sms_file, name="sms_file"),
    path("account/notices/", own.choices, name="choices"),
]
