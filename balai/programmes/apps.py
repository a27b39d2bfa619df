from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "balai.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import enrolling, entries, panel  # noqa: F401  (register kinds, what follows them, and the panel)
