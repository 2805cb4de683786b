"""Places in a source text, shown as the passage where the text is kept here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qingshan.plans.models import PlanSource

__all__ = ["Passage", "passage_of"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage (出处): characters [start, end) of a text; ``text`` is empty where the text is not kept."""

    title: str
    start: int
    end: int
    anchor: str
    text: str = ""


def passage_of(*, record: Any, plan_id: int) -> Passage | None:
    """Return the passage that a record stands in; None where it has no place.

    Parameters
    ----------
    record
        Anything with ``place_start``, ``place_end``, ``place_anchor``, ``place_document``.
    """
    if record.place_start is None or record.place_end is None:
        return None
    sources = PlanSource.objects.filter(plan_id=plan_id)
    named = sources.filter(code=record.place_document) if record.place_document else sources.filter(main=True)
    source = named.first()
    return Passage(
        title=source.title if source else record.place_document,
        start=record.place_start,
        end=record.place_end,
        anchor=record.place_anchor,
        text=source.text[record.place_start : record.place_end] if source else "",
    )
