"""Dated versions of records, and the steps of their lives.

Callers may derive their version tables from `Version`, enter versions with `revise` and `end`,
and read them with ``.on(day)`` and `steps`. They may not write ``valid_from`` or ``valid_to``
of an existing version themselves.

They may derive the table of a life's steps from `Move`, and move a record with `move_once`. `person` and
`one_of` declare columns that many tables have.
"""

from qingshan.history.actions import BeforeLastVersion, StaleVersion, differences, end, move_once, revise
from qingshan.history.columns import one_of, person
from qingshan.history.models import Move, Version, VersionQuerySet
from qingshan.history.queries import FieldChange, Step, changes, steps

__all__ = [
    "BeforeLastVersion",
    "FieldChange",
    "Move",
    "StaleVersion",
    "Step",
    "Version",
    "VersionQuerySet",
    "changes",
    "differences",
    "end",
    "move_once",
    "one_of",
    "person",
    "revise",
    "steps",
]
