"""Settings of one installation. The environment decides; nothing here is secret.

``DATABASE_URL``, ``REDIS_URL`` and ``SECRET_KEY`` must be there. ``DEMO=1`` is for the demo and for tests: it serves
on plain http. ``ALLOWED_HOSTS`` (comma separated) and ``ORIGIN`` (``https://…``) are for production.
"""

import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from django.utils.csp import CSP

from config.logs import LOGGING  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

# Errors are pages for people, in the demo too; Django's own debug pages are for nobody.
DEBUG = False
DEMO = os.environ.get("DEMO") == "1"
SECRET_KEY = os.environ["SECRET_KEY"]
# Earlier keys, comma separated: what an open scoring has sealed with them stays readable (docs/adr/0020).
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
ORIGIN = os.environ.get("ORIGIN", "")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "*" if DEMO else "").split(",")
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []

# --- Apps: what stands in public, what stands in every compound ------------------------------------------------------

SHARED_APPS = [
    "compounds.kernel",
    "compounds.accounts",
    "compounds.workdays",
    "compounds.registry",
    "compounds.jobs",
    "compounds.partners",
    "compounds.oversight",
    "handbook",
    "demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Django's admin, with the district's own index and pages.
    "config.apps.DistrictAdminConfig",
    # After the admin, whose index page it would replace by one that our content security policy blocks.
    "django_tenants",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_structlog",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
TENANT_APPS = [
    "compounds.photos",
    "compounds.organisation",
    "notices",
    "volunteers",
    "consultation",
]
INSTALLED_APPS = SHARED_APPS + TENANT_APPS

TENANT_MODEL = "registry.Compound"
TENANT_LIMIT_SET_CALLS = True
# How migrate_schemas goes through the compounds, and how many of them at a time.
GET_EXECUTOR_FUNCTION = "compounds.registry.schemas.executor.get_executor"
MIGRATION_WORKERS = 2 * (os.cpu_count() or 1)
PUBLIC_SCHEMA_URLCONF = ROOT_URLCONF = "config.urls_public"
COMPOUND_URLCONF = "config.urls_compound"
COMPOUND_PATH = "/c/"
# What each app puts into a newly opened compound, in this order.
COMPOUND_SEEDS = [
    "compounds.organisation.seed.plant_tree",
    "compounds.organisation.community_posts.plant",
    "notices.seed.plant_spots",
    "volunteers.seed.plant_honour_kinds",
    "consultation.seed.plant_categories",
    "consultation.seed.plant_settings",
    "compounds.oversight.outbox.say_opened",
]
# The one column of a compound that points to accounts (docs/adr/0002): table and column. It never leaves in an export.
COMPOUND_ACCOUNT_COLUMN = ("organisation_person", "user_id")
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "compounds.kernel.safety_headers.PermissionsMiddleware",
    "compounds.kernel.compression.CompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Above the mount, whose page for a compound that is not there needs them too.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "compounds.partners.problems.ProblemMiddleware",
    "compounds.kernel.bodies.BodyFirstMiddleware",
    "compounds.registry.mount.MountMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "compounds.accounts.sessions.StaffIdleMiddleware",
    "compounds.kernel.request_log.RequestLogMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "compounds.kernel.elder.ElderMiddleware",
    "compounds.kernel.errors.DomainErrorMiddleware",
    "compounds.organisation.door.PersonMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "compounds.registry.mount.context",
                "compounds.organisation.door.context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Database, caches, broker ----------------------------------------------------------------------------------------


# A connection gathers memory with every compound it touches; its lifetime bounds that (docs/adr/0007).
# Celery closes a pool around each task, so the worker goes without one.
_POOL = {"pool": {"min_size": 1, "max_size": 16, "max_lifetime": 600}}
# A list joins nine small tables to its rows. Trying every order of eight of them took PostgreSQL 30 ms and the query
# itself 1 ms; the order in which they are named is a good one, and four at a time are tried in 1.7 ms.
_JOINS = "join_collapse_limit=4"
# A person, or a partner's system, waits no longer for a row that somebody else holds: they are told to try again
# (compounds/kernel/errors.py). Commands and workers wait; migrations have a limit of their own.
_PATIENCE = "lock_timeout=8s"
# Nobody waits for a server that is gone without a word: for one that does not answer when called, nor for one whose
# machine says nothing any more. A statement may take as long as it takes.
_REACH = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django_tenants.postgresql_backend",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": _REACH
        | ({"options": f"-c {_JOINS} -c {_PATIENCE}"} | _POOL if _WEB else {"options": f"-c {_JOINS}"}),
    }


