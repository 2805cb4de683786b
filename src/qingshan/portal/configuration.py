"""Every setting an installation may make, as data; the handbook is tested against this list."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = [
    "SETTINGS",
    "MailServer",
    "Setting",
    "database",
    "flag",
    "mail_server",
    "secret_key",
    "single_sign_on",
    "value",
    "words",
]

#: How the server plans our queries, all short: no compiling, no second process for one (both cost more
#: than they bring below a second), and reading by an index priced as on a solid-state disk. An address that
#: says ``?options=`` has its own, for servers that do not know these words.
POSTGRESQL_OPTIONS = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, its default, and what it does (Chinese)."""

    name: str
    default: str
    purpose: str


SETTINGS: tuple[Setting, ...] = (
    Setting("QINGSHAN_HOME", "var", "数据目录：数据库、附件、密钥、日志、备份都在其中"),
    Setting(
        "QINGSHAN_DATABASE_URL",
        "",
        "数据库地址，如 postgresql://用户:口令@主机:5432/库名，可附连接参数如 ?sslmode=verify-full；"
        "留空用内置 SQLite",
    ),
    Setting("QINGSHAN_DEBUG", "0", "开发模式：1 打开，同时开放 /patterns 界面样例页"),
    Setting("QINGSHAN_STRICT_TEMPLATES", "0", "页面模板直接打印小数时报错：开发与测试用"),
    Setting("QINGSHAN_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "允许访问的主机名，逗号分隔"),
    Setting("QINGSHAN_PUBLIC_URL", "http://127.0.0.1:8000", "对外网址，用于通知中的链接"),
    Setting("QINGSHAN_SECRET_KEY", "", "会话签名密钥；留空时在数据目录中自动生成并只允许本用户读取"),
    Setting("QINGSHAN_HTTPS", "0", "是否经由 HTTPS 提供服务：1 时 Cookie 只走加密连接并启用 HSTS"),
    Setting("QINGSHAN_SESSION_MINUTES", "30", "无操作多少分钟后需要重新登录"),
    Setting(
        "QINGSHAN_EMAIL_URL",
        "",
        "邮件服务器，如 smtp://用户:口令@主机:587（STARTTLS）或 smtps://用户:口令@主机:465；"
        "内网不加密的服务器写 smtp://主机:25?tls=0；留空则不发邮件",
    ),
    Setting("QINGSHAN_EMAIL_FROM", "qingshan@localhost", "发件人地址"),
    Setting("QINGSHAN_OIDC_ISSUER", "", "统一身份认证（OIDC）的颁发者网址；留空则不启用"),
    Setting("QINGSHAN_OIDC_CLIENT_ID", "", "统一身份认证的客户端编号"),
    Setting("QINGSHAN_OIDC_CLIENT_SECRET", "", "统一身份认证的客户端密钥"),
    Setting("QINGSHAN_OIDC_NAME", "统一身份认证", "登录页上统一身份认证按钮的文字"),
    Setting(
        "QINGSHAN_OIDC_CLAIM",
        "preferred_username",
        "用哪一项声明与账户的“统一身份”对应，如 sub、preferred_username",
    ),
    Setting(
        "QINGSHAN_SECOND_FACTOR",
        "none",
        "谁必须用动态口令作第二次验证：none 自愿、administrators 三员、all 所有人",
    ),
    Setting("QINGSHAN_PASSWORD_DAYS", "0", "口令最长使用天数，到期须修改；0 不限"),
    Setting("QINGSHAN_PROXIES", "0", "前面可信的反向代理层数；据此从 X-Forwarded-For 取真实来源地址"),
    Setting("QINGSHAN_UPLOAD_MAX_MB", "50", "单个附件的最大兆字节数"),
    Setting(
        "QINGSHAN_AUDIT_HEADS",
        "",
        "审计日首（每日签名）存放目录，应放在数据库之外的另一块盘；留空为数据目录下 audit-heads",
    ),
    Setting("QINGSHAN_AUDIT_DIGEST", "sha256", "新审计记录所用的摘要算法：sha256 或 sm3（商密）"),
    Setting(
        "QINGSHAN_AUDIT_SIGNER",
        "qingshan.audit.ports.Ed25519Signer",
        "给审计日首签名的类（点号路径）；接签名验签服务器（SM2）时换成自己的类",
    ),
    Setting("QINGSHAN_BACKUP_PASSWORD_FILE", "", "备份口令文件，第一行为口令；留空则备份不加密"),
    Setting("QINGSHAN_AS_OF", "", "演示用的固定“截至日期”；留空为今天"),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def value(name: str) -> str:
    """Return a setting's text; an unknown name is a programming error."""
    return os.environ.get(name) or _DEFAULTS[name]


def flag(name: str) -> bool:
    """Return whether a setting is switched on."""
    return value(name).lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """Return a comma-separated setting as a list."""
    return [word.strip() for word in value(name).split(",") if word.strip()]


def single_sign_on() -> list[dict[str, object]]:
    """Return the OIDC provider as django-allauth describes one; none where no issuer is set."""
    issuer = value("QINGSHAN_OIDC_ISSUER")
    if not issuer:
        return []
    return [
        {
            "provider_id": "sso",
            "name": value("QINGSHAN_OIDC_NAME"),
            "client_id": value("QINGSHAN_OIDC_CLIENT_ID"),
            "secret": value("QINGSHAN_OIDC_CLIENT_SECRET"),
            "settings": {"server_url": issuer, "uid_field": value("QINGSHAN_OIDC_CLAIM")},
        }
    ]


def secret_key(home: Path) -> str:
    """Return the signing key, made on first use and readable by this user only."""
    if given := value("QINGSHAN_SECRET_KEY"):
        return given
    home.mkdir(parents=True, exist_ok=True)
    path = home / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


def database(home: Path) -> dict[str, object]:
    """Return Django's description of the database: SQLite in the home, or the given PostgreSQL.

    Raises
    ------
    ValueError
        The address names another kind of database.
    """
    address = value("QINGSHAN_DATABASE_URL")
    if not address:
        return _sqlite(home / "qingshan.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(
            f"QINGSHAN_DATABASE_URL begins with {parts.scheme!r}; allowed are postgresql:// and sqlite://"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": POSTGRESQL_OPTIONS, **dict(parse_qsl(parts.query, keep_blank_values=True))},
    }


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed in; an empty host means that none is sent."""

    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool
    starttls: bool


def mail_server() -> MailServer:
    """Return the server of ``QINGSHAN_EMAIL_URL``.

    Raises
    ------
    ValueError
        The address is not of the form ``smtp://host`` or ``smtps://host``.
    """
    address = value("QINGSHAN_EMAIL_URL")
    parts = urlsplit(address)
    if address and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
        raise ValueError(
            f"QINGSHAN_EMAIL_URL begins with {parts.scheme!r}; allowed are smtp://host and smtps://host"
        )
    implicit = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or (465 if implicit else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=implicit,
        # A password is never sent in the clear unless the address says so.
        starttls=not implicit and dict(parse_qsl(parts.query)).get("tls") != "0",
    )


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Tests use a file as well: a database in memory locks otherwise than a real one.
        "TEST": {"NAME": path.with_name("test.sqlite3")},
        "CONN_MAX_AGE": 60,  # opening reads the whole schema: 2 ms of each request
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN instead of failing at COMMIT
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
