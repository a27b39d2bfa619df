from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "balai.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entries, forgetting, jobs, outline, publishing, trial_views  # noqa: F401  (each registers what it adds below)
