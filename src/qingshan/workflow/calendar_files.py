"""Reading a year's arrangement from a file, and refusing what no notice can say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from qingshan.workflow.working_days import Arrangement, Holiday

FOLDER = Path(__file__).with_name("calendar")
_TOP = {"year", "notice", "confirmed", "holidays"}
_NOTICE = {"title", "number", "issued_on", "address"}
_HOLIDAY = {"name", "from", "to", "make_up"}
#: No arrangement gives more than nine days in a row so far; more than fifteen is a slip of the pen.
_LONGEST = timedelta(days=14)
#: A holiday of the new year may begin in the last days of the old one.
_OVERHANG = timedelta(days=10)
_WEEKDAYS = (_l("周一"), _l("周二"), _l("周三"), _l("周四"), _l("周五"))


class BadCalendar(ValueError):
    """The file is not an arrangement: every fault with its place, what was found, what is allowed."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))

    @property
    def fields(self) -> dict[str, list[str]]:
        """The faults at the field of the form they belong to."""
        return {"text": list(self.faults)}


@cache
def bundled() -> tuple[Arrangement, ...]:
    """Return the arrangements that come with the software, in order of years."""
    return tuple(read_arrangement(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml")))


def read_arrangement(text: str) -> Arrangement:
    """Read one year's file.

    Raises
    ------
    BadCalendar
        Lists every fault: place, value found, value allowed.
    """
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a day such as 2026-02-30
        raise BadCalendar([_("不是可读的 YAML 文件：%s") % error]) from None
    faults: list[str] = []
    if not _has_keys(found, _TOP, _("文件"), faults) or not _has_keys(
        found["notice"], _NOTICE, "notice", faults
    ):
        raise BadCalendar(faults)
    if not isinstance(found["year"], int) or not 2000 <= found["year"] <= 2099:
        raise BadCalendar([_("year：%r；应为 2000 至 2099 的整数") % (found["year"],)])
    _check_day(found["notice"]["issued_on"], "notice.issued_on", faults)
    holidays = tuple(_holidays(found["holidays"], found["year"], faults))
    faults += _clashes(holidays)
    if faults:
        raise BadCalendar(faults)
    notice = found["notice"]
    return Arrangement(
        year=found["year"],
        holidays=holidays,
        title=str(notice["title"]),
        number=str(notice["number"]),
        issued_on=notice["issued_on"],
        address=str(notice["address"]),
        confirmed=" ".join(str(found["confirmed"]).split()),
    )


def _holidays(found: Any, year: int, faults: list[str]) -> Iterable[Holiday]:
    if not isinstance(found, list) or not found:
        faults.append(_("holidays：应为至少一项的列表"))
        return
    for number, one in enumerate(found, start=1):
        place = _("holidays 第%d项") % number
        if not _has_keys(one, _HOLIDAY, place, faults):
            continue
        first, last, make_up = one["from"], one["to"], one["make_up"]
        if not isinstance(make_up, list):
            told = {"place": place, "found": repr(make_up)}
            faults.append(_("%(place)s make_up：%(found)s；应为日期列表，没有时写 []") % told)
            continue
        days = [(first, "from"), (last, "to"), *((day, "make_up") for day in make_up)]
        sound = [_check_day(day, f"{place} {key}", faults, year) for day, key in days]  # all of them named
        if not all(sound):
            continue
        if not first <= last <= first + _LONGEST:
            told = {"place": place, "first": first, "last": last}
            faults.append(_("%(place)s：%(first)s 至 %(last)s；终止日应不早于起始日，且不超过 15 天") % told)
            continue
        for day in make_up:
            if day.isoweekday() <= 5:
                told = {"place": place, "day": day, "weekday": str(_WEEKDAYS[day.weekday()])}
                faults.append(_("%(place)s make_up：%(day)s 是%(weekday)s；调休上班日应为周六或周日") % told)
        yield Holiday(str(one["name"]), first, last, tuple(make_up))


def _clashes(holidays: Iterable[Holiday]) -> Iterable[str]:
    off: dict[date, str] = {}
    for holiday in holidays:
        for day in holiday.days():
            if day in off:
                told = {"day": day, "one": off[day], "other": holiday.name}
                yield _("%(day)s 同时属于“%(one)s”和“%(other)s”；一天只能属于一个假期") % told
            off[day] = holiday.name
    for holiday in holidays:
        for day in holiday.make_up:
            if day in off:
                told = {"day": day, "one": off[day], "other": holiday.name}
                yield _("%(day)s 既是“%(one)s”假期，又是“%(other)s”的调休上班日") % told


def _has_keys(found: Any, keys: set[str], place: str, faults: list[str]) -> bool:
    if not isinstance(found, dict):
        told = {"place": place, "found": repr(found), "keys": "、".join(sorted(keys))}
        faults.append(_("%(place)s：%(found)s；应含 %(keys)s") % told)
        return False
    faults += [
        _("%(place)s：缺少 %(key)s") % {"place": place, "key": key} for key in sorted(keys - found.keys())
    ]
    known = "、".join(sorted(keys))
    faults += [
        _("%(place)s：不认识 %(key)s；应为 %(known)s") % {"place": place, "key": key, "known": known}
        for key in sorted(found.keys() - keys)
    ]
    return keys == found.keys()


def _check_day(found: Any, place: str, faults: list[str], year: int | None = None) -> bool:
    if type(found) is not date:
        told = {"place": place, "found": repr(found)}
        faults.append(_("%(place)s：%(found)s；应为 2026-10-01 这样的日期") % told)
        return False
    if year and not date(year, 1, 1) - _OVERHANG <= found <= date(year, 12, 31) + _OVERHANG:
        faults.append(_("%(place)s：%(day)s 不在 %(year)d 年") % {"place": place, "day": found, "year": year})
        return False
    return True
