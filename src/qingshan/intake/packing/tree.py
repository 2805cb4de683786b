"""The body of a plan: the headings that accepted measures stand under, and the measures in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qingshan.intake.models import Finding, Intake
from qingshan.intake.packing.codes import Codes
from qingshan.intake.packing.places import place_of
from qingshan.intake.taking import label_and_title
from qingshan.plans.public import KnownRecord, pack_shapes

__all__ = ["body_of", "innermost"]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of the outline, with the whole passage under it."""

    index: int
    title: str
    level: int
    start: int
    end: int
    until: int


def body_of(
    intake: Intake,
    measures: Sequence[tuple[Finding, str]],
    *,
    codes: Codes,
    known: Sequence[KnownRecord],
    document: str,
) -> list[pack_shapes.Measure]:
    """Return the nodes of a plan's body in reading order: accepted measures and the headings above them.

    Parameters
    ----------
    measures : sequence of (finding, code)
        The accepted measures.
    known : sequence of KnownRecord
        What the ledger holds of this plan, whose headings keep their codes.
    """
    outline = _outline(intake)
    headings: dict[int, pack_shapes.Measure] = {}
    own = {one.code: one.name for one in known if one.kind == "measure" and one.within != "measure"}
    nodes = []
    for finding, code in measures:
        parent: pack_shapes.Measure | None = None
        for heading in _above(outline, finding):
            if heading.index not in headings:
                given = _code(heading, own, codes)
                role = finding.facts["role"]
                headings[heading.index] = _section(intake, heading, given, parent, role, document)
            parent = headings[heading.index]
        nodes.append(_measure(intake, finding, code, parent, document))
    return sorted([*headings.values(), *nodes], key=lambda one: (one.extent[0], -one.extent[1], one.kind))


def _code(heading: _Heading, own: dict[str, str], codes: Codes) -> str:
    """The code that the heading has in the ledger, at its place or by its title; else a new one."""
    title, wanted = label_and_title(heading.title)[1], f"H{heading.index + 1:03d}"
    same = [code for code, name in own.items() if name == title]
    kept = next((code for code in same if code == f"{codes.prefix}{wanted}"), next(iter(same), ""))
    if not kept:
        return codes.new(wanted)
    del own[kept]
    return codes.keep(kept)


def innermost(nodes: Sequence[pack_shapes.Measure], place: int) -> str | None:
    """Return the code of the smallest node that holds a place."""
    around = [one for one in nodes if one.extent[0] <= place < one.extent[1]]
    return min(around, key=lambda one: one.extent[1] - one.extent[0]).code if around else None


def _outline(intake: Intake) -> list[_Heading]:
    found = []
    for index, one in enumerate(intake.outline):
        below = (later["start"] for later in intake.outline[index + 1 :] if later["level"] <= one["level"])
        until = next(below, len(intake.text))
        found.append(_Heading(index, one["title"], one["level"], one["start"], one["end"], until))
    return found


def _above(outline: Sequence[_Heading], finding: Finding) -> Iterator[_Heading]:
    """The headings of a measure's path from the chapter down, each around the measure, inside the last."""
    inside: _Heading | None = None
    for title in finding.facts["path"]:
        named = [
            one
            for one in outline
            if one.title == title
            and one.start <= finding.start
            and finding.end <= one.until
            and (inside is None or (one.index > inside.index and one.until <= inside.until))
        ]
        if named:
            inside = named[-1]
            yield inside


def _section(
    intake: Intake, heading: _Heading, code: str, parent: pack_shapes.Measure | None, role: str, document: str
) -> pack_shapes.Measure:
    label, title = label_and_title(heading.title)
    kind = pack_shapes.MeasureKind.CHAPTER if parent is None else pack_shapes.MeasureKind.SECTION
    return pack_shapes.Measure(
        code=code, kind=kind, role=pack_shapes.MeasureRole(role), number=label, title=title,
        parent=None if parent is None else parent.code, departments=(), summary="",
        place=place_of(intake.text, heading.start, heading.end, document),
        extent=(heading.start, heading.until),
    )  # fmt: skip


def _measure(
    intake: Intake, finding: Finding, code: str, parent: pack_shapes.Measure | None, document: str
) -> pack_shapes.Measure:
    facts: Mapping[str, Any] = finding.facts
    # What stands under no heading is a chapter of its own: nothing else may be without a parent.
    kind = pack_shapes.MeasureKind.CHAPTER if parent is None else pack_shapes.MeasureKind.MEASURE
    return pack_shapes.Measure(
        code=code, kind=kind, role=pack_shapes.MeasureRole(facts["role"]), number=facts["label"],
        title=facts["title"], parent=None if parent is None else parent.code,
        departments=tuple(facts["departments"]), summary=facts["summary"],
        place=place_of(intake.text, finding.start, finding.end, document),
        extent=(finding.start, finding.end),
    )  # fmt: skip
