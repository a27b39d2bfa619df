from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "balai.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registers kinds, what follows them, and the panel of a course.
        from . import enrolling, entries, panel  # noqa: F401
        from .cohorts import entries as cohorts  # noqa: F401
        from .lists import stores  # noqa: F401
        from .rollout import entries as rollout  # noqa: F401
        from .seats import entries as seats  # noqa: F401
        from .seats import letting_go, promoting, seating  # noqa: F401
