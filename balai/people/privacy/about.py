"""Which entries are about a person."""

from uuid import UUID

from django.db.models import Q, QuerySet

from balai.log.models import Entry


def about(ids: list[UUID]) -> QuerySet[Entry]:
    """Entries about the people with ``ids``: whose subject they are, and the ones that registered them."""
    return Entry.objects.filter(Q(subject__in=ids) | Q(pk__in=ids))
