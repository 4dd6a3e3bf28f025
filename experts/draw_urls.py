"""Addresses of the draws; to be mounted under ``experts/draws/``."""

from django.urls import path, re_path

from experts.views import draws

app_name = "draws"

urlpatterns = [
    path("", draws.listed, name="list"),
    path("check/", draws.check, name="check"),
    path("verify_draw.py", draws.verifier, name="verifier"),
    re_path(r"^(?P<draw_pk>[0-9]{1,18})/$", draws.draw, name="draw"),
    re_path(r"^(?P<draw_pk>[0-9]{1,18})/evidence/(?P<print_>public|confidential)/$", draws.evidence, name="evidence"),
]
