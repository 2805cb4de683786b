"""Reading posts and who holds them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from qingshan.areas.models import Department, Post, PostHolding


def _held(on: date) -> Q:
    return Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gt=on))


def holders_of(post: Post | int, on: date) -> tuple[PostHolding, ...]:
    """Return who holds a post on a day; the day of leaving is no longer held."""
    number = post if isinstance(post, int) else post.pk
    return tuple(PostHolding.objects.filter(_held(on), post_id=number).select_related("user", "post"))


def posts_of(user: Any, on: date) -> tuple[Post, ...]:
    """Return the posts somebody holds on a day."""
    held = PostHolding.objects.filter(_held(on), user_id=user.pk)
    return tuple(Post.objects.filter(pk__in=held.values("post_id")).select_related("department"))


def posts_in(department: Department | int) -> tuple[Post, ...]:
    """Return the posts of a department, leading ones first."""
    number = department if isinstance(department, int) else department.pk
    return tuple(Post.objects.filter(department_id=number).prefetch_related("holdings__user"))
