from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "balai.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entries, jobs, publishing  # noqa: F401  (register kinds, jobs and a part of publishing)
