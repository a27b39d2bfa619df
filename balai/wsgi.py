"""The door for any WSGI server: ``granian --interface wsgi balai.wsgi:application``.

Static files come from ``BALAI_DATA/static`` (filled by ``collectstatic``), through WhiteNoise.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.settings")

application = get_wsgi_application()
