"""What every web process serves: the site and, where ``BALAI_JOBS`` is ``thread``, the jobs beside it."""

import gc

from django.conf import settings

from balai.wsgi import application

from . import jobs

__all__ = ["application"]

if settings.BALAI_JOBS == "thread":
    jobs.start_thread()
# What was loaded stays for good: the collector need not walk it again and again.
gc.collect()
gc.freeze()
