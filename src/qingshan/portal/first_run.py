"""What a first start brings: the database, the real plans, the fictional county, and the log-ins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command


@dataclass(frozen=True, slots=True)
class Login:
    """A log-in to be shown once: who it is for, its name and its one-time password."""

    role: str
    username: str
    password: str


def prepare(*, say: Callable[[str], None], empty: bool) -> list[Login]:
    """Bring the database up to date and load what is missing; return the log-ins made just now."""
    say("更新数据库结构")
    call_command("migrate", interactive=False, verbosity=0)
    raise NotImplementedError


def welcome(address: str, logins: list[Login]) -> str:
    """Return the text that a first start ends with."""
    lines = ["", f"  青山已启动：{address}", ""]
    if logins:
        width = max(len(login.username) for login in logins)
        lines += ["  登录名与一次性口令（只显示这一次，首次登录须修改）：", ""]
        lines += [f"    {login.username:<{width}}  {login.password}  {login.role}" for login in logins]
    else:
        lines.append("  沿用已有的用户；忘记口令时：qingshan users reset-password 登录名")
    return "\n".join([*lines, "", "  按 Ctrl+C 停止。", ""])
