from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "investreview.evaluations"
    label = "evaluations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from investreview.documents.pages.subjects import register_reader
        from investreview.evaluations.selectors.notices import address_of_notice, known_keys, may_read_notice

        register_reader("evaluation_notice", may_read_notice, known_keys, address_of_notice)
