"""Dated versions of records.

Callers may derive their version tables from `Version`, enter versions with `revise` and `end`,
and read them with ``.on(day)`` and `steps`. They may not write ``valid_from`` or ``valid_to``
of an existing version themselves.
"""

from qingshan.history.actions import BeforeLastVersion, StaleVersion, differences, end, revise
from qingshan.history.models import Version, VersionQuerySet
from qingshan.history.queries import FieldChange, Step, changes, steps

__all__ = [
    "BeforeLastVersion",
    "FieldChange",
    "StaleVersion",
    "Step",
    "Version",
    "VersionQuerySet",
    "changes",
    "differences",
    "end",
    "revise",
    "steps",
]
