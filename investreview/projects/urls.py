"""Addresses of projects and cases; to be mounted at the root."""

from django.urls import path, register_converter

from investreview.projects.views.contacts import incoming, phone_notes
from investreview.projects.views.drafts import again, discard
from investreview.projects.views.facts import facts
from investreview.projects.views.files import file
from investreview.projects.views.materials import materials, registration_form
from investreview.projects.views.start import new_project

app_name = "projects"


class CaseNumber:
    """A case number in an address: letters, digits and hyphens, so that nothing the database refuses gets through."""

    regex = r"[\w-]{6,32}"

    def to_python(self, value: str) -> str:
        """The number as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands in the database."""
        return value


register_converter(CaseNumber, "case_number")

urlpatterns = [
    path("projects/new/", new_project, name="new_project"),
    path("cases/<case_number:number>/facts/", facts, name="facts"),
    path("cases/<case_number:number>/materials/", materials, name="materials"),
    path("cases/<case_number:number>/registration-form/", registration_form, name="registration_form"),
    path("cases/<case_number:number>/discard/", discard, name="discard"),
    path("cases/<case_number:number>/again/", again, name="again"),
    path("cases/<case_number:number>/phone-notes/", phone_notes, name="phone_notes"),
    path("cases/<case_number:number>/incoming/", incoming, name="incoming"),
    path("files/<int:file_id>/", file, name="file"),
]
