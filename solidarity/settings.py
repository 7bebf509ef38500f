"""All settings, read from the environment once, loud on mistakes.

Every variable is listed in `.env.example`. A malformed one stops the start with its name.
"""

import importlib.util
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from solidarity.limits import *  # noqa: F403 - settings that no deployment changes.
from solidarity.openapi import SPECTACULAR_SETTINGS  # noqa: F401 - Django reads it here.
from solidarity.sign_in import *  # noqa: F403 - all are settings, and nothing else is there.

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
FIXTURES_DIR = BASE_DIR / "fixtures"  # Vocabulary, gazetteer, basemap and demo listings.

env = environ.Env()
env.escape_proxy = True  # A value that begins with $ is a value, not a reference.
env.read_env(BASE_DIR / ".env")
ENVIRONMENT = env.ENVIRON  # To be handed on to processes that we start; nothing else reads it.

# ---- What kind of deployment this is ---------------------------------------------------------

DEPLOYMENT = env.str("DEPLOYMENT", "development")
IS_PRODUCTION = DEPLOYMENT == "production"
DEBUG = env.bool("DEBUG", False)
DEVELOPMENT_SECRET_KEY = "development-only-a-real-deployment-must-set-its-own-secret-key"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", DEVELOPMENT_SECRET_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IS_PRODUCTION else LOCAL_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if DEPLOYMENT not in {"development", "production"}:
    raise ImproperlyConfigured(
        f"DEPLOYMENT is {DEPLOYMENT!r}; it must be 'development' or 'production'."
    )
if IS_PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off where DEPLOYMENT is production.")
    if SECRET_KEY == DEVELOPMENT_SECRET_KEY or len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY must be set to 50 or more random characters in production. "
            "`python -c 'import secrets; print(secrets.token_urlsafe(50))'` makes one."
        )
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name this site's hosts in production.")

# ---- The directory itself --------------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", "Solidarity Directory")
SITE_REGION = env.str("SITE_REGION", "")  # The line under the name: "DC, Maryland & Virginia".
SITE_EMAIL = env.str("SITE_EMAIL", "")  # Where visitors can write to the editors.
SITE_LICENCE = env.str("SITE_LICENCE", "CC BY 4.0")
DUMPS_DIR = env.str("DUMPS_DIR", str(VAR_DIR / "dumps"))  # Nightly files; empty: none are written.
SITE_LICENCE_URL = env.str("SITE_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/")
DEFAULT_UNIT = env.str("DEFAULT_UNIT", "km")  # km or mi, where no place decides.

# The address of this site in mails, which no request asks for.
SITE_URL = env.str(
    "SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if IS_PRODUCTION else "http://127.0.0.1:8000"
).rstrip("/")

# Search (docs/search.md): up to so many listings in memory, above on disk, shared by a host.
SEARCH_IN_MEMORY_MAX = env.int("SEARCH_IN_MEMORY_MAX", 5_000)
SEARCH_INDEX_DIR = Path(env.str("SEARCH_INDEX_DIR", str(VAR_DIR / "search")))
# Whether web processes build a missing or old index themselves; off where a timer does.
SEARCH_BUILDS_ITSELF = env.bool("SEARCH_BUILDS_ITSELF", True)

# Searches that found nothing are counted by term, coarse place and month, never by person.
SEARCH_GAPS = env.bool("SEARCH_GAPS", True)
SEARCH_GAPS_MONTHS = env.int("SEARCH_GAPS_MONTHS", 24)  # Then forgotten: two years show a season.

# Keys of the do-not-list register, newest first: without the first nobody can read or ask it.
EXCLUSION_KEYS = env.list("EXCLUSION_KEYS", default=[SECRET_KEY, *SECRET_KEY_FALLBACKS])

# What becomes of an enterprise's edit of its own listing where no network cares for the listing.
ENTERPRISE_EDITS = env.str("ENTERPRISE_EDITS", "after_review")
if ENTERPRISE_EDITS not in {"after_review", "at_once"}:
    raise ImproperlyConfigured("ENTERPRISE_EDITS must be 'after_review' or 'at_once'.")

