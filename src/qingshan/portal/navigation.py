"""What stands in the head of every page: the doors a person may open, in one list."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Door:
    """A link of the navigation: what it is called, its address, and what one needs (``|``: one of these)."""

    label: str | Promise
    name: str
    capability: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A door as shown on one page."""

    label: str | Promise
    url: str
    current: bool


MAIN = (
    Door(_("规划"), "plans:list", "plans.view"),
    Door(_("导入"), "intake:incoming", "plans.edit|plans.approve"),
    Door(pgettext_lazy("inbox", "待办"), "tasks:inbox", "tasks.view"),
    Door(_("本部门"), "plans:my_department", "plans.view"),
    Door(_("待审核"), "plans:review", "values.approve|plans.approve|plans.edit"),
    Door(_("指标库"), "plans:catalogue", "plans.view"),
    Door(_("检索"), "search", "plans.view"),
    Door(_("管理"), "administration", "areas.manage|roles.grant|accounts.lock|accounts.manage|audit.view"),
)
PERSONAL = (
    Door(_("我的分派"), "workflow:mine"),
    Door(_("个人资料与安全"), "accounts:profile"),
    Door(_("消息设置"), "messages:preferences"),
)


def items(request: HttpRequest, doors: tuple[Door, ...], may: frozenset[str] | None) -> list[Item]:
    """Return the doors that exist here and that this person may open (None: all)."""
    found = []
    for door in doors:
        if door.capability and may is not None and may.isdisjoint(door.capability.split("|")):
            continue
        try:
            url = reverse(door.name)
        except NoReverseMatch:
            continue  # a room that is not installed has no door
        found.append(Item(door.label, url, request.path.startswith(url)))
    return found


def installed_rooms() -> frozenset[str]:
    """Return the names of the rooms that are installed."""
    names = (app.name.partition(".") for app in apps.get_app_configs())
    return frozenset(room for house, _dot, room in names if house == "qingshan")
