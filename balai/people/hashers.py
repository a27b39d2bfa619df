"""Password hashing that a small village machine can afford."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes: the OWASP minimum, so that a sign-in does not stall a small machine."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
