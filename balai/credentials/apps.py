from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "balai.credentials"
    label = "credentials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entries, issuing, panel  # noqa: F401  (register kinds, what follows lower ones, a panel)
        from .archives import stores as archives  # noqa: F401
        from .prints import stores as prints  # noqa: F401
