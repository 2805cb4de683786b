"""The organs that issue papers, and their words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.pages.public import answer_form, page_or_part
from qingshan.papers import actions, queries
from qingshan.papers.errors import PaperRefusal
from qingshan.papers.forms import OrganForm
from qingshan.papers.views.drafting import organs_of
from qingshan.papers.views.frame import home_of


@needs("papers.issue")
def listed(request: HttpRequest) -> HttpResponse:
    """Show the organs for which the person issues."""
    return page_or_part(request, "papers/organs", {"organs": queries.organs_for(user=request.user)})


@needs("papers.issue")
def register(request: HttpRequest) -> HttpResponse:
    """Register how an organ signs and numbers, or change that."""
    home, organs = home_of(request), organs_of(request, "issue")
    names = {key: name for key, (name, _one) in organs.items()}
    first = next(iter(names.values()), "")
    begin = {"name": first, "sign": _("%s文件") % first}
    form = OrganForm(request.POST or None, organs=names, initial=begin)

    def act(data: Any) -> Any:
        return actions.register_organ(
            district=home, department=organs[data["organ"]][1], name=data["name"], sign=data["sign"],
            word=data["word"], used_up_to=data["used_up_to"] or 0, by=request.user, at=timezone.now(),
        )  # fmt: skip

    context = {
        "title": _("登记机关代字"),
        "subtitle": str(home),
        "simulated": home.simulated,
        "cancel": reverse("papers:organs"),
    }
    return answer_form(
        request, form, act, template="papers/form", context=context, refusals=(PaperRefusal,),
        done=reverse("papers:organs"), said=_("机关代字已登记。"),
    )  # fmt: skip
