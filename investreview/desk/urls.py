"""Addresses of the desk; to be mounted at the root."""

from django.urls import path, register_converter

from investreview.core.addresses import RowId
from investreview.desk import jobs, searching, views
from investreview.desk.guide import views as guide
from investreview.desk.inbox import saved_pages
from investreview.desk.inbox import views as inbox
from investreview.desk.leave import views as leave
from investreview.desk.overview import views as overview
from investreview.desk.rulemaking import views as rulemaking

app_name = "desk"


class Number:
    """A case number in an address: letters, digits and hyphens, so that nothing the database refuses gets through."""

    regex = r"[\w-]{1,32}"

    def to_python(self, value: str) -> str:
        """The number as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands in the database."""
        return value


register_converter(Number, "desk_number")
register_converter(RowId, "desk_row")

urlpatterns = [
    path("", inbox.home, name="home"),
    path("inbox/export/", inbox.export, name="export_inbox"),
    path("inbox/claims/", inbox.claim_several, name="claim"),
    path("inbox/readings/", inbox.read_several, name="mark_read"),
    path("inbox/views/", saved_pages.views, name="views"),
    path("inbox/views/new/", saved_pages.save, name="save_view"),
    path("inbox/views/<desk_row:view_id>/", saved_pages.change, name="change_view"),
    path("inbox/views/<desk_row:view_id>/deletion/", saved_pages.delete, name="delete_view"),
    path("leave/", leave.leave, name="leave"),
    path("leave/<desk_row:leave_id>/cancellation/", leave.cancel, name="cancel_leave"),
    path("search/", searching.search_page, name="search"),
    path("cases/", views.cases, name="cases"),
    path("cases/<desk_number:number>/", views.case, name="case"),
    path("cases/<desk_number:number>/readers/", views.readers, name="readers"),
    path("cases/<desk_number:number>/process.bpmn", views.bpmn, name="bpmn"),
    path("cases/<desk_number:number>/journal-check/", views.check_journal, name="check_journal"),
    path("cases/<desk_number:number>/submissions/<int:earlier>/<int:later>/", views.submissions, name="submissions"),
    path("overview/", overview.overview, name="overview"),
    path("overview/lists/<slug:key>/", overview.overview_list, name="overview_list"),
    path("overview/workbook/", overview.workbook, name="overview_workbook"),
    path("overview/word/", overview.word, name="overview_word"),
    path("overview/pdf/", overview.pdf, name="overview_pdf"),
    path("guide/", guide.guide, name="guide"),
    path("guide/<slug:name>/", guide.guide_page, name="guide_page"),
    path("guide/pictures/<slug:language>/<slug:name>.png", guide.guide_picture, name="guide_picture"),
    path("rule-drafts/", rulemaking.rule_drafts, name="rule_drafts"),
    path("rule-drafts/new/", rulemaking.write_rule_draft, name="write_rule_draft"),
    path("rule-drafts/<desk_row:pk>/", rulemaking.rule_draft, name="rule_draft"),
    path("rule-drafts/<desk_row:pk>/replay/", rulemaking.replay, name="replay_rule_draft"),
    path("rule-drafts/<desk_row:pk>/publication/", rulemaking.publish, name="publish_rule_draft"),
    path("rule-drafts/<desk_row:pk>/withdrawal/", rulemaking.withdraw, name="withdraw_rule_draft"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/mail/<int:pk>/", jobs.retry_failed_mail, name="retry_mail"),
    path("jobs/pdf/<int:pk>/", jobs.retry_failed_pdf, name="retry_pdf"),
    path("jobs/stall/<int:pk>/", jobs.reopen_stalled, name="reopen"),
]
