"""What a first start brings: the database, the real plans, the fictional county, and the log-ins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from qingshan.accounts import public as accounts
from qingshan.areas.public import District
from qingshan.plans import public as plans
from qingshan.simulation import public as simulation

__all__ = ["Login", "prepare", "welcome"]


@dataclass(frozen=True, slots=True)
class Login:
    """A log-in to be shown once: who it is for, its name and its password."""

    role: str
    username: str
    password: str
    #: Must be changed at the first log-in; only the fictional people's need not.
    one_time: bool = True


#: Who looks at the real plans: log-in name, display name, role.
_VIEWERS = (("planner", "演示规划员", "planner"), ("leader", "演示领导", "leader"))


def prepare(*, say: Callable[[str], None], empty: bool) -> list[Login]:
    """Bring the database up to date and, on the first start, load everything; return the log-ins made now.

    All of the first start is one transaction: one that is broken off begins anew.

    Parameters
    ----------
    say : callable
        Told what is being done.
    empty : bool
        Enter the three administrators and nothing else.
    """
    say("更新数据库结构")
    call_command("migrate", interactive=False, verbosity=0)
    if accounts.User.objects.exists():
        return []
    with transaction.atomic():
        return _first_start(say, timezone.now(), empty=empty)


def _first_start(say: Callable[[str], None], at: datetime, *, empty: bool) -> list[Login]:
    logins = [
        Login(new.user.display_name, new.user.username, new.one_time_password)
        for new in accounts.make_administrators(at=at)
    ]
    if empty:
        return logins
    say("载入四个真实规划（只有印出的内容）")
    logins += _viewers(_real_plans(at), at)
    loaded = simulation.load_county(at=at, say=say)
    fictional = [Login(one.duty, one.user.username, one.password, False) for one in loaded.residents]
    return logins + fictional


def _real_plans(at: datetime) -> list[District]:
    """Load the packs, cities before what lies in them, and return where they hold."""
    catalogue = plans.load_catalogue(plans.read_catalogue(plans.CATALOGUE_FILE), at=at)
    packs = [plans.read_pack(folder) for folder in plans.PACK_FOLDERS.values()]
    packs.sort(key=lambda pack: (not pack.plan.district.code.endswith("00"), pack.plan.seed))
    return [plans.load_pack(pack, catalogue=catalogue, at=at).plan.district for pack in packs]


def _viewers(districts: Iterable[District], at: datetime) -> list[Login]:
    """Real accounts for looking round: the fictional people may have no right to anything real."""
    places = list(districts)
    logins = []
    for username, name, role in _VIEWERS:
        new = accounts.create_user(username=username, display_name=name, by=None, at=at)
        for district in places:
            accounts.grant_role(
                user=new.user, role=role, district=district, from_on=timezone.localdate(at),
                by=None, at=at, reason="首次启动演示",
            )  # fmt: skip
        where = "、".join(district.name for district in places)
        logins.append(Login(f"{name}（{where}）", username, new.one_time_password))
    return logins


def welcome(address: str, logins: list[Login]) -> str:
    """Return the text that a first start ends with."""
    lines = ["", f"  青山已启动：{address}", ""]
    if logins:
        lines += _listed(
            "登录名与一次性口令（只显示这一次，首次登录须修改）：", [one for one in logins if one.one_time]
        )
        lines += _listed("虚构县人物（只显示这一次）：", [one for one in logins if not one.one_time])
    else:
        lines.append("  沿用已有的用户；忘记口令时：qingshan users reset-password 登录名")
    return "\n".join([*lines, "", "  按 Ctrl+C 停止。", ""])


def _listed(heading: str, logins: list[Login]) -> list[str]:
    if not logins:
        return []
    width = max(len(login.username) for login in logins)
    listed = [f"    {login.username:<{width}}  {login.password}  {login.role}" for login in logins]
    return [f"  {heading}", "", *listed, ""]
