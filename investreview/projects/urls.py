"""Addresses of projects and cases; to be mounted at the root."""

from django.urls import path, register_converter

from investreview.core.addresses import RowId
from investreview.projects.views.agendas import agenda, agendas, meeting_pack
from investreview.projects.views.archive import archive
from investreview.projects.views.contacts import incoming, phone_notes, settle
from investreview.projects.views.corrections import corrections, slip
from investreview.projects.views.drafts import again, discard
from investreview.projects.views.files import content, file, preview
from investreview.projects.views.instructions import case_instructions, instruction, instructions, report_file
from investreview.projects.views.materials import materials, registration_form
from investreview.projects.views.questions import questions
from investreview.projects.views.scans import discard_arriving, scan_piece, scans
from investreview.projects.views.start import new_project
from investreview.projects.views.steps import facts, investment, live, pledges
from investreview.projects.views.submission import submission
from investreview.projects.views.uploads import discard_unfinished, piece, uploads

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
register_converter(RowId, "projects_row")

urlpatterns = [
    path("projects/new/", new_project, name="new_project"),
    path("cases/<case_number:number>/facts/", facts, name="facts"),
    path("cases/<case_number:number>/investment/", investment, name="investment"),
    path("cases/<case_number:number>/pledges/", pledges, name="pledges"),
    path("cases/<case_number:number>/submission/", submission, name="submission"),
    path("cases/<case_number:number>/live/", live, name="live"),
    path("cases/<case_number:number>/materials/", materials, name="materials"),
    path("cases/<case_number:number>/uploads/", uploads, name="uploads"),
    path("cases/<case_number:number>/uploads/<slug:slot>/<uuid:key>/", piece, name="piece"),
    path(
        "cases/<case_number:number>/uploads/<slug:slot>/<uuid:key>/discard/", discard_unfinished, name="discard_upload"
    ),
    path("scans/", scans, name="scans"),
    path("scans/<uuid:key>/", scan_piece, name="scan_piece"),
    path("scans/<uuid:key>/discard/", discard_arriving, name="discard_scan"),
    path("cases/<case_number:number>/registration-form/", registration_form, name="registration_form"),
    path("cases/<case_number:number>/discard/", discard, name="discard"),
    path("cases/<case_number:number>/again/", again, name="again"),
    path("cases/<case_number:number>/phone-notes/", phone_notes, name="phone_notes"),
    path("cases/<case_number:number>/phone-notes/<int:note_id>/settlement/", settle, name="settle_promise"),
    path("cases/<case_number:number>/corrections/", corrections, name="corrections"),
    path("corrections/<int:slip_id>/", slip, name="slip"),
    path("cases/<case_number:number>/incoming/", incoming, name="incoming"),
    path("cases/<case_number:number>/questions/", questions, name="questions"),
    path("cases/<case_number:number>/materials.zip", archive, name="archive"),
    path("cases/<case_number:number>/instructions/", case_instructions, name="case_instructions"),
    path("agendas/", agendas, name="agendas"),
    path("agendas/<projects_row:pk>/", agenda, name="agenda"),
    path("agendas/packs/<projects_row:pk>/", meeting_pack, name="meeting_pack"),
    path("instructions/", instructions, name="instructions"),
    path("instructions/<projects_row:pk>/", instruction, name="instruction"),
    path("instructions/<projects_row:pk>/reports/<projects_row:ordinal>/file/", report_file, name="report_file"),
    path("files/<int:file_id>/", file, name="file"),
    path("files/<int:file_id>/preview/", preview, name="preview"),
    path("files/<int:file_id>/content/", content, name="content"),
]
