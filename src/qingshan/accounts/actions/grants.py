"""Granting and ending roles. The three administrators are kept apart here."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts import policies
from qingshan.accounts.errors import BadGrant, LastAdministrator, SeparationBroken
from qingshan.accounts.models import Grant, User
from qingshan.accounts.queries.administrators import last_of_their_kind
from qingshan.accounts.roles import Role, roles
from qingshan.areas import public as areas
from qingshan.audit import public as audit


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    by: User | None,
    at: datetime,
    district: areas.District | None = None,
    department: areas.Department | None = None,
    from_on: date,
    to_on: date | None = None,
    reason: str = "",
) -> Grant:
    """Grant a role (授予角色), from a day on, until another day or until further notice.

    Parameters
    ----------
    district, department
        What the role's reach asks for; what it does not ask for is refused, so that nobody believes a
        grant to be narrower than it is.

    Raises
    ------
    Forbidden
        ``by`` may not grant roles.
    BadGrant
        The role does not fit: one's own account, unknown role, district or department missing or needless,
        days in wrong order, a simulated person in a real district, or the same grant once more.
    SeparationBroken
        Two of the three administrators, or an administrator's and another role, in one hand.
    """
    policies.require(by, "roles.grant", what=_("授予角色"))
    if by == user:
        raise BadGrant(_("不能给自己授予角色；请由另一位安全管理员办理。"))
    User.objects.select_for_update().get(pk=user.pk)  # two grants to one person come one after the other
    definition = _fitting(user, role, district, department, from_on, to_on)
    _keep_apart(user, definition, from_on, to_on)
    same = _overlapping(user, from_on, to_on).filter(role=role, district=district, department=department)
    if same.exists():
        raise BadGrant(_("%(user)s 在这段时间已有“%(role)s”。") % {"user": user, "role": definition.label})
    grant = Grant.objects.create(
        user=user,
        role=role,
        district=district,
        department=department,
        from_on=from_on,
        to_on=to_on,
        granted_by=by,
        granted_at=at,
        reason=reason,
    )
    detail = {
        "role": role,
        "district": district.code if district else "",
        "department": str(department.ref) if department else "",
        "from": from_on,
        "to": to_on or "",
        "reason": reason,
    }
    audit.record("accounts.grant_role", user.ref, by=by, at=at, detail=detail)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, on: date, by: User | None, at: datetime) -> Grant:
    """End a grant (收回角色): from this day it covers nothing. It stays in the history.

    Raises
    ------
    BadGrant
        It has ended already.
    LastAdministrator
        Nobody else holds this administrator's role.
    """
    policies.require(by, "roles.grant", what=_("收回角色"))
    if grant.definition.administrator and last_of_their_kind(grant.user, at) == grant.definition:
        raise LastAdministrator(
            _("“%s”只剩这一个账户，收回之后将无人履职；请先另设一人。") % grant.definition.label
        )
    last = max(on, grant.from_on)
    running = Grant.objects.filter(pk=grant.pk).filter(Q(to_on__isnull=True) | Q(to_on__gt=last))
    if running.update(to_on=last) != 1:
        raise BadGrant(_("这项授权已经结束。"))
    grant.refresh_from_db()
    detail = {"role": grant.role, "grant": grant.pk, "to": last}
    audit.record("accounts.end_grant", grant.user.ref, by=by, at=at, detail=detail)
    return grant


def _fitting(
    user: User,
    role: str,
    district: areas.District | None,
    department: areas.Department | None,
    from_on: date,
    to_on: date | None,
) -> Role:
    definition = roles().get(role)
    if definition is None:
        raise BadGrant(_("没有角色“%s”。") % role)
    words = {"role": definition.label}
    if definition.needs_district != (district is not None):
        wanted = (
            _("“%(role)s”须指明辖区。") if definition.needs_district else _("“%(role)s”不分辖区，请留空。")
        )
        raise BadGrant(wanted % words)
    if definition.needs_department != (department is not None):
        wanted = (
            _("“%(role)s”须指明单位。") if definition.needs_department else _("“%(role)s”不分单位，请留空。")
        )
        raise BadGrant(wanted % words)
    if to_on is not None and to_on <= from_on:
        raise BadGrant(_("失效日期 %(to)s 须晚于生效日期 %(from)s。") % {"to": to_on, "from": from_on})
    if district is not None and user.is_simulated and not district.simulated:
        raise BadGrant(_("虚构人员不能获得真实辖区的角色：%s。") % district.name)
    if department is not None and areas.department_on(department, timezone.localdate()) is None:
        raise BadGrant(_("“%s”已撤并或尚未设立，请选承接它的单位。") % department.name)
    return definition


def _keep_apart(user: User, wanted: Role, from_on: date, to_on: date | None) -> None:
    for held in _overlapping(user, from_on, to_on):
        if held.role == wanted.key or not (wanted.administrator or held.definition.administrator):
            continue
        raise SeparationBroken(
            _("%(user)s 已有“%(held)s”，不能再授予“%(wanted)s”：三员分立，管理员账户不兼其他角色。")
            % {"user": user, "held": held.definition.label, "wanted": wanted.label}
        )


def _overlapping(user: User, from_on: date, to_on: date | None) -> QuerySet[Grant]:
    found = Grant.objects.filter(user=user, role__in=roles()).exclude(to_on__lte=from_on)
    return found if to_on is None else found.filter(from_on__lt=to_on)
