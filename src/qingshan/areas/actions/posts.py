"""Writing posts and appointments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas import errors
from qingshan.areas.models import Department, Post, PostHolding
from qingshan.audit import public as audit


@transaction.atomic
def create_post(
    *,
    name: str,
    department: Department,
    duties: str = "",
    leads: bool = False,
    by: Any,
    at: datetime,
) -> Post:
    """Enter a post (新增岗位).

    Raises
    ------
    NameTaken
        The department has a post of this name.
    HasEnded
        The department was merged or dissolved.
    """
    if department.ended_on is not None:
        raise errors.HasEnded(_("“%s”已撤并，不能新增岗位。") % department.name)
    if Post.objects.filter(department=department, name=name).exists():
        raise errors.NameTaken(_("“%s”已有岗位“%s”。") % (department.name, name))
    post = Post.objects.create(name=name, department=department, duties=duties, leads=leads)
    audit.record("areas.create_post", post.ref, by=by, at=at, detail={"name": name})
    return post


@transaction.atomic
def revise_post(*, post: Post, name: str, duties: str, leads: bool, by: Any, at: datetime) -> Post:
    """Change the words of a post (变更岗位)."""
    if Post.objects.filter(department=post.department, name=name).exclude(pk=post.pk).exists():
        raise errors.NameTaken(_("“%s”已有岗位“%s”。") % (post.department.name, name))
    was = post.name
    post.name, post.duties, post.leads = name, duties, leads
    post.save(update_fields=["name", "duties", "leads"])
    audit.record("areas.revise_post", post.ref, by=by, at=at, detail={"was": was, "name": name})
    return post


@transaction.atomic
def appoint(*, user: Any, post: Post, from_on: date, by: Any, at: datetime, note: str = "") -> PostHolding:
    """Appoint somebody to a post from a day on (任职).

    Raises
    ------
    NameTaken
        The person holds the post already, or held it on that day.
    FictionMixed
        A simulated person in a real department.
    """
    Post.objects.select_for_update().get(pk=post.pk)
    if user.is_simulated and not post.department.district.simulated:
        raise errors.FictionMixed(_("虚构人员不能在真实单位任职：%s。") % post.department.name)
    spans = PostHolding.objects.filter(post=post, user=user)
    if spans.filter(to_on__isnull=True).exists() or spans.filter(to_on__gt=from_on).exists():
        raise errors.NameTaken(_("%s 在 %s 已任“%s”。") % (user, from_on, post.name))
    holding = PostHolding.objects.create(post=post, user=user, from_on=from_on, note=note)
    detail = {"user": user.pk, "from": from_on.isoformat()}
    audit.record("areas.appoint", post.ref, by=by, at=at, detail=detail)
    return holding


@transaction.atomic
def leave(*, holding: PostHolding, on: date, by: Any, at: datetime) -> PostHolding:
    """Let somebody leave a post on a day (离任); that day is no longer held.

    Raises
    ------
    HasEnded
        The appointment has ended already, or began after that day.
    """
    moved = PostHolding.objects.filter(pk=holding.pk, to_on__isnull=True, from_on__lte=on).update(to_on=on)
    holding.refresh_from_db()
    if moved != 1:
        raise errors.HasEnded(_("该任职已结束，或任职日期 %s 晚于离任日期 %s。") % (holding.from_on, on))
    detail = {"user": holding.user_id, "to": on.isoformat()}
    audit.record("areas.leave", holding.post.ref, by=by, at=at, detail=detail)
    return holding
