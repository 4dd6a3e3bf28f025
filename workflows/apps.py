from django.apps import AppConfig
from django.core.checks import Tags, register


class WorkflowsConfig(AppConfig):
    name = "workflows"
    label = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflows.checks import check_stored_names

        register(check_stored_names, Tags.database)
