"""The rounds of the two counties: one open, one closed, rows of the water bureau in every state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from qingshan.accounts import public as accounts
from qingshan.dispatch import public as dispatch
from qingshan.plans import public as plans

__all__ = ["rounds"]

BEGIN = date(2021, 1, 1)
_PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"0" * 64


def rounds(town: Any) -> None:
    """Open and close rounds, and bring rows of the water bureau to the states the matrix asks about.

    A second planner reviews and finds what is false, so that leader and planner of the matrix may decide.
    """
    known, people, at = town.known, town.people, town.at
    other = _second_planner(town)
    officer = people["department_officer"]
    found = _opened(town, "here", dispatch.Period.MONTH, "planner")
    closed = _opened(town, "here", dispatch.Period.QUARTER, "planner")
    away = _opened(town, "there", dispatch.Period.MONTH, "foreigner")
    known["open_round"], known["closed_round"], known["away_round"] = found.pk, closed.pk, away.pk
    known["water_part"] = found.parts.get(department=known["water"]).pk
    known["away_part"] = away.parts.first().pk
    known["away_row"] = away.rows.first().pk

    def row(held: Any, kind: str) -> Any:
        rows = held.rows.filter(part__department=known["water"], kind=kind)
        return rows.select_related("round", "part__round", "part__department").order_by("pk")[0]

    def handed_in(held: Any, kind: str, words: str) -> Any:
        one = row(held, kind)
        _save(one, officer, words, at)
        dispatch.submit_part(part=one.part, by=officer, at=at, rows=[one.pk])
        return row(held, kind)

    known["submitted_row"] = handed_in(found, "commitment", "待审核的调度").pk
    known["saved_row"] = _save(row(found, "measure"), officer, "存稿的调度", at).pk
    # a measure: no line of the matrix changes it by the version that stood before
    doubtful = dispatch.accept_row(row=handed_in(closed, "measure", "存疑的调度"), by=other, at=at)
    known["accepted_row"] = doubtful.pk
    known["dispatch_finding"] = dispatch.find_false(
        row=doubtful, reason="与现场不符", on=timezone.localdate(), work_state="under_way",
        evidence=[ContentFile(_PHOTO, name="site.jpg")], by=other, at=at,
    ).pk  # fmt: skip
    dispatch.close_round(round=closed, by=people["planner"], at=at)


def _second_planner(town: Any) -> Any:
    county = town.known["county"]
    made = accounts.create_user(
        username="second_planner", display_name="高", password="Qing-Shan-second-1", by=None, at=town.at,
        department=town.known["bureau"], is_simulated=True,
    ).user  # fmt: skip
    accounts.grant_role(user=made, role="planner", district=county, from_on=BEGIN, by=None, at=town.at)
    return made


def _opened(town: Any, plan: str, period: Any, by: str) -> Any:
    today = timezone.localdate()
    return dispatch.open_round(
        plan=plans.plan_of_code(plan), period=period, within=today, due_on=today + timedelta(days=9),
        by=town.people[by], at=town.at,
    )  # fmt: skip


def _save(row: Any, officer: Any, words: str, at: Any) -> Any:
    facts = dispatch.Facts("under_way", 40, words)
    saved, _new = dispatch.save_row(row=row, facts=facts, key=f"town-{row.pk}", by=officer, at=at)
    return saved
