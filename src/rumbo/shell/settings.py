"""Settings of the installation. Everything that changes between installations comes from RUMBO_* variables.

| variable | default | what it is |
|---|---|---|
| RUMBO_HOME | ./var | folder of the database, the documents and the secret key |
| RUMBO_DATABASE_URL | SQLite in RUMBO_HOME | postgresql://user:password@host:port/name |
| RUMBO_SECRET_KEY | the file secret.key of RUMBO_HOME | signs sessions and links |
| RUMBO_HOSTS | localhost,127.0.0.1,[::1] | names under which the site is served, comma separated |
| RUMBO_SECURE | 1 outside the demonstration | cookies only over HTTPS |
| RUMBO_DEMO | 0 | 1 only in the demonstration: default accounts, fixed clock, its own key |
| RUMBO_TODAY | none | the demonstration's day, 2026-12-03; refused outside the demonstration |
| RUMBO_AS | none | e-mail of the person on whose behalf a command runs |
| RUMBO_DEBUG | 0 | 1 shows errors in detail, for development only |
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("RUMBO_HOME", "var")).resolve()
KEY_LENGTH, KEY_VARIETY = 50, 10  # what signs every session; even in hexadecimal a random key has more than ten signs
DEMO_KEY = "clave-publica-de-la-demostracion-no-usar-fuera-de-ella-0123456789"

# `rumbo demo` leaves this file, with its day, in the home that it makes: nothing else turns it on later.
DEMONSTRATION = HOME / "demonstration"
RUMBO_DEMO = os.environ.get("RUMBO_DEMO") == "1" or DEMONSTRATION.exists()
RUMBO_TODAY = os.environ.get("RUMBO_TODAY") or (DEMONSTRATION.read_text().strip() if DEMONSTRATION.exists() else "")
if RUMBO_TODAY and not RUMBO_DEMO:
    raise ImproperlyConfigured(
        "RUMBO_TODAY fija el reloj y solo se admite en la demostración. Quite la variable y vuelva a iniciar."
    )
if RUMBO_DEMO and (HOME / "secret.key").exists():
    raise ImproperlyConfigured(
        f"En {HOME} hay una instalación que no es la demostración, y no se tocó. Indique otra carpeta en RUMBO_HOME o "
        "quite RUMBO_DEMO."
    )
DEBUG = os.environ.get("RUMBO_DEBUG") == "1"


def _secret_key() -> str:
    if RUMBO_DEMO:
        return DEMO_KEY
    file = HOME / "secret.key"
    key = os.environ.get("RUMBO_SECRET_KEY") or (file.read_text().strip() if file.exists() else "")
    if key == DEMO_KEY:
        raise ImproperlyConfigured(
            "La clave secreta es la de la demostración, que es pública. Ejecute «rumbo init» para crear una propia."
        )
    if key and (len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY):
        raise ImproperlyConfigured(
            f"La clave secreta es fácil de adivinar: debe tener {KEY_LENGTH} caracteres o más, "
            f"{KEY_VARIETY} de ellos distintos. Cree una con: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    # Without a key only `rumbo init` can run; Django refuses to sign anything with an empty one.
    return key


SECRET_KEY = _secret_key()


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "rumbo.shell.sqlite",
            "NAME": HOME / "rumbo.sqlite3",
            "OPTIONS": {
                # IMMEDIATE: each writer waits for its turn (see rumbo.shell.sqlite); FULL: a power cut loses nothing
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            f"RUMBO_DATABASE_URL empieza con «{parts.scheme}://»; se espera postgresql://usuario:clave@servidor/base."
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": _database(os.environ.get("RUMBO_DATABASE_URL", ""))}
ATOMIC_REQUESTS = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "rumbo.foundation.audit",
    "rumbo.foundation.ui",
    "rumbo.foundation.organization",
    "rumbo.foundation.calendars",
    "rumbo.foundation.documents",
    "rumbo.foundation.review",
    "rumbo.foundation.planning",
    "rumbo.foundation.contracts",
    "rumbo.systems.indicators",
    "rumbo.systems.captures",
    "rumbo.systems.evaluation",
    "rumbo.systems.transparency",
    "rumbo.shell",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rumbo.shell.middleware.PrefetchMiddleware",
    "rumbo.shell.middleware.ActorMiddleware",
]
ROOT_URLCONF = "rumbo.shell.urls"
WSGI_APPLICATION = "rumbo.shell.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "rumbo.shell.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "rumbo.foundation.ui.templatetags.rumbo"],
        },
    }
]

FORM_RENDERER = "rumbo.foundation.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "rumbo.shell.views.csrf_failure"

AUTH_USER_MODEL = "organization.Person"
AUTHENTICATION_BACKENDS = ["rumbo.foundation.organization.backend.LockingBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/entrar/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/entrar/"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day; ours
SESSION_SAVE_EVERY_REQUEST = False
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60  # a printed link waits a week; ours

SECURE = os.environ.get("RUMBO_SECURE", "0" if RUMBO_DEMO or DEBUG else "1") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
ALLOWED_HOSTS = os.environ.get("RUMBO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in ("localhost", "127.0.0.1", "[::1]")]
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [HERE.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Mexico_City"
FORMAT_MODULE_PATH = ["rumbo.shell.formats"]
USE_THOUSAND_SEPARATOR = False  # years are numbers too; figures go through the `figure` filter

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "rumbo.shell.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["one_line"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
