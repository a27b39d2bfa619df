"""What every web process serves: the site and, where ``BALAI_JOBS`` is ``thread``, the jobs beside it."""

import gc
import logging
import sys
from pathlib import Path

from django.conf import settings

from balai.wsgi import application as site

from . import jobs, memory, ready, stamp
from .gate import Gate

__all__ = ["application"]

if ready.missing_migrations():
    # Somebody put an older database in place of the one that was prepared.
    stamp.remove(Path(settings.BALAI_DATA))
    logging.getLogger(__name__).error("the database is older than this program; start balai up once more")
    sys.exit(1)
if settings.BALAI_JOBS == "thread":
    jobs.start_thread()
application = Gate(site)
# What was loaded stays for good: the collector need not walk it again and again.
gc.collect()
gc.freeze()
memory.trim()
