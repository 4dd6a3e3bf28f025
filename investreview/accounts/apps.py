from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "investreview.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
