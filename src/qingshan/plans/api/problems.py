"""Errors in the house's form: what is wrong, and for each field the value found and the value allowed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError

from qingshan.accounts.public import Forbidden
from qingshan.kernel.flow import IllegalMove
from qingshan.plans.api.tokens import ReadOnlyToken
from qingshan.plans.errors import BadFacts, LedgerRefusal
from qingshan.plans.models import ProgressReport, Value

__all__ = ["Problem", "Refusal", "install_problems"]


class Problem(Schema):
    """One field that cannot be taken as it is."""

    field: str
    found: str
    allowed: str


class Refusal(Schema):
    """Why a call was refused; ``error`` is for programs, ``message`` for people."""

    error: str
    message: str
    problems: list[Problem] = []


def install_problems(api: NinjaAPI) -> None:
    """Let every error of the API be answered in one form."""

    def answer(
        request: HttpRequest, status: int, error: str, message: str, problems: Any = ()
    ) -> HttpResponse:
        told = Refusal(error=error, message=message, problems=list(problems))
        return api.create_response(request, told.model_dump(), status=status)

    def not_shaped(request: HttpRequest, error: Any) -> HttpResponse:
        sent = {**request.GET.dict(), **_sent(request)}
        return answer(
            request, 422, "bad_shape", _("请求内容不符合格式。"), (_shaped(one, sent) for one in error.errors)
        )

    def bad_facts(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 422, "bad_facts", str(error), _facts(error.fields, _sent(request)))

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 409, type(error).__name__, str(error))

    def read_only(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 403, "read_only_token", str(error))

    def forbidden(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 403, "forbidden", str(error))

    def absent(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 404, "not_found", str(error))

    def unknown(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 401, "no_token", _("没有令牌，或令牌已失效、已撤销。"))

    handlers: tuple[tuple[Any, Any], ...] = (
        (ValidationError, not_shaped),
        (BadFacts, bad_facts),
        (ReadOnlyToken, read_only),
        (LedgerRefusal, refused),
        (IllegalMove, refused),
        (Forbidden, forbidden),
        (Http404, absent),
        (AuthenticationError, unknown),
    )
    for kind, handle in handlers:
        api.add_exception_handler(kind, handle)


def _shaped(error: Mapping[str, Any], sent: Mapping[str, Any]) -> Problem:
    place = [str(part) for part in error.get("loc", ()) if part not in ("body", "query", "path", "payload")]
    found = sent.get(place[0]) if place else None
    return Problem(field=".".join(place), found=_shown(found), allowed=str(error.get("msg", "")))


def _facts(fields: Mapping[str, list[str]], sent: Mapping[str, Any]) -> list[Problem]:
    """Labels of the form back to the names of the call."""
    models: tuple[Any, ...] = (Value, ProgressReport)
    names = {str(one.verbose_name): one.name for model in models for one in model._meta.concrete_fields}
    return [
        Problem(field=name, found=_shown(sent.get(name)), allowed="；".join(told))
        for label, told in fields.items()
        for name in (names.get(label, label),)
    ]


def _sent(request: HttpRequest) -> Mapping[str, Any]:
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _shown(found: Any) -> str:
    if found is None:
        return ""
    return (found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=str))[:200]
