from django.apps import AppConfig
from django.urls import reverse


class DeskConfig(AppConfig):
    name = "investreview.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from investreview.desk.selectors.viewing import case_reading_scope, known_numbers
        from investreview.documents.pages.subjects import register_reader

        register_reader("case", case_reading_scope, known_numbers, lambda number: reverse("desk:case", args=[number]))
