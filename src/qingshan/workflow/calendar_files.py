"""Reading a year's arrangement from a file, and refusing what no notice can say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qingshan.workflow.working_days import Arrangement, Holiday

FOLDER = Path(__file__).with_name("calendar")
_TOP = {"year", "notice", "confirmed", "holidays"}
_NOTICE = {"title", "number", "issued_on", "address"}
_HOLIDAY = {"name", "from", "to", "make_up"}
#: No arrangement gives more than nine days in a row so far; more than fifteen is a slip of the pen.
_LONGEST = timedelta(days=14)
#: A holiday of the new year may begin in the last days of the old one.
_OVERHANG = timedelta(days=10)


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
        raise BadCalendar([f"不是可读的 YAML 文件：{error}"]) from None
    faults: list[str] = []
    if not _has_keys(found, _TOP, "文件", faults) or not _has_keys(
        found["notice"], _NOTICE, "notice", faults
    ):
        raise BadCalendar(faults)
    if not isinstance(found["year"], int) or not 2000 <= found["year"] <= 2099:
        raise BadCalendar([f"year：{found['year']!r}；应为 2000 至 2099 的整数"])
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
        faults.append("holidays：应为至少一项的列表")
        return
    for number, one in enumerate(found, start=1):
        place = f"holidays 第{number}项"
        if not _has_keys(one, _HOLIDAY, place, faults):
            continue
        first, last, make_up = one["from"], one["to"], one["make_up"]
        if not isinstance(make_up, list):
            faults.append(f"{place} make_up：{make_up!r}；应为日期列表，没有时写 []")
            continue
        days = [(first, "from"), (last, "to"), *((day, "make_up") for day in make_up)]
        sound = [_check_day(day, f"{place} {key}", faults, year) for day, key in days]  # all of them named
        if not all(sound):
            continue
        if not first <= last <= first + _LONGEST:
            faults.append(f"{place}：{first} 至 {last}；终止日应不早于起始日，且不超过 15 天")
            continue
        for day in make_up:
            if day.isoweekday() <= 5:
                faults.append(
                    f"{place} make_up：{day} 是周{'一二三四五'[day.weekday()]}；调休上班日应为周六或周日"
                )
        yield Holiday(str(one["name"]), first, last, tuple(make_up))


def _clashes(holidays: Iterable[Holiday]) -> Iterable[str]:
    off: dict[date, str] = {}
    for holiday in holidays:
        for day in holiday.days():
            if day in off:
                yield f"{day} 同时属于“{off[day]}”和“{holiday.name}”；一天只能属于一个假期"
            off[day] = holiday.name
    for holiday in holidays:
        for day in holiday.make_up:
            if day in off:
                yield f"{day} 既是“{off[day]}”假期，又是“{holiday.name}”的调休上班日"


def _has_keys(found: Any, keys: set[str], place: str, faults: list[str]) -> bool:
    if not isinstance(found, dict):
        faults.append(f"{place}：{found!r}；应含 {'、'.join(sorted(keys))}")
        return False
    faults += [f"{place}：缺少 {key}" for key in sorted(keys - found.keys())]
    faults += [
        f"{place}：不认识 {key}；应为 {'、'.join(sorted(keys))}" for key in sorted(found.keys() - keys)
    ]
    return keys == found.keys()


def _check_day(found: Any, place: str, faults: list[str], year: int | None = None) -> bool:
    if type(found) is not date:
        faults.append(f"{place}：{found!r}；应为 2026-10-01 这样的日期")
        return False
    if year and not date(year, 1, 1) - _OVERHANG <= found <= date(year, 12, 31) + _OVERHANG:
        faults.append(f"{place}：{found} 不在 {year} 年")
        return False
    return True
