"""Settings. Everything that differs between machines comes from the environment, with safe defaults."""

from datetime import timedelta
from pathlib import Path

import drf_spectacular_sidecar
import environ
from csp.constants import NONE, SELF

from config import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Everything that this installation makes (database, secret key, collected files, backups) lives here.
VAR_DIR = Path(env.str("VAR_DIR", default="") or BASE_DIR / "var").resolve()
try:
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    SECRET_KEY_FILE = VAR_DIR / "secret_key"
    SECRET_KEY_GIVEN = bool(env.str("SECRET_KEY", default=""))
    SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key.read_or_make(SECRET_KEY_FILE)
except OSError as error:
    raise SystemExit(f"VAR_DIR ({VAR_DIR}) cannot be used: {error.strerror}.") from error

# Where `manage.py serve` listens. Kept as given: the command says what is wrong with them.
PORT = env.str("PORT", default="") or "8000"
BIND = env.str("BIND", default="") or "127.0.0.1"
DEBUG = env.bool("DEBUG", default=False)
# Where one person curates alone, nobody else can look at what they wrote: they may publish it themselves.
ONE_PERSON_TEAM = env.bool("ONE_PERSON_TEAM", default=False)
# Where readers write to when they find an error; without it no page offers to.
REPORT_ADDRESS = env.str("REPORT_ADDRESS", default="").strip()


def stripped(listed):
    """Return the names of a list, without the space around them and without empty ones."""
    return [name.strip() for name in listed if name.strip()]


ALLOWED_HOSTS = stripped(env.list("ALLOWED_HOSTS", default=[])) or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = stripped(env.list("CSRF_TRUSTED_ORIGINS", default=[]))

INSTALLED_APPS = [
    "config",
    "sources",
    "reforms",
    "api",
    "config.admin.LedgerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.headers.permissions_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "api.neighbour.neighbour",
    "api.keeping.again",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it puts the page of the lock in the place of the login's answer
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
            ],
        },
    },
]

DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL and not DATABASE_URL.startswith(("sqlite:///", "postgres://", "postgresql://")):
    raise SystemExit("DATABASE_URL is not understood. Give postgres://user:password@host:port/name, or nothing.")
# Not as an address: the path of a folder may hold what an address gives a meaning to (#, ?, %).
embedded = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "ledger.sqlite3"}
DATABASES = {"default": env.db_url_config(DATABASE_URL) if DATABASE_URL else embedded}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock when the transaction
    # begins, so two writers queue instead of one failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
# Seconds for which a thread keeps its connection; to open one takes longer than to answer from it.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it refuses before a password is looked at
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Who fails to log in five times is locked out for a while: that name, from that address. Somebody else's failures
# lock nobody who sits elsewhere. The counts are in the database, which all workers share.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # trying while locked makes it no longer, and writes nothing
AXES_CLIENT_IP_CALLABLE = "config.lockout.address"
AXES_LOCKOUT_CALLABLE = "config.lockout.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # who came in when and from where is nobody's business
AXES_ENABLE_ADMIN = False  # `manage.py axes_reset_username NAME` lets somebody in again
AXES_VERBOSE = False

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]  # those of the interface: data is never translated
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# A pasted source may be a book, and the form that accepts it has a field for each of its paragraphs.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000

SIMPLE_HISTORY_REVERT_DISABLED = True  # it would pass by the rules of publishing

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Of what draws the API, only what its page loads.
SWAGGER = Path(drf_spectacular_sidecar.__file__).parent / "static/drf_spectacular_sidecar/swagger-ui-dist"
STATICFILES_DIRS = [BASE_DIR / "static", ("swagger", SWAGGER)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:  # no collected files while developing
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

CONTENT_SECURITY_POLICY: dict = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Behind a proxy that speaks HTTPS these belong on; on 127.0.0.1 they would lock the user out.
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
if HTTPS:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Whether subdomains speak HTTPS too, and whether browsers may know it in advance, is the proxy's to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["api.formats.JSON"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.formats.Negotiation",
    "DEFAULT_FILTER_BACKENDS": ["api.backends.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.KeysetPagination",
    "EXCEPTION_HANDLER": "api.problems.as_problem",
    "DEFAULT_SCHEMA_CLASS": "api.schema.LedgerSchema",
}

# How much of the API one address may ask for in a minute: of everything, and of what is streamed whole. 0: no limit.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=600)
API_EXPORTS_PER_MINUTE = env.int("API_EXPORTS_PER_MINUTE", default=30)

SPECTACULAR_SETTINGS = {
    "TITLE": "Reform Ledger",
    "DESCRIPTION": "Claims about political reforms, each on the words of its source paragraph. Read-only, without a "
    "key. The guide, with examples, is docs/api.md in the code of Reform Ledger.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {"name": "No licence is stated. Each source keeps its own rights: see `rights` and `show` of sources."},
    "SERVERS": [{"url": "/", "description": "Where this description is."}],
    "EXTERNAL_DOCS": {"url": "/api/v1/docs/", "description": "This description as a page on which to try requests."},
    "POSTPROCESSING_HOOKS": ["api.schema.complete"],
    "SERVE_INCLUDE_SCHEMA": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Not a line for each mistyped password. A lock is one: Django says "Too Many Requests: /admin/login/".
    "loggers": {"axes": {"level": "ERROR"}},
}
