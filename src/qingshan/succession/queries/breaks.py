"""Where an indicator stops being counted the way it was (口径变化): entered, revised, redefined, or derived.

Each break says where it comes from. Entered: a planner wrote it down with reason and document. Revised: the
catalogue's definition has a later version. Redefined: the next plan took the indicator over under another
definition. Derived: two printed rows give another unit, scope or condition; the ledger knows no more than
that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.plans import public as plans
from qingshan.succession.models import Carried, DefinitionChange
from qingshan.succession.vocabulary import ChangeKind, Decision

__all__ = ["Break", "BreakSource", "breaks_entered", "epoch"]


class BreakSource(TextChoices):
    """Where it is known from that a definition changed (口径变化来源)."""

    ENTERED = "entered", gettext_lazy("人工登记")
    REVISED = "revised", gettext_lazy("指标库修订")
    REDEFINED = "redefined", gettext_lazy("接续时重新定义")
    DERIVED = "derived", gettext_lazy("由各规划所载推定")


@dataclass(frozen=True, slots=True)
class Break:
    """A change of definition: the first year counted the new way, what changed, why, and who says so.

    A change that only concerns one district or plan names it in ``where``. ``change`` is the entered record,
    which may be taken back.
    """

    year: int
    what: str
    before: str
    after: str
    reason: str
    source: BreakSource
    document: str = ""
    where: str = ""
    change: DefinitionChange | None = None


def breaks_entered(*, entry: Any, refs: Iterable[str], on: date) -> list[Break]:
    """Return the changes that hold for every line of an indicator, by year.

    Parameters
    ----------
    entry : CatalogueEntry or None
        The catalogue's entry with its history; None for an indicator that stands in no catalogue.
    refs : iterable of str
        The indicators concerned, by their names across rooms: redefinitions between them count.
    """
    found = [*_redefined(set(refs))]
    if entry is not None:
        found += [*_entered(entry.version.subject, on), *_revised(entry)]
    return sorted(found, key=lambda one: one.year)


def epoch(breaks: Sequence[Break], year: int) -> int:
    """Return the number of the definition that a year is counted by: how many changes lie before or in it."""
    return sum(one.year <= year for one in breaks)


def _entered(catalogue: Any, on: date) -> Iterator[Break]:
    rows = DefinitionChange.objects.filter(
        catalogue=catalogue, withdrawn_at__isnull=True, entered_at__date__lte=on
    )
    for one in rows.select_related("entered_by__department"):
        yield Break(
            one.year, str(ChangeKind(one.kind).label), one.before, one.after, one.reason, BreakSource.ENTERED,
            one.document, change=one,
        )  # fmt: skip


#: Fields of the catalogue whose change is a change of what is counted.
_MEANING = ("definition", "formula_words", "formula_symbols", "unit", "direction")


def _revised(entry: plans.CatalogueEntry) -> Iterator[Break]:
    versions = sorted((step.version for step in entry.steps), key=lambda one: one.number)
    for before, after in pairwise(versions):
        for name in _MEANING:
            was, became = getattr(before, name), getattr(after, name)
            if was != became:
                what = str(after._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
                yield Break(after.valid_from.year, what, was, became, after.reason, BreakSource.REVISED)


def _redefined(refs: set[str]) -> Iterator[Break]:
    links = Carried.objects.filter(
        decision=Decision.REDEFINE, undone_at__isnull=True, origin__in=refs, result__in=refs
    ).select_related("opening", "plan", "successor")
    choices = {
        (one.opening_id, one.origin): one
        for opening in {link.opening for link in links}
        for one in opening.choices.filter(decision=Decision.REDEFINE)
    }
    for link in links:
        choice = choices.get((link.opening_id, link.origin))
        yield Break(
            link.opening.period_from, _("定义"), choice.name if choice else "",
            choice.new_definition if choice else "", choice.reason or choice.why if choice else "",
            BreakSource.REDEFINED, where=link.opening.short_name,
        )  # fmt: skip
