"""Wordings and channels: for whoever keeps the bureau's messages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.messages import actions, queries, wording
from qingshan.messages.forms import EndpointForm, WordingForm
from qingshan.messages.models import Endpoint
from qingshan.pages.public import answer_form, page_or_part

MANAGE = "messages.manage"


@needs(MANAGE)
def templates(request: HttpRequest) -> HttpResponse:
    """Show every template with its wordings."""
    own = queries.own_wordings()
    rows = [
        (one, [(code, label, own.get((one.name, code))) for code, label in settings.LANGUAGES])
        for one in sorted(wording.templates().values(), key=lambda one: one.name)
    ]
    return page_or_part(request, "messages/templates", {"rows": rows})


@needs(MANAGE)
def template(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """Change the words of a template in one language."""
    known = wording.templates().get(name)
    if known is None or language not in known.texts:
        raise Http404
    user: Any = request.user
    own = queries.own_wordings().get((name, language))
    now = own or known.texts[language]
    return answer_form(
        request,
        WordingForm(request.POST or None, initial={"subject": now.subject, "body": now.body}),
        lambda given: actions.set_wording(
            template=name, language=language, **given, by=user, at=timezone.now()
        ),
        template="messages/template",
        context={
            "template": known,
            "ours": known.texts[language],
            "own": own,
            "spoken": dict(settings.LANGUAGES)[language],  # the frame holds ``language``
            "words": [f"{{{word}}}" for word in sorted(known.words)],
        },
        done=reverse("messages:templates"),
        said=_("已保存，之后发出的消息使用新的文字。"),
    )


@needs(MANAGE)
def channels(request: HttpRequest) -> HttpResponse:
    """Show the ways out of the house, and what could not be sent."""
    context = {
        "email_enabled": settings.EMAIL_ENABLED,
        "email_host": settings.EMAIL_HOST,
        "endpoints": queries.endpoints(),
        "failed": queries.failed_sendings()[:100],
    }
    return page_or_part(request, "messages/channels", context)


@needs(MANAGE)
def endpoint(request: HttpRequest, endpoint_id: int | None = None) -> HttpResponse:
    """Add or change an address of the message platform."""
    user: Any = request.user
    found = get_object_or_404(Endpoint, pk=endpoint_id) if endpoint_id else Endpoint()
    form = EndpointForm(request.POST or None, instance=found)

    def save(_given: Any) -> Endpoint:
        return actions.save_endpoint(endpoint=form.instance, by=user, at=timezone.now())

    response = answer_form(
        request,
        form,
        save,
        template="messages/endpoint",
        context={"endpoint": found},
        done=reverse("messages:channels"),
        said=_("已保存。"),
    )
    if response.status_code == HTTPStatus.FOUND and form.made_secret:
        said = _("签名密钥（只显示这一次，请交给消息平台）：%(secret)s")
        messages.warning(request, said % {"secret": form.made_secret})
    return response
