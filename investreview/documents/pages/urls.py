"""Addresses of the documents room, its own (verification) among them; to be mounted at the root."""

from django.urls import path

from investreview.documents import urls as room
from investreview.documents.pages.views.editing import edit
from investreview.documents.pages.views.files import failed, original, pdf, retry, word
from investreview.documents.pages.views.numbers import numbers, start
from investreview.documents.pages.views.reading import document, versions

app_name = "documents"

urlpatterns = [
    *room.urlpatterns,
    path("documents/<int:pk>/", document, name="document"),
    path("documents/<int:pk>/edit/", edit, name="edit"),
    path("documents/<int:pk>/versions/", versions, name="versions"),
    path("documents/<int:pk>/word/", word, name="word"),
    path("documents/<int:pk>/originals/<int:original_id>/", original, name="original"),
    path("documents/pdf/<int:pk>/", pdf, name="pdf"),
    path("documents/pdf/<int:pk>/retry/", retry, name="retry"),
    path("documents/failed/", failed, name="failed"),
    path("numbers/", numbers, name="numbers"),
    path("numbers/start/", start, name="start_series"),
]
