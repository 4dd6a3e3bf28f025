"""Addresses of signing in, people and rights. ``set_language`` is named at the root: every page head uses it."""

from django.urls import path

from investreview.accounts.views import access_log, people, roles, sign_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("password/", sign_in.password, name="password"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/deactivation/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/password/", people.reset_password, name="reset_password"),
    path("people/<int:pk>/roles/", roles.grant, name="grant"),
    path("people/<int:pk>/substitutions/", roles.substitute, name="substitute"),
    path("people/roles/<int:pk>/revocation/", roles.revoke, name="revoke"),
    path("people/substitutions/<int:pk>/end/", roles.end_substitution, name="end_substitution"),
    path("people/confirmations/", roles.confirmations, name="confirmations"),
    path("people/confirmations/<int:pk>/", roles.confirm, name="confirm"),
    path("access-log/", access_log.access_log, name="access_log"),
]
