from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "balai.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entries  # noqa: F401  (registers a kind)
        from .evaluations import stores  # noqa: F401  (enters a local table)
