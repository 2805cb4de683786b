"""Entering and ending versions, with refusals in the words of this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from qingshan.areas import errors
from qingshan.areas.models import DepartmentVersion, DistrictVersion
from qingshan.history import public as history

V = TypeVar("V", DepartmentVersion, DistrictVersion)


def revise(held: V, *, changes: Mapping[str, Any], valid_from: date, by: Any, at: datetime, reason: str) -> V:
    """Enter the next version.

    Raises
    ------
    TooEarly
        The day lies before the last change.
    """
    try:
        return history.revise(held, changes=changes, valid_from=valid_from, by=by, at=at, reason=reason)
    except history.BeforeLastVersion as early:
        raise _too_early(held, early) from early


def end(held: V, *, on: date) -> V:
    """Let the record end.

    Raises
    ------
    TooEarly
        The day lies before the last change.
    """
    try:
        return history.end(held, on=on)
    except history.BeforeLastVersion as early:
        raise _too_early(held, early) from early


def _too_early(held: V, early: history.BeforeLastVersion) -> errors.TooEarly:
    return errors.TooEarly(
        _("“%(name)s”上一次变更自 %(least)s 起；日期 %(found)s 更早，请填这一天或之后。")
        % {"name": held.name, "least": held.valid_from, "found": early.valid_from}
    )
