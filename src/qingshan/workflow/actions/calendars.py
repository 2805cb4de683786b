"""Loading a year into the working calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.workflow.actions.deadlines import recompute
from qingshan.workflow.calendar_files import read_arrangement
from qingshan.workflow.models import CalendarYear
from qingshan.workflow.queries import working_calendar
from qingshan.workflow.working_days import Arrangement


class NothingNew(ValueError):
    """The file arranges the year exactly as it already is."""

    def __init__(self, year: int) -> None:
        super().__init__(_("%d年放假安排与现有的完全相同，没有需要载入的内容") % year)
        self.year = year


@transaction.atomic
def load_calendar(*, text: str, file_name: str, by: Any, at: datetime) -> Arrangement:
    """Load a year's arrangement (载入放假安排) and move the running deadlines it touches.

    The editions before it are kept: which calendar a past deadline was computed by can be shown.

    Raises
    ------
    BadCalendar
        The file is no arrangement; every fault is named.
    NothingNew
        The year already stands exactly so.
    """
    arrangement = read_arrangement(text)
    known = working_calendar().arrangements.get(arrangement.year)
    if known is not None and known.holidays == arrangement.holidays:
        raise NothingNew(arrangement.year)
    newest = CalendarYear.objects.filter(year=arrangement.year).order_by("-edition").first()
    row = CalendarYear.objects.create(
        year=arrangement.year,
        edition=newest.edition + 1 if newest else 1,
        text=text,
        file_name=file_name[:200],
        loaded_at=at,
        loaded_by=by,
    )
    moved = recompute(year=arrangement.year, calendar=working_calendar(), by=by, at=at)
    audit.record(
        "workflow.load_calendar",
        row.ref,
        by=by,
        at=at,
        detail={"notice": arrangement.number, "edition": row.edition, "deadlines_moved": moved},
    )
    return arrangement
