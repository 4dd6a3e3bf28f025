from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "investreview.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from investreview.projects.models import Backfill
        from investreview.projects.past.kinds import register_ledger
        from investreview.projects.past.services.judging import PAST_LEDGER

        register_ledger(Backfill.Source.LEDGER, PAST_LEDGER)
        register_ledger(Backfill.Source.FORM, PAST_LEDGER)
