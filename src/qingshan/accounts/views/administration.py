"""The administration of users and their roles; each of the three administrators has their own part."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qingshan.accounts.actions import grants, sessions, tokens, users
from qingshan.accounts.errors import AccountRefusal
from qingshan.accounts.forms.administration import GrantForm, LockForm, NewUserForm, UserForm
from qingshan.accounts.models import ApiToken, Grant, SessionRecord, User
from qingshan.accounts.policies import needs
from qingshan.accounts.queries.administrators import is_administrator
from qingshan.accounts.queries.rights import can, capabilities_of
from qingshan.accounts.queries.second_factor import has_second_factor
from qingshan.accounts.queries.users import (
    all_users,
    grants_of,
    sessions_of,
    tokens_of,
    user_for_administration,
)
from qingshan.accounts.roles import capabilities, roles
from qingshan.accounts.views.user_state import state_of
from qingshan.pages.public import (
    DayColumn,
    Listing,
    StateColumn,
    TitleColumn,
    answer_form,
    page_or_part,
    show_list,
)

#: Who may look at users at all: whoever makes them, grants to them, or audits them.
LOOKING = ("accounts.manage", "roles.grant", "accounts.lock", "audit.view")


class UserFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list of users is narrowed by."""

    q = django_filters.CharFilter(label=_l("姓名、用户名"), method="by_words")
    role = django_filters.ChoiceFilter(
        label=_l("角色"),
        choices=lambda: [(role.key, role.label) for role in roles().values()],
        method="by_role",
    )
    state = django_filters.ChoiceFilter(
        label=_l("状态"),
        choices=[("open", _l("可登录")), ("locked", _l("已锁定")), ("closed", _l("已停用"))],
        method="by_state",
    )

    def by_words(self, rows: QuerySet[User], _name: str, words: str) -> QuerySet[User]:
        return rows.filter(Q(display_name__icontains=words) | Q(username__icontains=words))

    def by_role(self, rows: QuerySet[User], _name: str, role: str) -> QuerySet[User]:
        today = timezone.localdate()
        running = Grant.objects.filter(role=role, from_on__lte=today).exclude(to_on__lte=today)
        return rows.filter(pk__in=running.values("user_id"))

    def by_state(self, rows: QuerySet[User], _name: str, state: str) -> QuerySet[User]:
        wanted = {
            "open": Q(is_active=True, locked_at__isnull=True),
            "locked": Q(locked_at__isnull=False),
            "closed": Q(is_active=False),
        }
        return rows.filter(wanted[state])


class UserTable(Table):  # type: ignore[misc]
    """The list of users."""

    display_name = TitleColumn(
        verbose_name=_l("姓名"), linkify={"viewname": "accounts:user", "args": [A("pk")]}
    )
    username = Column(verbose_name=_l("用户名"))
    department = Column(verbose_name=_l("单位"), default="—")
    district = Column(verbose_name=_l("辖区"), default="—")
    held = Column(verbose_name=_l("角色"), empty_values=(), orderable=False)
    state = StateColumn(verbose_name=_l("状态"), empty_values=(), orderable=False)
    last_login = DayColumn(verbose_name=_l("最近登录"), accessor="last_login__date")

    class Meta:
        order_by = "username"

    def render_held(self, record: User) -> str:
        return self.value_held(record)

    def value_held(self, record: User) -> str:
        today = timezone.localdate()
        running = [one for one in record.grants.all() if one.to_on is None or one.to_on > today]
        return "、".join(dict.fromkeys(roles()[one.role].label for one in running if one.role in roles()))

    def render_state(self, record: User) -> Any:
        return self.columns["state"].column.render(state_of(record))

    def value_state(self, record: User) -> str:
        return str(state_of(record).label)


USERS = Listing(
    name="accounts.users",
    title=_l("用户"),
    table=UserTable,
    filters=UserFilters,
    template="accounts/users",
    empty=_l("还没有用户。系统管理员可以新增。"),
)


@needs(*LOOKING)
def user_list(request: HttpRequest) -> HttpResponseBase:
    """List users."""
    return show_list(request, USERS, all_users(), {"may": _may(request)})


@needs(*LOOKING)
def role_list(request: HttpRequest) -> HttpResponse:
    """Show every role and what it may do."""
    shown = {
        "rows": [(role, [capabilities()[one].label for one in role.may]) for role in roles().values()],
    }
    return page_or_part(request, "accounts/roles", shown)


