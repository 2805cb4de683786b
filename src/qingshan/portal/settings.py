"""Django settings. What an installation may change stands in ``configuration.SETTINGS``."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from qingshan.portal import configuration as conf

HOME = Path(conf.value("QINGSHAN_HOME")).resolve()
ROOT = Path(__file__).resolve().parent

SECRET_KEY = conf.secret_key(HOME)
DEBUG = conf.flag("QINGSHAN_DEBUG")
ALLOWED_HOSTS = conf.words("QINGSHAN_ALLOWED_HOSTS")
PUBLIC_URL = conf.value("QINGSHAN_PUBLIC_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# Rooms, top floor first: a higher room's templates win over a lower one's.
ROOMS = [
    "qingshan.portal",
    "qingshan.simulation",
    "qingshan.disclosure",
    "qingshan.intake",
    "qingshan.succession",
    "qingshan.levels",
    "qingshan.assessment",
    "qingshan.dispatch",
    "qingshan.annual",
    "qingshan.funds",
    "qingshan.plans",
    "qingshan.tasks",
    "qingshan.papers",
    "qingshan.documents",
    "qingshan.messages",
    "qingshan.workflow",
    "qingshan.jobs",
    "qingshan.accounts",
    "qingshan.areas",
    "qingshan.pages",
    "qingshan.history",
    "qingshan.audit",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "ninja",
    # second factor and single sign-on; their pages are ours (accounts/templates)
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qingshan.pages.middleware.as_of_middleware",
    "qingshan.portal.middleware.content_security_middleware",
    "qingshan.accounts.middleware.expired_log_in_middleware",
    "qingshan.accounts.middleware.session_clock_middleware",
    "qingshan.accounts.middleware.account_state_middleware",
    "qingshan.accounts.middleware.rights_middleware",
]
ROOT_URLCONF = "qingshan.portal.urls"
WSGI_APPLICATION = "qingshan.portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["qingshan.pages.templatetags.figures"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qingshan.portal.context.site",
            ],
        },
    }
]
# A fraction printed without its unit is an error here, and only here: a bureau's page never breaks over it.
STRICT_TEMPLATES = DEBUG or conf.flag("QINGSHAN_STRICT_TEMPLATES")
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
DJANGO_TABLES2_TEMPLATE = "pages/_table.html"
FILTERS_EMPTY_CHOICE_LABEL = _("全部")

DATABASES = {"default": conf.database(HOME)}
# Signed daily heads of the audit chain; best on another disk than the database.
AUDIT_HEADS = Path(conf.value("QINGSHAN_AUDIT_HEADS") or HOME / "audit-heads").resolve()
AUDIT_KEYS = HOME / "audit-keys"  # not beside the heads: who can re-write those must not add a key to trust
AUDIT_DIGEST = conf.value("QINGSHAN_AUDIT_DIGEST")
AUDIT_SIGNER = conf.value("QINGSHAN_AUDIT_SIGNER")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login/"
LOGOUT_URL = "/logout/"
LOGIN_REDIRECT_URL = "/"
FIXED_AS_OF = conf.value("QINGSHAN_AS_OF")

# The clock of inactivity restarts at most once a minute (accounts.middleware.session_clock_middleware):
# a session saved on every request would make every page view a write.
SESSION_COOKIE_AGE = 60 * int(conf.value("QINGSHAN_SESSION_MINUTES"))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if conf.flag("QINGSHAN_HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

# What the interface is written in is Chinese; English comes through gettext.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["qingshan.portal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# Web assets of other projects, brought by set-up by pinned version and hash (see tools/assets.py).
VENDOR_ASSETS = ROOT / "static" / "vendor"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

_MAIL = conf.mail_server()
EMAIL_ENABLED = bool(_MAIL.host)
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.implicit_tls, _MAIL.starttls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = conf.value("QINGSHAN_EMAIL_FROM")

# Uploads lie outside every folder that is served.
MEDIA_ROOT = HOME / "documents"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_MAX_BYTES = int(conf.value("QINGSHAN_UPLOAD_MAX_MB")) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "qingshan.documents.uploads.SizeGuard",  # first: what is too big is not written anywhere
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
BACKUPS = HOME / "backups"
BACKUP_PASSWORD_FILE = conf.value("QINGSHAN_BACKUP_PASSWORD_FILE")
PAPER_TEMPLATES = HOME / "paper-templates"  # a bureau's own layouts take the place of ours
RULES = HOME / "rules"  # and so do its own rules, such as dispatch.yaml

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# ---- accounts: passwords, second factor, single sign-on ----
AUTHENTICATION_BACKENDS = ["qingshan.accounts.backends.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "qingshan.accounts.passwords.LengthAndClasses"},
    {"NAME": "qingshan.accounts.passwords.NotTheirName"},
    {"NAME": "qingshan.accounts.passwords.NotFormer"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_DAYS = int(conf.value("QINGSHAN_PASSWORD_DAYS"))
SECOND_FACTOR_FOR = conf.value("QINGSHAN_SECOND_FACTOR")
TRUSTED_PROXIES = int(conf.value("QINGSHAN_PROXIES"))

ACCOUNT_ADAPTER = "qingshan.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth wants a form described
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = False
# Ours count in the database, for all processes together (accounts.actions.attempts).
ACCOUNT_RATE_LIMITS = False

# Shared by all web processes: a one-time code that served in one must not serve again in another.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
    }
}
MFA_ADAPTER = "qingshan.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "qingshan.accounts.forms.second_factor.CodeForm",
    "reauthenticate": "qingshan.accounts.forms.second_factor.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "青山"
MFA_TOTP_TOLERANCE = 1  # the clocks of office telephones are not exact

SOCIALACCOUNT_ADAPTER = "qingshan.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": conf.single_sign_on()}}
