"""The front door of `reading`: a document in, findings out.

Callers may hand in bytes or text and take what is returned; nothing here keeps state, opens a
network connection, reads the clock or writes a file.
"""

from __future__ import annotations

from qingshan.reading.commitments.read import read_commitments
from qingshan.reading.confidence import with_confidence
from qingshan.reading.conflicts.read import find_conflicts
from qingshan.reading.conflicts.statements import Reading
from qingshan.reading.duties.read import read_duties
from qingshan.reading.errors import Unreadable
from qingshan.reading.findings import Findings, Section, as_json
from qingshan.reading.indicators.rows import read_indicators
from qingshan.reading.layout import lay_out
from qingshan.reading.measures import read_measures
from qingshan.reading.missing import find_missing
from qingshan.reading.plan import describe
from qingshan.reading.projects.rows import read_projects
from qingshan.reading.zoning.read import read_zoning

__all__ = ["Findings", "Unreadable", "as_json", "extract"]


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
