"""Sessions in the database, read with a prepared query: every page of a signed-in person reads one.

The row is read every time, so that a session which was ended is ended everywhere at once; what its text says is
remembered, because the same text says the same.
"""

import json
from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from balai.common import clock
from balai.common.prepared import Prepared

_session_of = Prepared(Session, lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    """Django's own store but for the read."""

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(_said(session_data))
        return said

    def _get_session_from_db(self) -> Session | None:
        found = _session_of(key=self.session_key or "")
        if found and found[0].expire_date > clock.wall():
            return found[0]
        self._session_key = None
        return None


@lru_cache(maxsize=512)
def _said(session_data: str | bytes) -> str:
    """What a session's text says, as JSON, its signature checked."""
    return json.dumps(db.SessionStore().decode(session_data))
