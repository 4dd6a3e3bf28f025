"""Addresses of the process of a case."""

from django.urls import path, register_converter

from investreview.core.addresses import RowId
from workflows.review.views import holding, mistakes, moves, office, paper, signing, takeovers, tasks, transfers

app_name = "review"

register_converter(RowId, "row_id")

urlpatterns = [
    path("tasks/<row_id:task_id>/", tasks.task, name="task"),
    path("tasks/<row_id:task_id>/recall/", moves.recall, name="recall"),
    path("tasks/<row_id:task_id>/transfer/", transfers.transfer, name="transfer"),
    path("tasks/<row_id:task_id>/claim/", holding.claim, name="claim"),
    path("tasks/<row_id:task_id>/return/", holding.give_back, name="give_back"),
    path("tasks/<row_id:task_id>/paper/", paper.enter, name="paper"),
    path("tasks/<row_id:task_id>/sheet/", paper.print_sheet, name="print_sheet"),
    path("signing/", signing.signing, name="signing"),
    path("signing/sheets/", signing.print_sheets, name="print_sheets"),
    path("signing/<row_id:task_id>/", signing.signing_one, name="signing_one"),
    path("office/", office.office, name="office"),
    path("office/<row_id:task_id>/original/", office.seal, name="seal"),
    path("cases/<slug:number>/hand-over/", moves.hand_over, name="hand_over"),
    path("cases/<slug:number>/withdraw/", moves.withdraw, name="withdraw"),
    path("cases/<slug:number>/return/", moves.return_case, name="return"),
    path("cases/<slug:number>/circulation/", holding.circulate, name="circulate"),
    path("cases/<slug:number>/reminder/", holding.urge, name="urge"),
    path("takeovers/", takeovers.listed, name="takeovers"),
    path("takeovers/new/", takeovers.new, name="new_takeover"),
    path("takeovers/<row_id:takeover_id>/", takeovers.takeover, name="takeover"),
    path("takeovers/papers/<row_id:paper_id>/", takeovers.paper, name="takeover_paper"),
    path("cases/<slug:number>/signature/withdraw/", mistakes.withdraw_signature, name="withdraw_signature"),
    path("cases/<slug:number>/remedy/", mistakes.remedy, name="remedy"),
    path("paper/", paper.pending, name="paper_list"),
    path("paper/<row_id:entry_id>/", paper.compare, name="compare_paper"),
]
