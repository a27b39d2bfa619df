from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "balai.credentials"
    label = "credentials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entries, issuing  # noqa: F401  (register the kinds of this room and what follows lower ones)
