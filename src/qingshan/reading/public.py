"""The front door of `reading`: a document in, findings out.

Callers may hand in bytes or text and take what is returned; nothing here keeps state, opens a
network connection or reads the clock. LibreOffice, where a .doc needs it, works in a temporary folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from qingshan.reading.commitments.read import read_commitments
from qingshan.reading.confidence import with_confidence
from qingshan.reading.conflicts.across import AcrossConflict, Relation, compare
from qingshan.reading.conflicts.read import find_conflicts
from qingshan.reading.conflicts.statements import Reading, Statement, metric_of, statements
from qingshan.reading.duties.read import read_duties
from qingshan.reading.errors import Unreadable
from qingshan.reading.findings import (
    Commitment,
    Conflict,
    Findings,
    Indicator,
    Printed,
    Project,
    Quantity,
    Section,
    Target,
    as_json,
)
from qingshan.reading.formats.kinds import READERS, kind_of_file
from qingshan.reading.indicators.rows import read_indicators
from qingshan.reading.indicators.values import Meaning, meaning
from qingshan.reading.layout import Layout, lay_out
from qingshan.reading.measures import read_measures
from qingshan.reading.missing import find_missing
from qingshan.reading.plan import describe
from qingshan.reading.projects.rows import read_projects
from qingshan.reading.text import Span, fold, squeeze
from qingshan.reading.zoning.read import read_zoning

__all__ = [
    "LARGEST_FILE",
    "AcrossConflict",
    "Checked",
    "Commitment",
    "Conflict",
    "Document",
    "Findings",
    "Indicator",
    "Meaning",
    "Printed",
    "Project",
    "Quantity",
    "Relation",
    "Statement",
    "Target",
    "Unreadable",
    "as_json",
    "check",
    "compare",
    "extract",
    "meaning",
    "read_document",
    "statement",
    "statements_of",
]

LARGEST_FILE = 60 * 1024 * 1024  # bytes; plans with their pictures stay below
LONGEST_TEXT = 3_000_000  # characters; the longest plan known has a twentieth of it
_PLAN_WORDS = ("规划", "目标", "环境", "生态", "污染", "治理", "指标", "保护", "建设", "措施")
_FEWEST_PLAN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text, and the kind of file it was. Spans count characters of ``text``."""

    text: str
    kind: str


def read_document(data: bytes) -> Document:
    """Read a file into text.

    Parameters
    ----------
    data : bytes
        The file as it came. Its kind is told from the bytes.

    Returns
    -------
    Document
        For TXT the file's own characters (line ends as \\n); otherwise text written by the format reader.

    Raises
    ------
    Unreadable
        With one sentence in Chinese for the person who chose the file.
    """
    if len(data) > LARGEST_FILE:
        raise Unreadable("too_long", f"{len(data) // 1024 // 1024} MB", f"{LARGEST_FILE // 1024 // 1024} MB")
    kind = kind_of_file(data)
    if kind == "encrypted":
        raise Unreadable("encrypted")
    text = READERS[kind](data)
    if len(text) > LONGEST_TEXT:
        raise Unreadable("too_long", f"{len(text)} 字", f"{LONGEST_TEXT} 字")
    if not text.strip():
        raise Unreadable("empty")
    if sum(word in fold(squeeze(text[:200_000])) for word in _PLAN_WORDS) < _FEWEST_PLAN_WORDS:
        raise Unreadable("not_a_plan")
    return Document(text, kind)


def extract(text: str) -> Findings:
    """Read the decoded text of a plan.

    Parameters
    ----------
    text : str
        The document's text; every span returned counts characters of it.

    Returns
    -------
    Findings
        In reading order. What is announced but absent is in ``missing``, never filled in.
    """
    layout = lay_out(text)
    plan = describe(layout)
    indicators = read_indicators(layout.grids, plan)
    projects = read_projects(text, layout.grids)
    commitments = read_commitments(layout, plan)
    found = Findings(
        plan=plan,
        sections=tuple(Section(h.level, h.title, h.span) for h in layout.headings),
        indicators=indicators,
        projects=projects,
        commitments=commitments,
        measures=read_measures(layout),
        duties=read_duties(layout),
        zoning=read_zoning(layout),
        missing=find_missing(layout),
        conflicts=find_conflicts(Reading(layout, plan, indicators, projects, commitments)),
    )
    return with_confidence(found)


def statements_of(text: str) -> tuple[Statement, ...]:
    """Return what a plan's text says about comparable quantities, for `compare` with another plan."""
    layout = lay_out(text)
    plan = describe(layout)
    return statements(layout, plan, read_indicators(layout.grids, plan), read_commitments(layout, plan))


@dataclass(frozen=True, slots=True)
class Checked:
    """What corrected findings say of comparable quantities, and where they disagree."""

    statements: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]


def check(
    text: str,
    *,
    indicators: Sequence[Indicator],
    projects: Sequence[Project],
    commitments: Sequence[Commitment],
) -> Checked:
    """Look for conflicts again after people have corrected what was found.

    Parameters
    ----------
    text : str
        The document's text, which the spans of the findings count.
    indicators, projects, commitments
        The findings as they stand now; what was rejected is left out.

    Returns
    -------
    Checked
        Conflicts in the order of the rules, with their confidence.
    """
    layout = _laid_out(text)
    reading = Reading(layout, describe(layout), tuple(indicators), tuple(projects), tuple(commitments))
    found = Findings(plan=reading.plan, conflicts=find_conflicts(reading))
    said = statements(layout, reading.plan, reading.indicators, reading.commitments)
    return Checked(said, with_confidence(found).conflicts)


@lru_cache(maxsize=2)  # one document is corrected many times over
def _laid_out(text: str) -> Layout:
    return lay_out(text)


def statement(
    name: str, *, value: Decimal | None, operator: str | None, year: int | None, role: str, span: Span
) -> Statement | None:
    """Return what a record of another source says of a comparable quantity; None for any other quantity.

    Parameters
    ----------
    role : str
        ``target`` for what is promised, ``fact`` for what is reported.
    span : tuple of int
        Handed back in what `compare` finds, to tell the record by.

    Examples
    --------
    >>> told = {"operator": ">=", "year": 2025, "role": "target", "span": (7, 8)}
    >>> said = statement("森林覆盖率", value=Decimal(69), **told)
    >>> said.metric.id, said.span
    ('forest_cover', (7, 8))
    >>> statement("主任姓名", value=None, **told) is None
    True
    """
    metric = metric_of(fold(squeeze(name)))
    return None if metric is None else Statement(metric, value, operator, year, role, "table", span)
