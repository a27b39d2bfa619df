from django.apps import AppConfig
from django.conf import settings


class WebConfig(AppConfig):
    name = "balai.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if settings.BALAI_DEMO:
            from balai.demo import cast  # only where somebody may be one of them

            cast.introduce()
