from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_triggers(*, using: str, **_kwargs: Any) -> None:
    from experts import triggers

    triggers.install(using)


class ExpertsConfig(AppConfig):
    name = "experts"
    verbose_name = "专家与论证"

    def ready(self) -> None:
        post_migrate.connect(_install_triggers, sender=self)
