"""Errors in the house's form: what is wrong, and for each field the value found and the value allowed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from qingshan.accounts.public import Forbidden
from qingshan.kernel.flow import IllegalMove
from qingshan.plans.api.shapes import allowed, place_of
from qingshan.plans.api.tokens import ReadOnlyToken
from qingshan.plans.errors import BadFacts, LedgerRefusal
from qingshan.plans.models import ProgressReport, Value

__all__ = ["Problem", "Refusal", "install_problems"]


class Problem(Schema):
    """One field that cannot be taken as it is; ``row`` where a call sends several, counted from one."""

    field: str
    found: str
    allowed: str
    row: int | None = None


class Refusal(Schema):
    """Why a call was refused; ``error`` is for programs, ``message`` for people."""

    error: str
    message: str
    problems: list[Problem] = []


def install_problems(api: NinjaAPI) -> None:
    """Let every error of the API be answered in one form."""
    for kind, (status, refusal) in _ANSWERS.items():
        api.add_exception_handler(kind, _handler(api, status, refusal))
    api.add_exception_handler(HttpError, _handler(api, 400, _unreadable))


def _handler(api: NinjaAPI, status: int, refusal: Callable[[HttpRequest, Any], Refusal]) -> Any:
    def answer(request: HttpRequest, error: Any) -> HttpResponse:
        return api.create_response(request, refusal(request, error).model_dump(), status=status)

    return answer


def _not_shaped(request: HttpRequest, error: Any) -> Refusal:
    sent = {**request.GET.dict(), **_sent(request)}
    problems = [_shaped(one, sent) for one in error.errors]
    return Refusal(error="bad_shape", message=_("请求内容不符合格式。"), problems=problems)


def _bad_facts(request: HttpRequest, error: Any) -> Refusal:
    return Refusal(error="bad_facts", message=str(error), problems=_facts(error.fields, _sent(request)))


def _refused(request: HttpRequest, error: Any) -> Refusal:
    return Refusal(error=type(error).__name__, message=str(error))


def _unreadable(request: HttpRequest, error: Any) -> Refusal:
    """The framework itself raises this for one thing: a body that is no JSON."""
    problem = Problem(
        field="", found=_shown(request.body.decode("utf-8", "replace")), allowed=_("JSON 对象，UTF-8 编码")
    )
    return Refusal(error="bad_shape", message=_("请求内容不是 JSON。"), problems=[problem])


def _unknown(request: HttpRequest, error: Any) -> Refusal:
    return Refusal(error="no_token", message=_("没有令牌，或令牌已失效、已撤销。"))


def _plainly(word: str) -> Callable[[HttpRequest, Any], Refusal]:
    return lambda request, error: Refusal(error=word, message=str(error))


_ANSWERS: dict[Any, tuple[int, Callable[[HttpRequest, Any], Refusal]]] = {
    ValidationError: (422, _not_shaped),
    BadFacts: (422, _bad_facts),
    ReadOnlyToken: (403, _plainly("read_only_token")),
    LedgerRefusal: (409, _refused),
    IllegalMove: (409, _refused),
    Forbidden: (403, _plainly("forbidden")),
    Http404: (404, _plainly("not_found")),
    AuthenticationError: (401, _unknown),
}


def _shaped(error: Mapping[str, Any], sent: Any) -> Problem:
    row, field = place_of(error)
    path: list[int | str] = [*([] if row is None else [row - 1]), *field.split(".")]
    return Problem(row=row, field=field, found=_shown(_at(sent, path)), allowed=allowed(error))


def _at(sent: Any, path: list[int | str]) -> Any:
    """What stands at a place of what was sent; None where there is no such place."""
    for part in path:
        try:
            sent = sent[part]
        except (KeyError, IndexError, TypeError):
            return None
    return sent


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
