"""What records of this room are called, for rooms that hold only their names across rooms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.funds import policies
from qingshan.funds.models import GrantBid, MoneyEntry, RaisedWarning, ReserveVersion
from qingshan.kernel.refs import Ref
from qingshan.workflow.public import Subject

__all__ = ["names_of", "subjects_of"]


def subjects_of(user: Any, refs: Iterable[Ref], on: date) -> Mapping[Ref, Subject]:
    """Return those of some warnings that somebody sees, described: what a task of supervision comes from."""
    wanted = {int(ref.key): ref for ref in refs if ref.kind == "warning" and ref.key.isdecimal()}
    rows = RaisedWarning.objects.filter(pk__in=wanted).select_related("project__plan", "bid")
    return {
        wanted[one.pk]: Subject(
            kind=_("资金预警"), name=one.says, url=_page(one), district_id=one.district_id, may_assign=False
        )
        for one in rows
        if policies.may_see_warning(user, one)
    }


def _page(warning: RaisedWarning) -> str:
    if warning.project is not None:
        return reverse("funds:project", args=[warning.project.plan.code, warning.project.code])
    return reverse("funds:bid", args=[warning.bid.code]) if warning.bid else ""


def names_of(kind: str, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Return name and address of records of one kind by their keys; those that are gone have none."""
    wanted = [int(key) for key in keys if key.isdecimal()]
    if kind == "reserve":
        rows = ReserveVersion.objects.current().filter(subject_id__in=wanted).select_related("subject")
        return {
            str(one.subject_id): (one.name, reverse("funds:entry", args=[one.subject.code])) for one in rows
        }
    if kind == "bid":
        bids = GrantBid.objects.filter(pk__in=wanted)
        return {str(one.pk): (one.call, reverse("funds:bid", args=[one.code])) for one in bids}
    if kind == "entry":
        entries = MoneyEntry.objects.filter(pk__in=wanted).select_related("project__plan")
        return {
            str(one.pk): (str(one), reverse("funds:project", args=[one.project.plan.code, one.project.code]))
            for one in entries
        }
    if kind == "warning":
        found = RaisedWarning.objects.filter(pk__in=wanted).select_related("project__plan", "bid")
        return {str(one.pk): (one.says, _page(one)) for one in found}
    return {}
