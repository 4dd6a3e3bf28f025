from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "investreview.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from investreview.desk.selectors.viewing import known_numbers, may_read_case
        from investreview.documents.pages.subjects import register_reader

        register_reader("case", may_read_case, known_numbers)
