"""Where a record of a plan came from and into what it went, in both directions (接续关系).

A link is shown to whoever sees both of its records, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.succession.models import Carried
from qingshan.succession.vocabulary import Decision, ItemKind

__all__ = ["Link", "carried_from", "family_of", "links_of", "origins_of"]


@dataclass(frozen=True, slots=True)
class Link:
    """A record of a new plan and the one it was carried from, with names and addresses of both.

    ``value_name`` and ``value_url`` are the value a baseline was computed from; empty where there is none.
    """

    carried: Carried
    kind: ItemKind
    decision: Decision
    origin_name: str
    origin_url: str
    result_name: str
    result_url: str
    value_name: str = ""
    value_url: str = ""

    @property
    def left(self) -> Figure | None:
        """The money that was left when a project was carried; None for anything else, or where unknown."""
        yuan = self.carried.left_yuan
        if yuan is None:
            return None
        day = beijing_day(self.carried.opening.decided_at) if self.carried.opening.decided_at else None
        simulated = self.carried.plan.simulated
        return Figure(plans.wan(yuan), _("万元"), day, _("总投资减已支付"), simulated, self.origin_url)


def origins_of(*, ref: Ref, user: Any, on: date) -> list[Link]:
    """Return the records that a record was carried from, the nearest first, as far as somebody sees them."""
    found: list[Carried] = []
    step = str(ref)
    while True:
        link = _standing().filter(result=step).first()
        if link is None or link in found:
            break
        found.append(link)
        step = link.origin
    return _seen(found, user, on)


def carried_from(*, plan: Any, user: Any, on: date) -> list[Link]:
    """Return what went from a plan into its next ones, as far as somebody sees both sides.

    Parameters
    ----------
    plan : Plan
    """
    return _seen(_standing().filter(plan=plan), user, on)


def links_of(*, plan: Any, user: Any, on: date) -> list[Link]:
    """Return the links of a plan in both directions: what it was carried from, and into what it went."""
    return _seen(_standing().filter(Q(plan=plan) | Q(successor=plan)), user, on)


def family_of(ref: Ref) -> set[str]:
    """Return the names of all records on the line of one, before and after it, that one included."""
    found, fresh = {str(ref)}, {str(ref)}
    while fresh:
        rows = _standing().filter(Q(origin__in=fresh) | Q(result__in=fresh)).values_list("origin", "result")
        fresh = {name for pair in rows for name in pair} - found
        found |= fresh
    return found


def _standing() -> QuerySet[Carried]:
    """Links that were not undone."""
    return Carried.objects.filter(undone_at__isnull=True).select_related("plan", "successor", "opening")


def _seen(links: Iterable[Carried], user: Any, on: date) -> list[Link]:
    given = list(links)
    names: dict[str, tuple[str, str]] = {}
    for plan in {side.pk: side for one in given for side in (one.plan, one.successor)}.values():
        names |= _names(plan, user, on)
    shown = [one for one in given if one.origin in names and one.result in names]
    values = plans.names_of("value", [Ref.read(one.value).key for one in shown if one.value])
    return [
        Link(
            one, ItemKind(one.kind), Decision(one.decision), *names[one.origin], *names[one.result],
            *(values.get(Ref.read(one.value).key, ("", "")) if one.value else ("", "")),
        )
        for one in shown
    ]  # fmt: skip


def _names(plan: Any, user: Any, on: date) -> dict[str, tuple[str, str]]:
    """Name and address of every record of a plan that somebody sees, by its ref; a few queries for all."""
    version = plans.visible_versions(user=user, on=on).filter(subject=plan).first()
    if version is None:
        return {}
    told = {"user": user, "plan": version, "on": on}
    found: dict[str, tuple[str, str]] = {}
    for rows, name, address in (
        (plans.indicators_for(**told), "name", plans.indicator_url),
        (plans.projects_for(**told), "name", plans.project_url),
        (plans.measures_for(**told), "title", plans.measure_url),
        (plans.commitments_for(**told), "metric", plans.commitment_url),
    ):
        for row in rows:
            code = row.subject.code
            found[str(row.subject.ref)] = (str(getattr(row, name)), address(plan.code, code))
    for row in plans.provisions_for(**told):
        found[str(row.subject.ref)] = (str(row), plans.provisions_url(plan.code))
    return found
