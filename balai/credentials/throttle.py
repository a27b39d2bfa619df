"""How often one address may ask for numbers: enough for an office that checks papers, too few to collect them all."""

from django.core.cache import cache
from django.http import HttpRequest

from balai.common import clock
from balai.common.problems import Refusal
from balai.people.accounts.guarding import client_address

from . import problems

#: Questions a minute and address.
LIMIT = 30


def count(request: HttpRequest) -> None:
    """Count one question of this address. Raises ``Refusal`` when there were too many in this minute.

    Counted in each process for itself: a proxy in front may count better, this keeps a bare server safe.
    """
    minute = int(clock.wall().timestamp()) // 60
    key = f"verifikasi:{client_address(request)}:{minute}"
    cache.add(key, 0, timeout=120)
    if cache.incr(key) > LIMIT:
        raise Refusal(problems.TOO_MANY_CHECKS)
