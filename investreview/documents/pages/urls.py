"""Addresses of the documents room, its own (verification) among them; to be mounted at the root."""

from django.urls import path

from investreview.documents import urls as room
from investreview.documents.pages import views

app_name = "documents"

urlpatterns = [
    *room.urlpatterns,
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/edit/", views.edit, name="edit"),
    path("documents/<int:pk>/versions/", views.versions, name="versions"),
    path("documents/<int:pk>/originals/<int:original_id>/", views.original, name="original"),
    path("documents/pdf/<int:pk>/", views.pdf, name="pdf"),
    path("documents/pdf/<int:pk>/retry/", views.retry, name="retry"),
    path("documents/failed/", views.failed, name="failed"),
    path("numbers/", views.numbers, name="numbers"),
]
