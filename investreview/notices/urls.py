"""Addresses of notices."""

from django.urls import path

from investreview.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/", views.open_notice, name="open"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/mail/", views.outbox, name="outbox"),
    path("notices/mail/<int:pk>/", views.retry, name="retry"),
]
