from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "balai.courses"
    label = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entries, following  # noqa: F401  (register the kinds of this room and what follows them)
