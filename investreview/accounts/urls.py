"""Addresses of signing in, people and rights. ``set_language`` is named at the root: every page head uses it."""

from django.urls import path

from investreview.accounts.views import (
    access_log,
    account,
    forgotten,
    people,
    roles,
    roster,
    second_factor,
    sign_in,
    slips,
)

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("password/", sign_in.password, name="password"),
    path("password/forgotten/", forgotten.forgotten, name="forgotten"),
    path("password/forgotten/sent/", forgotten.forgotten_sent, name="forgotten_sent"),
    path("password/new/<slug:key>/<slug:token>/", forgotten.new_password, name="new_password"),
    path("account/", account.profile, name="profile"),
    path("account/email/", account.change_email, name="change_email"),
    path("account/email/<slug:key>/<slug:token>/", account.confirm_email, name="confirm_email"),
    path("account/second-factor/", second_factor.second_factor, name="second_factor"),
    path("account/second-factor/set-up/", second_factor.set_up, name="set_up_second_factor"),
    path("account/second-factor/codes/", second_factor.renew_codes, name="renew_codes"),
    path("account/second-factor/removal/", second_factor.remove, name="remove_second_factor"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/sessions/end/", account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", account.end_session, name="end_session"),
    path("people/", people.people, name="people"),
    path("people/slips/", slips.slips, name="slips"),
    path("people/import/", roster.import_people, name="import_people"),
    path("people/import/template/", roster.roster_template, name="roster_template"),
    path("people/import/creation/", roster.create_people, name="create_people"),
    path("people/imports/<int:pk>/", roster.imported_people, name="imported_people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/deactivation/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/password/", people.reset_password, name="reset_password"),
    path("people/<int:pk>/second-factor/", second_factor.remove_lost, name="remove_lost_factor"),
    path("people/<int:pk>/roles/", roles.grant, name="grant"),
    path("people/<int:pk>/substitutions/", roles.substitute, name="substitute"),
    path("people/roles/<int:pk>/revocation/", roles.revoke, name="revoke"),
    path("people/substitutions/<int:pk>/end/", roles.end_substitution, name="end_substitution"),
    path("people/confirmations/", roles.confirmations, name="confirmations"),
    path("people/confirmations/<int:pk>/", roles.confirm, name="confirm"),
    path("access-log/", access_log.access_log, name="access_log"),
]
