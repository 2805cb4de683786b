"""The administration of districts. This room asks for the right; ``areas`` does the work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.forms.areas import DistrictChangeForm, DistrictEndForm, DistrictForm
from qingshan.accounts.policies import needs
from qingshan.areas import public as areas
from qingshan.history import public as history
from qingshan.pages.public import answer_form, as_of, page_or_part

COUNTY, VILLAGE = 3, 5


@needs("areas.manage")
def district_list(request: HttpRequest) -> HttpResponse:
    """Show the tree of districts on the as-of date: to counties, or all below one district."""
    day = as_of(request)
    chosen = request.GET.get("top", "")
    top = get_object_or_404(areas.District, code=chosen) if chosen else None
    nodes = areas.district_tree(day, top=top, deepest=VILLAGE if top else COUNTY)
    return page_or_part(request, "accounts/districts", {"nodes": nodes, "top": top})


@needs("areas.manage")
def district(request: HttpRequest, district_id: int) -> HttpResponse:
    """Show one district: what it is called, what stands below it, its departments, its history."""
    subject = get_object_or_404(areas.District, pk=district_id)
    day = as_of(request)
    shown = {
        "subject": subject,
        "held": areas.district_on(subject, day),
        "path": areas.district_path(subject, day),
        "departments": areas.department_tree(subject, day),
        "successions": subject.successions.select_related("later"),
        "predecessions": subject.predecessions.select_related("earlier"),
        "steps": history.steps(subject.versions.select_related("parent", "recorded_by")),
    }
    return page_or_part(request, "accounts/district", shown)


@needs("areas.manage")
def new_district(request: HttpRequest) -> HttpResponse:
    """Enter a district."""
    by: Any = request.user
    form = DistrictForm(
        request.POST or None,
        initial={"valid_from": timezone.localdate(), "parent": request.GET.get("parent")},
    )
    return answer_form(
        request,
        form,
        lambda given: areas.create_district(**given, by=by, at=timezone.now()),
        template="accounts/district_form",
        context={"title": _("新增辖区")},
        done=lambda made: _address(made.pk if made else None),
        said=_("辖区已登记。"),
    )


@needs("areas.manage")
def revise_district(request: HttpRequest, district_id: int) -> HttpResponse:
    """Change a district from a day on."""
    subject = get_object_or_404(areas.District, pk=district_id)
    newest: Any = subject.versions.order_by("-number").first()
    by: Any = request.user
    words = {name: getattr(newest, name) for name in ("code", "name", "short_name", "parent")}
    form = DistrictChangeForm(
        request.POST or None,
        initial={**words, "valid_from": timezone.localdate(), "seen_version": newest.number},
    )

    def do(given: Mapping[str, Any]) -> Any:
        return areas.revise_district(
            district=subject,
            changes={name: given[name] for name in words},
            valid_from=given["valid_from"],
            by=by,
            at=timezone.now(),
            reason=given["reason"],
            seen=given["seen_version"],
        )

    return answer_form(
        request,
        form,
        do,
        template="accounts/district_form",
        context={"title": _("变更辖区"), "subject": subject},
        done=reverse("accounts:district", args=[district_id]),
        said=_("变更已登记，旧名称仍可按日期查到。"),
    )


@needs("areas.manage")
def end_district(request: HttpRequest, district_id: int) -> HttpResponse:
    """Merge a district into another, or dissolve it."""
    subject = get_object_or_404(areas.District, pk=district_id)
    by: Any = request.user

    def do(given: Mapping[str, Any]) -> None:
        how = {name: given[name] for name in ("on", "document", "note")}
        if given["into"] is not None:
            areas.merge_districts(districts=[subject], into=given["into"], by=by, at=timezone.now(), **how)
        else:
            areas.dissolve_district(district=subject, by=by, at=timezone.now(), **how)

    return answer_form(
        request,
        DistrictEndForm(request.POST or None, initial={"on": timezone.localdate()}),
        do,
        template="accounts/district_form",
        context={"title": _("撤并辖区"), "subject": subject},
        done=reverse("accounts:district", args=[district_id]),
        said=_("撤并已登记。"),
    )


def _address(district_id: int | None) -> str:
    """The page of a district; of all of them where a form sent twice made none."""
    return reverse("accounts:district", args=[district_id]) if district_id else reverse("accounts:districts")
