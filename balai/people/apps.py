from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "balai.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from balai.regions.changing import affects
        from balai.regions.rules import register_authority

        from . import entries  # noqa: F401  (registers the kinds of this room)
        from .accounts import numbers  # noqa: F401  (what follows entries)
        from .identities import entries as identity_entries  # noqa: F401
        from .identities import merging, niks, pairing  # noqa: F401  (what follows entries)
        from .models import Person
        from .privacy import own_stores  # noqa: F401  (enters the local tables of this room)
        from .rules import authority

        register_authority(authority)
        affects(_("orang"), lambda regions: Person.objects.present().filter(region__in=regions).count())
