"""The front door of `reading`: a document in, findings out.

Callers may hand in bytes or text and take what is returned; nothing here keeps state, opens a
network connection, reads the clock or writes a file.
"""

from __future__ import annotations

from qingshan.reading.commitments.read import read_commitments
from qingshan.reading.duties.read import read_duties
from qingshan.reading.errors import Unreadable
from qingshan.reading.findings import Findings, Section, as_json
from qingshan.reading.indicators.rows import read_indicators
from qingshan.reading.layout import lay_out
from qingshan.reading.plan import describe
from qingshan.reading.projects.rows import read_projects

__all__ = ["Findings", "Unreadable", "as_json", "extract"]


def extract(text: str) -> Findings:
    """Read the decoded text of a plan."""
    layout = lay_out(text)
    plan = describe(layout)
    return Findings(
        plan,
        tuple(Section(h.level, h.title, h.span) for h in layout.headings),
        read_indicators(layout.grids, plan),
        read_projects(text, layout.grids),
        read_commitments(layout, plan),
        duties=read_duties(layout),
    )
