from django.apps import AppConfig
from django.core.checks import Tags, register


class WorkflowsConfig(AppConfig):
    name = "workflows"
    label = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from investreview.documents.pages.subjects import register_reader
        from investreview.projects.models import Backfill
        from investreview.projects.past.kinds import register_ledger
        from investreview.projects.reading import register_lender
        from workflows.checks import check_stored_names
        from workflows.ongoing.judging import ONGOING_LEDGER
        from workflows.panel.readers import known_panels, panel_reading_scope
        from workflows.selectors import lent_scope

        register(check_stored_names, Tags.database)
        register_lender(lent_scope)
        register_ledger(Backfill.Source.ONGOING, ONGOING_LEDGER)
        register_reader("panel", panel_reading_scope, known_panels)
        _know_handovers()


def _know_handovers() -> None:
    """Other rooms learn who holds work, and who may read the sheet of a hand-over."""
    from django.urls import reverse

    from investreview.accounts.open_work import register_open_work
    from investreview.documents.pages.subjects import register_reader
    from workflows.handover.load import held_count
    from workflows.handover.permissions import handover_reading_scope, known_handovers

    register_open_work("workflows", held_count)
    register_reader(
        "handover", handover_reading_scope, known_handovers, lambda number: reverse("handover:sheet", args=[number])
    )
