"""Departments renamed and merged (机构变动). Duties are not rewritten: they follow by query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.areas.public import Department
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each change."""
    story = stage.told("changes")
    yield from (_renaming(stage, row) for row in story["renamed"])
    yield from (_merger(stage, row) for row in story["merged"])


def _renaming(stage: Stage, row: dict[str, Any]) -> Course:
    at = yield row["on"]
    areas.rename_department(
        department=stage.departments[row["department"]], name=row["name"], on=row["on"],
        by=None, at=at, reason=row["reason"],
    )  # fmt: skip


def _merger(stage: Stage, row: dict[str, Any]) -> Course:
    at = yield row["on"]
    into = stage.departments[row["into"]]
    areas.merge_departments(
        departments=[stage.departments[name] for name in row["departments"]], into=into, on=row["on"],
        by=None, at=at, document=row["document"],
    )  # fmt: skip
    post = areas.create_post(name=row["post"], department=into, by=None, at=at)
    for username in row["moved"]:
        _move(stage.people[username], into, post, row["on"], at)


def _move(person: accounts.User, into: Department, post: areas.Post, on: date, at: datetime) -> None:
    """The person goes with the duties: the old grant ends, the same role begins in the new department."""
    for grant in person.grants.filter(to_on=None):
        accounts.end_grant(grant=grant, on=on, by=None, at=at)
        accounts.grant_role(
            user=person, role=grant.role, district=grant.district, department=into, from_on=on,
            by=None, at=at, reason="随机构合并转任（模拟）",
        )  # fmt: skip
    areas.appoint(user=person, post=post, from_on=on, by=None, at=at)
    accounts.revise_user(user=person, changes={"department": into}, by=None, at=at)
