"""One's own account: particulars, password, sessions, tokens, and a form held over a log-in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from qingshan.accounts import held
from qingshan.accounts.actions import sessions, tokens, users
from qingshan.accounts.errors import BadToken, PasswordRefused
from qingshan.accounts.forms.own import PasswordForm, ProfileForm, TokenForm
from qingshan.accounts.held_words import in_words
from qingshan.accounts.policies import needs
from qingshan.accounts.queries.rights import can
from qingshan.accounts.queries.second_factor import has_second_factor
from qingshan.accounts.queries.users import grants_of, sessions_of, tokens_of
from qingshan.pages.public import answer_form, page_or_part


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's particulars; show one's roles and how the account is secured."""
    user: Any = request.user
    now = timezone.now()
    form = ProfileForm(
        request.POST or None,
        initial={"phone": user.phone, "email": user.email, "language": user.language},
    )
    shown = {
        "grants": [grant for grant in grants_of(user) if _running(grant, now)],
        "second_factor": has_second_factor(user),
        "session_count": len(sessions_of(user, now)),
        "may_use_api": can(user, "api.use"),
    }
    response = answer_form(
        request,
        form,
        lambda given: users.revise_user(user=user, changes=given, by=user, at=now),
        template="accounts/profile",
        context=shown,
        done=reverse("accounts:profile"),
        said=_("已保存。"),
    )
    if response.status_code == 302:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    return response


@never_cache
@login_required
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Let a person set another password; their other sessions end."""
    user: Any = request.user
    form = PasswordForm(request.POST or None, user=user)
    if form.is_bound and form.is_valid():
        try:
            users.change_password(user=user, new=form.cleaned_data["new"], at=timezone.now())
        except PasswordRefused as refused:
            for reason in refused.reasons:
                form.add_error("new", reason)
        else:
            _keep_only_this_session(request)
            messages.success(request, _("口令已修改，其他设备上的登录已退出。"))
            return redirect("home" if "next" in request.GET else "accounts:profile")
    return page_or_part(request, "accounts/password", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@login_required
def own_sessions(request: HttpRequest) -> HttpResponse:
    """List where one is logged in."""
    user: Any = request.user
    shown = {"sessions": sessions_of(user, timezone.now()), "this_key": request.session.session_key}
    return page_or_part(request, "accounts/sessions", shown)


@require_POST
@login_required
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions."""
    user: Any = request.user
    record = get_object_or_404(user.session_records, pk=session_id)
    sessions.end_session(record=record, by=user, at=timezone.now())
    messages.success(request, _("该设备上的登录已退出。"))
    return redirect("accounts:sessions")


@never_cache
@needs("api.use")
def own_tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens, and issue another; its text is shown on this answer only."""
    user: Any = request.user
    now = timezone.now()
    form = TokenForm(request.POST or None)
    issued = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            issued = tokens.issue_token(
                user=user,
                name=given["name"],
                expires_at=now + timedelta(days=given["days"]),
                may_write=given["may_write"],
                at=now,
            )
        except BadToken as refused:
            form.add_error(None, str(refused))
    shown = {"form": form if issued is None else TokenForm(), "issued": issued, "tokens": tokens_of(user)}
    status = 422 if form.is_bound and issued is None else 200
    return page_or_part(request, "accounts/tokens", {**shown, "now": now}, status=status)


@require_POST
@login_required
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Revoke one of one's own tokens."""
    user: Any = request.user
    token = get_object_or_404(user.tokens, pk=token_id)
    tokens.revoke_token(token=token, by=user, at=timezone.now())
    messages.success(request, _("令牌“%s”已撤销。") % token.name)
    return redirect("accounts:tokens")


@never_cache
@login_required
def held_form(request: HttpRequest) -> HttpResponse:
    """Show what was typed before the log-in expired, ready to be sent again."""
    if request.method == "POST":
        held.let_go(request)
        return redirect("home")
    kept = held.held(request)
    if kept is None:
        return redirect("home")
    return page_or_part(request, "accounts/held", {"kept": kept, "said": in_words(kept, request)})


def _running(grant: Any, at: Any) -> bool:
    today = timezone.localdate(at)
    return grant.from_on <= today and (grant.to_on is None or grant.to_on > today)


def _keep_only_this_session(request: HttpRequest) -> None:
    """Django ends the others by the changed hash; their records go too, and ours follows its new key."""
    user: Any = request.user
    before = request.session.session_key or ""
    update_session_auth_hash(request, user)
    sessions.rekey_session(before=before, after=request.session.session_key or "")
    sessions.end_sessions_of(user=user, except_key=request.session.session_key or "")
