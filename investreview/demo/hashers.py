"""The one password of the demonstration is printed at its start; hashing it dearly a hundred times protects nothing."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PublicPasswordHasher(Argon2PasswordHasher):
    """Argon2 at its lowest cost; the demonstration's settings alone name it, production keeps the full cost."""

    algorithm = "argon2-demonstration"
    time_cost = 1
    memory_cost = 64
    parallelism = 1
