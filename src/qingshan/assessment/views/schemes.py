"""The schemes: which there are, one in plain words with its full text, and adding one of the bureau's own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs, scope_of
from qingshan.areas.public import District
from qingshan.assessment import actions, policies
from qingshan.assessment.errors import AssessmentRefusal
from qingshan.assessment.explained import scheme_in_words
from qingshan.assessment.forms import SchemeForm
from qingshan.assessment.schemes import Kept, schemes_for
from qingshan.pages.public import answer_form, as_of, page_or_part
from qingshan.plans import public as plans


@needs("plans.view")
def listed(request: HttpRequest) -> HttpResponse:
    """Show the schemes the person may evaluate by, or is evaluated by."""
    may_add = can(request.user, policies.CAPABILITIES["organise"])
    context = {
        "schemes": [(kept, scheme_in_words(kept.scheme)) for kept in _seen(request).values()],
        "may_add": may_add,
    }
    return page_or_part(request, "assessment/schemes", context)


@needs("plans.view")
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one scheme in plain words, and its full text."""
    kept = _seen(request).get(code)
    if kept is None:
        raise Http404
    context = {"kept": kept, "words": scheme_in_words(kept.scheme), "title": kept.scheme.name}
    return page_or_part(request, "assessment/scheme", context)


@needs("assessment.organise")
def new(request: HttpRequest) -> HttpResponse:
    """Add a scheme of the bureau's own."""
    district = _district(request)
    begin = _seen(request).get(request.GET.get("like", ""))
    form = SchemeForm(request.POST or None, initial={"text": begin.text if begin else ""})

    def act(data: Any) -> Any:
        return actions.add_scheme(district=district, text=data["text"], by=request.user, at=timezone.now())

    context = {
        "title": _("登记评估方案"), "submit": _("检查并登记"), "cancel": reverse("assessment:schemes"),
        "simulated": district.simulated, "draft": "scheme",
    }  # fmt: skip
    return answer_form(
        request, form, act, template="assessment/form", context=context,
        refusals=(AssessmentRefusal, plans.PackError), said=_("方案已登记，可用于评估。"),
        done=_page,
    )  # fmt: skip


def _page(made: Any) -> str:
    return reverse("assessment:scheme", args=[made.code]) if made else reverse("assessment:schemes")


def _seen(request: HttpRequest) -> dict[str, Kept]:
    """The shipped schemes, and those of every district of which the person sees a plan."""
    versions = plans.visible_versions(user=request.user, on=as_of(request))
    districts = {one.subject.district_id for one in versions} or {0}
    return {kept.code: kept for district in sorted(districts) for kept in schemes_for(district)}


def _district(request: HttpRequest) -> District:
    """Where the person organises: their own district, else the one they hold the right in."""
    scope = scope_of(request.user, capability=policies.CAPABILITIES["organise"])
    own = getattr(getattr(request.user, "department", None), "district", None)
    if own is not None and (scope.everything or own.pk in scope.whole_district_ids):
        return own  # type: ignore[no-any-return]
    found = District.objects.filter(pk__in=scope.whole_district_ids).order_by("code").first()
    if found is None:
        raise Http404
    return found
