from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Replaced by the accounts colleague."""
