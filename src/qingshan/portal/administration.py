"""The way to everything an administrator looks after, in one list; each sees what is theirs."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import Forbidden, capabilities_of
from qingshan.pages.public import page_or_part


@dataclass(frozen=True, slots=True)
class Office:
    """A door of the administration: what it is called, what it is for, who may open it."""

    label: str | Promise
    purpose: str | Promise
    name: str
    capabilities: tuple[str, ...]


OFFICES = (
    Office(
        _("用户与角色"),
        _("新增和停用账户、授予和收回角色、锁定、结束会话"),
        "accounts:users",
        ("accounts.manage", "roles.grant", "accounts.lock", "audit.view"),
    ),
    Office(_("角色说明"), _("每种角色能做什么、管到哪里"), "accounts:roles", ()),
    Office(_("行政区"), _("区划代码、名称和隶属关系的沿革"), "accounts:districts", ("areas.manage",)),
    Office(
        _("单位与岗位"), _("新设、更名、合并、撤销单位，任免岗位"), "accounts:departments", ("areas.manage",)
    ),
    Office(
        _("工作日历"), _("法定节假日与调休，下一年度安排的载入"), "workflow:calendar", ("calendar.manage",)
    ),
    Office(
        _("互信装置"), _("与上下级另一套装置互认的签名钥匙，登记和撤销"), "levels:partners", ("levels.trust",)
    ),
    Office(_("后台任务"), _("运行中和失败的任务、定时计划"), "jobs:jobs", ("jobs.manage",)),
    Office(_("通知模板"), _("各类通知的文字与渠道"), "messages:templates", ("messages.manage",)),
    Office(_("审计记录"), _("谁在何时对什么做了什么；链条校验"), "audit:records", ("audit.view",)),
)


def offices_for(user: object) -> list[tuple[Office, str]]:
    """Return the doors a person may open, with their addresses."""
    held = capabilities_of(user)
    found = []
    for office in OFFICES:
        if office.capabilities and held.isdisjoint(office.capabilities):
            continue
        try:
            found.append((office, reverse(office.name)))
        except NoReverseMatch:
            continue  # a room that is not installed has no door
    return found


def may_administer(user: object) -> bool:
    """Whether a person looks after anything at all."""
    held = capabilities_of(user)
    return any(not held.isdisjoint(office.capabilities) for office in OFFICES if office.capabilities)


@login_required
def administration(request: HttpRequest) -> HttpResponse:
    """Show the doors of the administration that this person may open."""
    if not may_administer(request.user):
        raise Forbidden("accounts.manage")
    return page_or_part(request, "portal/administration", {"offices": offices_for(request.user)})