_WEB = os.environ.get("LINJULI_PROCESS") == "web"
REDIS_URL = os.environ["REDIS_URL"]
DATABASES = {"default": _database(os.environ["DATABASE_URL"])}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Two caches: ``default`` belongs to the compound one is in; ``shared`` is for all that is keyed by login or address.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "django_tenants.cache.make_key",
    },
    "shared": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "shared",
    },
}

CELERY_BROKER_URL = REDIS_URL
# Who waits for a page waits no longer than this for a wake-up to be taken: what is due is found without it. Worker and
# beat have more time, but not for ever. A worker's waiting for the next message is not counted; kombu looks after it.
_BROKER_WAIT = 2 if _WEB else 10
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": _BROKER_WAIT,
    "socket_connect_timeout": _BROKER_WAIT,
    "socket_keepalive": True,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# In seconds. What hangs is ended, and what was claimed is ended before its lease is (docs/adr/0007).
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 240, 270
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"
# Celery only counts; what breaks in between is let go by compounds.jobs.connections.
CELERY_DB_REUSE_MAX = 100
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# In CELERY_TIMEZONE. Nothing hangs on a beat that is missed or doubled (docs/adr/0007).
CELERY_BEAT_SCHEDULE = {
    "recount-what-has-changed": {
        "task": "compounds.oversight.tasks.drain",
        "schedule": 10.0,
        "options": {"expires": 9},
    },
    "wake-what-is-due": {"task": "compounds.jobs.tasks.wake_due", "schedule": 60.0, "options": {"expires": 55}},
    "begin-night": {"task": "compounds.jobs.tasks.begin_night", "schedule": crontab(hour=0, minute=10)},
    "forget-old-figures": {
        "task": "compounds.oversight.tasks.forget_old",
        "schedule": crontab(hour=3, minute=50),
    },
    "forget-what-partners-were-answered": {
        "task": "compounds.partners.tasks.forget_old",
        "schedule": crontab(hour=3, minute=30),
    },
    "tell-partners": {"task": "compounds.partners.tasks.send_events", "schedule": 10.0, "options": {"expires": 9}},
    "prune-runs": {"task": "compounds.jobs.tasks.prune_runs", "schedule": crontab(hour=3, minute=40)},
}
# How many messages wake the workers for one fan-out: as many as there may be worker processes.
RUNS_SIDE_BY_SIDE = int(os.environ.get("RUNS_SIDE_BY_SIDE", "4"))
RUNS_KEPT_DAYS = 14

# --- What goes out of the house (docs/adr/0031) -----------------------------------------------------------------------

# Robots of WeCom groups: to nowhere else is a webhook sent. Only tests, and who has a relay of their own, name another.
ROBOT_ORIGINS = os.environ.get("ROBOT_ORIGINS", "https://qyapi.weixin.qq.com").split(",")

# Partners' webhooks lead to https and public addresses. "1" lets them lead to the operator's own network too.
WEBHOOKS_TO_PRIVATE_ADDRESSES = os.environ.get("WEBHOOKS_TO_PRIVATE_ADDRESSES", "") == "1"

# Without a server no e-mail is offered; the demo writes it to the worker's log.
_MAIL_HOST, _MAIL_SECURITY = os.environ.get("EMAIL_HOST", ""), os.environ.get("EMAIL_SECURITY", "ssl")
_SMTP: dict[str, Any] = {
    "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "OPTIONS": {
        "host": _MAIL_HOST,
        "port": int(os.environ.get("EMAIL_PORT", "465")),
        "username": os.environ.get("EMAIL_USER", ""),
        "password": os.environ.get("EMAIL_PASSWORD", ""),
        "use_ssl": _MAIL_SECURITY == "ssl",
        "use_tls": _MAIL_SECURITY == "starttls",
        "timeout": 15,
    },
}
_CONSOLE = {"BACKEND": "notices.channels.mail_local.ReadableConsole"}
MAILERS: dict[str, dict[str, Any]] = {"default": _CONSOLE if DEMO and not _MAIL_HOST else _SMTP}
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "linjuli@localhost")

