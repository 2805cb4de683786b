"""Checks data files before they are trusted: shape, dates that overlap or leave a hole, doubtful values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from qingshan.standards.editions import Edition, Phase, Verified
from qingshan.standards.loader import BadDataFile, read_edition

__all__ = ["Finding", "check", "check_files"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check noticed; an error stops the check from passing, a remark does not."""

    edition: str
    text: str
    is_error: bool = True


def check_files(paths: Iterable[Path]) -> tuple[tuple[Edition, ...], tuple[Finding, ...]]:
    """Return the editions that can be read from these files, and what is wrong with the others."""
    editions, findings = [], []
    for path in paths:
        try:
            editions.append(read_edition(path))
        except (BadDataFile, OSError) as problem:
            findings.append(Finding(path.name, str(problem)))
    return tuple(editions), tuple(findings)


def check(editions: Iterable[Edition]) -> tuple[Finding, ...]:
    """Return what is wrong with a set of editions, and what in them is not verified.

    Errors: two editions of a standard in force on one day; a phase outside its edition;
    a day of an edition in no phase or in two. Remarks: a hole between two editions;
    values that nobody has confirmed.
    """
    known = tuple(editions)
    findings: list[Finding] = []
    for standard in dict.fromkeys(edition.standard for edition in known):
        same = sorted((e for e in known if e.standard == standard), key=lambda e: e.first_on)
        findings.extend(_neighbours(same))
    for edition in known:
        findings.extend(_phase_findings(edition))
        findings.extend(_unverified(edition))
    return tuple(findings)


def _neighbours(editions: list[Edition]) -> Iterator[Finding]:
    for before, after in pairwise(editions):
        if before.last_on is None or before.last_on >= after.first_on:
            yield Finding(
                before.code, f"is still in force on {after.first_on}, the first day of {after.code}"
            )
        elif before.last_on + timedelta(days=1) < after.first_on:
            text = f"ended on {before.last_on}; {after.code} starts only on {after.first_on}"
            yield Finding(before.code, text, is_error=False)


def _phase_findings(edition: Edition) -> Iterator[Finding]:
    phases = sorted(edition.phases, key=lambda phase: phase.first_on)
    if not phases:
        return
    if phases[0].first_on != edition.first_on:
        yield Finding(
            edition.code, f"its first phase starts on {phases[0].first_on}, not on {edition.first_on}"
        )
    if phases[-1].last_on != edition.last_on:
        yield Finding(edition.code, f"its last phase ends on {phases[-1].last_on}, not on {edition.last_on}")
    for before, after in pairwise(phases):
        if not _adjoin(before, after):
            yield Finding(edition.code, f"phase {after.name} does not start on the day after {before.name}")


def _adjoin(before: Phase, after: Phase) -> bool:
    return before.last_on is not None and before.last_on + timedelta(days=1) == after.first_on


def _unverified(edition: Edition) -> Iterator[Finding]:
    for cell in edition.cells:
        if cell.verified is Verified.UNVERIFIED:
            yield Finding(edition.code, f"{cell.label} = {cell.value} is not verified", is_error=False)
