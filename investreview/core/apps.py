from django.apps import AppConfig
from django.core.checks import Tags, register


class CoreConfig(AppConfig):
    name = "investreview.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from investreview.core import paths  # noqa: F401 - queries may ask ``path__within``
        from investreview.core.checks import check_demonstration

        register(check_demonstration, Tags.database)