# How SMS are sent: aliyun, file, console; empty: not at all, and they are not offered.
SMS_BACKEND = {
    "aliyun": "notices.channels.sms_aliyun.AliyunSms",
    "file": "notices.channels.sms_local.FileSms",
    "console": "notices.channels.sms_local.ConsoleSms",
    "": "",
}[os.environ.get("SMS_BACKEND", "console" if DEMO else "")]
ALIYUN_SMS: dict[str, Any] = {
    "endpoint": os.environ.get("ALIYUN_SMS_ENDPOINT", "https://dysmsapi.aliyuncs.com"),
    "key_id": os.environ.get("ALIYUN_SMS_KEY_ID", ""),
    "key_secret": os.environ.get("ALIYUN_SMS_KEY_SECRET", ""),
    "sign_name": os.environ.get("ALIYUN_SMS_SIGN_NAME", ""),
    "templates": {
        "reminders": os.environ.get("ALIYUN_SMS_TEMPLATE_REMINDERS", ""),
        "code": os.environ.get("ALIYUN_SMS_TEMPLATE_CODE", ""),
    },
}

# --- Who one is ------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Absolute: a relative one would keep the first compound's prefix for the whole process.
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "compounds.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "compounds.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# How many proxies stand in front; X-Forwarded-For is read from its end by as many, and what a client writes before that
# counts for nothing. Without it all who come through the proxy would be one to the limits: one could shut out the rest.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0" if DEMO else "1"))
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
# A member's device stays signed in; staff are signed out when idle (StaffIdleMiddleware).
SESSION_COOKIE_AGE = 90 * 24 * 3600
STAFF_IDLE_SECONDS = 30 * 60

# --- Partner systems (docs/adr/0070) ----------------------------------------------------------------------------------

OAUTH2_PROVIDER_APPLICATION_MODEL = "partners.Client"
OAUTH2_PROVIDER: dict[str, Any] = {
    "OAUTH2_VALIDATOR_CLASS": "compounds.partners.validator.ClientCredentialsValidator",
    "SCOPES_BACKEND_CLASS": "compounds.partners.scopes.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 600,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # Of a token only a hash is kept, and every weakness that RFC 9700 names is switched off.
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
}
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "compounds.partners.authentication.TokenAuthentication",
        "compounds.partners.authentication.SignedIn",
    ],
    # Each view has a door of its own (compounds/partners/views.py).
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["compounds.partners.shapes.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "compounds.partners.documents.DocumentedView",
    "EXCEPTION_HANDLER": "compounds.partners.problems.handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
    "DATETIME_FORMAT": "iso-8601",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "OAS_VERSION": "3.1.1",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    # A change names its reason: what is required stays so in the document.
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_NAME_OVERRIDES": {
        "Step": "consultation.steps.Step",
        "Outcome": "consultation.models.issue.Outcome",
        "DecisionOutcome": "consultation.models.decision.DecisionOutcome",
        "Openness": "consultation.models.issue.Openness",
        "AssignmentState": "consultation.models.step4_handle.AssignmentState",
        "BodyKind": "consultation.models.body.BodyKind",
        "RoundState": "consultation.api.scoring.POSTED",
        "ActivityState": "volunteers.models.activity.ActivityState",
        "ActivityKind": "volunteers.models.activity.ActivityKind",
        "NoticeKind": "notices.models.notice.NoticeKind",
        "NoticeState": "notices.api.published.TOLD",
        "PostingKind": "notices.models.posting.PostingKind",
        "FigureKind": "compounds.oversight.figures.Kind",
    },
}

# --- Languages and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Photos and documents: read by views through ``visible_to`` only. There is no media URL.
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEMO
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEMO
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# A whole album chosen by mistake reaches the form, which says how many photos it takes and keeps what was typed.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

# --- Logs ------------------------------------------------------------------------------------------------------------

DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG

# --- Safety ----------------------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
