from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


def _install_triggers(*, using: str, **_kwargs: Any) -> None:
    from investreview.journal import triggers

    if triggers.has_tables(using):
        triggers.install(using)


class JournalConfig(AppConfig):
    name = "investreview.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from investreview.journal.checks import check_triggers

        register(check_triggers, Tags.database)
        post_migrate.connect(_install_triggers, sender=self)
