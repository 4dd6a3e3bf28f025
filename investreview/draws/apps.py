from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_triggers(*, using: str, **_kwargs: Any) -> None:
    from investreview.draws import triggers

    triggers.install(using)


class DrawsConfig(AppConfig):
    name = "investreview.draws"
    label = "draws"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_install_triggers, sender=self)
