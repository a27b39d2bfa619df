"""What the tests of accounts share: the right page for a role, and who may open it."""

import pytest
from django.db.models import F

from balai.common import clock
from balai.people.models import Account


@pytest.fixture
def settled(db):
    """``settled(person, …)``: they came in before, and read the notice."""

    def settle(*people):
        now = clock.wall()
        Account.objects.filter(person__in=people).update(first_signed_in_at=now, notice_read_at=now, epoch=F("epoch"))

    return settle