@never_cache
@needs(*LOOKING)
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show one user: particulars, roles, sessions, tokens."""
    return page_or_part(request, "accounts/user", _one_user(request, user_for_administration(user_id)))


@never_cache
@needs("accounts.manage")
def new_user(request: HttpRequest) -> HttpResponse:
    """Enter a user; the answer shows the one-time password, once."""
    form = NewUserForm(request.POST or None)
    by: Any = request.user
    if form.is_bound and form.is_valid():
        try:
            made = users.create_user(**form.cleaned_data, by=by, at=timezone.now())
        except AccountRefusal as refused:
            form.add_error(None, str(refused))
        else:
            shown = {"shown_to": made.user, "password": made.one_time_password, "fresh": True}
            return page_or_part(request, "accounts/one_time_password", shown)
    return page_or_part(request, "accounts/user_new", {"form": form}, status=422 if form.is_bound else 200)


@needs("accounts.manage")
def revise_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Change a user's particulars."""
    subject = user_for_administration(user_id)
    by: Any = request.user
    names = UserForm.base_fields
    form = UserForm(request.POST or None, initial={name: getattr(subject, name) for name in names})
    return answer_form(
        request,
        form,
        lambda given: users.revise_user(user=subject, changes=given, by=by, at=timezone.now()),
        template="accounts/user_edit",
        context={"subject": subject},
        done=reverse("accounts:user", args=[user_id]),
        said=_("已保存。"),
    )


@never_cache
@require_POST
@needs("accounts.manage")
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a user a one-time password; the answer shows it, once."""
    subject = user_for_administration(user_id)
    by: Any = request.user
    try:
        given = users.reset_password(user=subject, by=by, at=timezone.now())
    except AccountRefusal as refused:
        messages.error(request, str(refused))
        return redirect("accounts:user", user_id)
    shown = {"shown_to": subject, "password": given, "fresh": False}
    return page_or_part(request, "accounts/one_time_password", shown)


@require_POST
@needs("accounts.manage")
def close_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account, or open it again."""
    subject = user_for_administration(user_id)
    act = users.close_user if subject.is_active else users.open_user
    said = _("账户已停用。") if subject.is_active else _("账户已启用。")
    return _done(request, subject, said, lambda: act(user=subject, by=_by(request), at=timezone.now()))


@require_POST
@needs("accounts.lock")
def lock_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Lock an account for a reason, or unlock it."""
    subject = user_for_administration(user_id)
    by, at = _by(request), timezone.now()
    if subject.locked_at is not None:
        return _done(
            request, subject, _("账户已解锁。"), lambda: users.unlock_user(user=subject, by=by, at=at)
        )
    reason = request.POST.get("reason", "")
    return _done(
        request,
        subject,
        _("账户已锁定。"),
        lambda: users.lock_user(user=subject, reason=reason, by=by, at=at),
    )


@require_POST
@needs("accounts.lock")
def end_session(request: HttpRequest, user_id: int, session_id: int) -> HttpResponse:
    """End somebody's session."""
    record = get_object_or_404(SessionRecord, pk=session_id, user_id=user_id)
    by, at = _by(request), timezone.now()
    return _done(
        request, record.user, _("会话已结束。"), lambda: sessions.end_session(record=record, by=by, at=at)
    )


@require_POST
@needs("accounts.lock")
def revoke_token(request: HttpRequest, user_id: int, token_id: int) -> HttpResponse:
    """Revoke somebody's token."""
    token = get_object_or_404(ApiToken, pk=token_id, user_id=user_id)
    by, at = _by(request), timezone.now()
    return _done(
        request, token.user, _("令牌已撤销。"), lambda: tokens.revoke_token(token=token, by=by, at=at)
    )


@needs("roles.grant")
def grant_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Grant a role."""
    subject = user_for_administration(user_id)
    form = GrantForm(
        request.POST or None,
        initial={
            "from_on": timezone.localdate(),
            "district": subject.district,
            "department": subject.department,
        },
    )
    return answer_form(
        request,
        form,
        lambda given: grants.grant_role(user=subject, by=_by(request), at=timezone.now(), **given),
        template="accounts/grant",
        context={"subject": subject},
        done=reverse("accounts:user", args=[user_id]),
        said=_("角色已授予。"),
    )


@require_POST
@needs("roles.grant")
def end_grant(request: HttpRequest, user_id: int, grant_id: int) -> HttpResponse:
    """Take a role back, from today."""
    grant = get_object_or_404(Grant, pk=grant_id, user_id=user_id)
    by, at = _by(request), timezone.now()
    return _done(
        request,
        grant.user,
        _("角色已收回。"),
        lambda: grants.end_grant(grant=grant, on=timezone.localdate(), by=by, at=at),
    )


def _done(request: HttpRequest, subject: User, said: str, act: Any) -> HttpResponse:
    """Do it, say so or say why not, and go back to the user."""
    try:
        act()
    except AccountRefusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("accounts:user", subject.pk)


def _by(request: HttpRequest) -> Any:
    return request.user


def _may(request: HttpRequest) -> dict[str, bool]:
    """Capabilities by name with an underscore for the point, for templates."""
    held = capabilities_of(request.user)
    return {key.replace(".", "_"): key in held for key in capabilities()}


def _one_user(request: HttpRequest, subject: User) -> dict[str, Any]:
    now = timezone.now()
    may_lock = can(request.user, "accounts.lock")
    return {
        "subject": subject,
        "state": state_of(subject),
        "may": _may(request),
        "administrator": is_administrator(subject, now),
        "grants": grants_of(subject),
        "today": timezone.localdate(now),
        "now": now,
        "sessions": sessions_of(subject, now) if may_lock else (),
        "tokens": tokens_of(subject) if may_lock else (),
        "second_factor": has_second_factor(subject),
        "lock_form": LockForm(),
    }
