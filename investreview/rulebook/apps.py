from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_triggers(*, using: str, **_kwargs: Any) -> None:
    from investreview.rulebook import triggers

    triggers.install(using)


class RulebookConfig(AppConfig):
    name = "investreview.rulebook"
    label = "rulebook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_install_triggers, sender=self)
