"""Addresses of the process of a case."""

from django.urls import path, register_converter

from workflows.review.views import moves, paper, tasks, transfers

app_name = "review"


class RowId:
    """An id in an address: as many digits as every database holds, so that a longer one is no address."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """The id as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The id as it stands in the address."""
        return str(value)


register_converter(RowId, "row_id")

urlpatterns = [
    path("tasks/<row_id:task_id>/", tasks.task, name="task"),
    path("tasks/<row_id:task_id>/recall/", moves.recall, name="recall"),
    path("tasks/<row_id:task_id>/transfer/", transfers.transfer, name="transfer"),
    path("tasks/<row_id:task_id>/paper/", paper.enter, name="paper"),
    path("tasks/<row_id:task_id>/sheet/", paper.print_sheet, name="print_sheet"),
    path("cases/<slug:number>/hand-over/", moves.hand_over, name="hand_over"),
    path("cases/<slug:number>/withdraw/", moves.withdraw, name="withdraw"),
    path("cases/<slug:number>/return/", moves.return_case, name="return"),
    path("paper/", paper.pending, name="paper_list"),
    path("paper/<row_id:entry_id>/", paper.compare, name="compare_paper"),
]
