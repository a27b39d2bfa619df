"""The one settings module. Every value that differs between machines comes from the environment.

``BALAI_DATA`` (folder of the database, keys, packages), ``DATABASE_URL``, ``BALAI_URL`` (public address),
``BALAI_SECRET``, ``BALAI_DEBUG``, ``BALAI_DEMO``, ``BALAI_JOBS`` are explained in docs/operator.md.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from balai.common import secretfile

PACKAGE = Path(__file__).resolve().parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


BALAI_DATA = Path(os.environ.get("BALAI_DATA", "data")).resolve()
BALAI_DEMO = _flag("BALAI_DEMO")
#: Where the villages of a demonstration lie: a kecamatan of Lampung Tengah makes a small one.
BALAI_DEMO_REGION = os.environ.get("BALAI_DEMO_REGION", "18.02")
BALAI_URL = os.environ.get("BALAI_URL", "http://127.0.0.1:8000").rstrip("/")
#: "thread": jobs run in a thread of this program (a box, a demo); "process": in `balai work`; "now": at once.
BALAI_JOBS = os.environ.get("BALAI_JOBS", "thread")

DEBUG = _flag("BALAI_DEBUG")
SECRET_KEY = os.environ.get("BALAI_SECRET") or secretfile.read_or_make(BALAI_DATA / "keys" / "secret")
ALLOWED_HOSTS = [urlsplit(BALAI_URL).hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS += [host for host in os.environ.get("BALAI_HOSTS", "").split(",") if host]
_HTTPS = BALAI_URL.startswith("https:")


def _database(url: str) -> dict[str, object]:
    """A Django database from ``sqlite:///path`` or ``postgresql://user:password@host:port/name``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                # FULL: a receipt is only given for what survives a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
                # Names of savepoints are new each time and would push the others out of a small cache.
                "cached_statements": 512,
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A folder with a socket is written as libpq does: postgresql://user@/name?host=/folder
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL") or f"sqlite:///{BALAI_DATA / 'balai.sqlite3'}")}
DATABASE_ROUTERS = ["balai.log.replay.ReplayRouter"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "balai.log",
    "balai.regions",
    "balai.people",
    "balai.courses",
    "balai.programmes",
    "balai.assessments",
    "balai.credentials",
    "balai.monitoring",
    "balai.web",
]

MIDDLEWARE = [
    "balai.web.policy.PolicyMiddleware",
    "balai.courses.static_pages.StaticPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "balai.web.packing.PackingMiddleware",
    "balai.web.origin.SameOriginMiddleware",
    "balai.web.bounds.BoundsMiddleware",
    "balai.web.keeping.KeepingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "balai.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "balai.people.middleware.PersonMiddleware",
    "balai.people.accounts.seeing.SeeingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "balai.web.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "balai.urls"
WSGI_APPLICATION = "balai.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "balai.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "balai.web.templatetags.balai",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "balai.people.backends.UsernameOrPhoneBackend",
]
PASSWORD_HASHERS = [
    "balai.people.hashers.SmallArgon2Hasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "balai.people.accounts.passwords.NotYourself"},
]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
MFA_ADAPTER = "balai.people.accounts.second.Adapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Balai Belajar"
MFA_TOTP_TOLERANCE = 1
AXES_HANDLER = "balai.people.accounts.guarding.Guard"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "balai.people.accounts.guarding.typed_name"
AXES_CLIENT_IP_CALLABLE = "balai.people.accounts.guarding.client_address"
AXES_LOCKOUT_CALLABLE = "balai.people.accounts.guarding.locked"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
LOGIN_URL = "/masuk"
LOGIN_REDIRECT_URL = "/"

#: What counts requests of addresses; with Django's 300 entries a guesser with many addresses would push counts out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
SESSION_ENGINE = "balai.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("BALAI_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "balai.web.notices.Notices"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LANGUAGE_COOKIE_NAME = "bahasa"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = BALAI_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "balai.web.assets.HashedStorage"},
}
MEDIA_ROOT = BALAI_DATA / "media"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if BALAI_JOBS == "now"
        else "django_tasks_db.DatabaseBackend"
    }
}
