from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "balai.regions"
    label = "regions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entries  # noqa: F401  (registers the kinds of this room)
