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
class Group:
    """Doors that stand together under one word."""

    label: str | Promise
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A door as shown on one page, or a group of them: then it has no address of its own."""

    label: str | Promise
    url: str
    current: bool
    within: tuple[Item, ...] = ()


MAIN: tuple[Door | Group, ...] = (
    Door(_("规划"), "plans:list", "plans.view"),
    Door(pgettext_lazy("inbox", "待办"), "tasks:inbox", "tasks.view"),
    Group(
        pgettext_lazy("navigation", "实施"),
        (
            Door(_("年度计划"), "annual:list", "plans.view"),
            Door(_("调度"), "dispatch:list", "plans.view"),
            Door(_("资金"), "funds:home", "plans.view"),
            Door(_("公文"), "papers:desk", "documents.view"),
            Door(_("上下级报送"), "levels:list", "plans.view"),
        ),
    ),
    Group(
        pgettext_lazy("navigation", "评估"),
        (
            Door(_("评估考核"), "assessment:list", "plans.view"),
            Door(_("规划接续"), "succession:list", "plans.view"),
            Door(_("并列比较"), "succession:compare", "plans.view"),
            Door(_("进展公开"), "disclosure:list", "plans.view"),
        ),
    ),
    Door(_("本部门"), "plans:my_department", "plans.view"),
    Door(_("待审核"), "plans:review", "values.approve|plans.approve|plans.edit"),
    Group(
        pgettext_lazy("navigation", "资料"),
        (
            Door(_("导入"), "intake:incoming", "plans.edit|plans.approve"),
            Door(_("指标库"), "plans:catalogue", "plans.view"),
            Door(_("检索"), "search", "plans.view"),
        ),
    ),
    Door(_("管理"), "administration", "areas.manage|roles.grant|accounts.lock|accounts.manage|audit.view"),
)
PERSONAL: tuple[Door, ...] = (
    Door(_("我的分派"), "workflow:mine"),
    Door(_("个人资料与安全"), "accounts:profile"),
    Door(_("消息设置"), "messages:preferences"),
)


def items(request: HttpRequest, doors: tuple[Door | Group, ...], may: frozenset[str] | None) -> list[Item]:
    """Return the doors that exist here and that this person may open (None: all)."""
    found = (_item(request, door, may) for door in doors)
    return [item for item in found if item is not None]


def _item(request: HttpRequest, door: Door | Group, may: frozenset[str] | None) -> Item | None:
    if isinstance(door, Group):
        within = tuple(items(request, door.doors, may))
        if len(within) < 2:  # one door needs no group around it
            return within[0] if within else None
        return Item(door.label, "", any(item.current for item in within), within)
    if door.capability and may is not None and may.isdisjoint(door.capability.split("|")):
        return None
    try:
        url = reverse(door.name)
    except NoReverseMatch:
        return None  # a room that is not installed has no door
    return Item(door.label, url, request.path.startswith(url))


def installed_rooms() -> frozenset[str]:
    """Return the names of the rooms that are installed."""
    names = (app.name.partition(".") for app in apps.get_app_configs())
    return frozenset(room for house, _dot, room in names if house == "qingshan")
