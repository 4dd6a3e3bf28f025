"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

from investreview.accounts.views.sign_in import set_language

handler400 = "investreview.core.error_pages.bad_request"
handler403 = "investreview.core.error_pages.permission_denied"
handler404 = "investreview.core.error_pages.page_not_found"
handler500 = "investreview.core.error_pages.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    path("", include("investreview.core.urls")),
    path("", include("investreview.accounts.urls")),
    path("", include("investreview.registry.urls")),
    path("rules/", include("investreview.rulebook.urls")),
    path("", include("investreview.documents.pages.urls")),
    path("", include("investreview.notices.urls")),
    path("", include("investreview.projects.urls")),
    path("experts/", include("experts.urls")),
    path("past/", include("investreview.projects.past.urls")),
    path("evaluations/", include("investreview.evaluations.urls")),
    path("", include("workflows.review.urls")),
    path("experts/seats/", include("workflows.panel.seat_urls")),
    path("", include("experts.case_urls")),
    path("", include("workflows.panel.urls")),
    path("experts/draws/", include("experts.draw_urls")),
    path("", include("workflows.handover.urls")),
    path("", include("investreview.desk.urls")),
]