# Map tiles are off: no third party learns who looks where. One block switches them on.
TILE_URL = env.str("TILE_URL", "")
TILE_ATTRIBUTION = env.str("TILE_ATTRIBUTION", "")
TILE_MAX_ZOOM = env.int("TILE_MAX_ZOOM", 19)
TILE_REFERRER_POLICY = env.str("TILE_REFERRER_POLICY", "strict-origin")

# ---- Django ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "solidarity.apps.DirectoryAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "accounts",
    "directory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "solidarity.middleware.SecurityHeaders",
    "solidarity.middleware.RequestHygiene",
    "solidarity.middleware.OneVocabulary",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "solidarity.middleware.ExplicitLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionAge",
    "accounts.middleware.SecondFactorFirst",
    "accounts.middleware.NothingTypedIsLost",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "solidarity.urls"
WSGI_APPLICATION = "solidarity.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directory.web.context.site",
            ],
        },
    }
]

# ---- Database --------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'directory.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,  # Seconds a writer waits for another.
        "transaction_mode": "IMMEDIATE",  # A write transaction takes its lock before it reads.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    test_database = str(VAR_DIR / "test.sqlite3")
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    test_database = None  # "test_" and the name.
DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DATABASE_NAME", test_database)}
# Seconds that a connection serves requests: opening one for each is a tenth of a page.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)

CACHES = {"default": env.cache_url("CACHE_URL", "locmemcache://")}

# ---- Mail and background work ------------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", "")  # smtp+tls://user:password@host:587; empty: files.
MAIL_DIR = env.str("MAIL_DIR", str(VAR_DIR / "mail"))
if EMAIL_URL:
    try:
        MAIL_SERVER = env.email_url("EMAIL_URL")
    except (environ.ImproperlyConfigured, KeyError, ValueError) as error:
        raise ImproperlyConfigured(
            "EMAIL_URL is not like smtp+tls://user:password@host:587."
        ) from error
    EMAIL_BACKEND = MAIL_SERVER["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = MAIL_SERVER["EMAIL_HOST"], MAIL_SERVER["EMAIL_PORT"] or 25
    EMAIL_HOST_USER = MAIL_SERVER["EMAIL_HOST_USER"] or ""
    EMAIL_HOST_PASSWORD = MAIL_SERVER["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS = MAIL_SERVER.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = MAIL_SERVER.get("EMAIL_USE_SSL", False)
else:
    EMAIL_BACKEND = "directory.exchange.mail_files.MailFiles"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", SITE_EMAIL or "web@localhost")

# ---- People ----------------------------------------------------------------------------------

# Whether anybody may make themselves an account. Off: operators invite people.
ACCOUNTS_SIGNUP = env.bool("ACCOUNTS_SIGNUP", False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION  # http://localhost
if IS_PRODUCTION:
    # With this prefix no other host under the same domain can set them for us.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# ---- Languages -------------------------------------------------------------------------------

LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en")
LANGUAGES = [("en", "English"), ("es", "Español"), ("pt", "Português"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "solidarity.formats"  # English dates with the day first, in full.
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "UTC")

# ---- Static files ----------------------------------------------------------------------------

LEAFLET_PACKAGE = importlib.util.find_spec("leaflet")
if LEAFLET_PACKAGE is None:
    raise ImproperlyConfigured("django-leaflet is not installed: run `make setup`.")
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "assets",
    ("leaflet", Path(LEAFLET_PACKAGE.submodule_search_locations[0]) / "static" / "leaflet"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
WHITENOISE_AUTOREFRESH = not IS_PRODUCTION

# ---- Security --------------------------------------------------------------------------------

TILE_ORIGINS = [f"{p.scheme}://{p.netloc}" for p in [urlsplit(TILE_URL)] if p.netloc]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *[origin.replace("{s}", "*") for origin in TILE_ORIGINS]],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # SAFETY T2.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", IS_PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if IS_PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT or IS_PRODUCTION
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

# ---- API -------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "directory.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    # Whose address counts for the limit: behind a proxy the one it names, else the caller's own.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
}
# Calls from one address; a map and its page stay far below. Empty switches the limit off.
API_RATE = env.str("API_RATE", "600/min" if IS_PRODUCTION else "")

# ---- Logs ------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
