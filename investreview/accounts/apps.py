from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _create_codenames(**_: Any) -> None:
    from investreview.accounts.permissions import create_codenames

    create_codenames()


class AccountsConfig(AppConfig):
    name = "investreview.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("investreview.accounts.checks")
        import_module("investreview.accounts.receivers")
        post_migrate.connect(_create_codenames, sender=self, dispatch_uid="accounts_codenames")
