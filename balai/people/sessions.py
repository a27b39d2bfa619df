"""Sessions in the database, read with a prepared query: every page of a signed-in person reads one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from balai.common import clock
from balai.common.prepared import Prepared

_session_of = Prepared(Session, lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    """Django's own store but for the read."""

    def _get_session_from_db(self) -> Session | None:
        found = _session_of(key=self.session_key or "")
        if found and found[0].expire_date > clock.wall():
            return found[0]
        self._session_key = None
        return None
