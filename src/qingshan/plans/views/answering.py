"""How a form of a plan's pages is answered: one home for what all of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qingshan.pages.public import answer_form
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.models import PlanVersion
from qingshan.plans.views.frame import frame

__all__ = ["answered"]


def answered(
    request: HttpRequest,
    plan: PlanVersion,
    form: Any,
    act: Callable[[Any], Any],
    *,
    title: str | Promise,
    back: str,
    subtitle: str = "",
    said: str = "",
    done: str | Callable[[Any], str] = "",
    **shown: Any,
) -> HttpResponse:
    """Show a form on a plan's page, or carry out what it asks; the ledger's refusals go onto the form.

    Parameters
    ----------
    back : str
        Where cancelling leads, and success too unless ``done`` says otherwise.
    said : str
        What the next page says; that it is saved, when nothing is given.
    shown
        What the page needs besides: ``submit`` (label of the button), ``intro`` (a line above the form).
    """
    return answer_form(
        request,
        form,
        act,
        template="plans/form",
        context=frame(request, plan, title=title, subtitle=subtitle, cancel=back, **shown),
        done=done or back,
        said=said or _("已保存。"),
        refusals=(LedgerRefusal, ValueError),
    )
