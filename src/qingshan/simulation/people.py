"""The fictional districts, departments and people (虚构的辖区、单位、人物)."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.accounts import public as accounts
from qingshan.accounts.public import User
from qingshan.areas import public as areas
from qingshan.areas.public import Department, DepartmentKind, District
from qingshan.simulation.story import COUNTY
from qingshan.standards.public import read_exact

__all__ = ["Population", "Resident", "populate"]

#: The day since which districts and departments are there, and the one since which people hold their posts.
FOUNDED = date(2015, 1, 1)
IN_POST = date(2024, 1, 2)
#: Roles that are granted for one department.
_OF_A_DEPARTMENT = frozenset({"department_officer", "township_officer"})
_LETTERS = "".join(sign for sign in string.ascii_letters + string.digits if sign not in "0O1lI")


@dataclass(frozen=True, slots=True)
class Resident:
    """A person of the fictional county, and the password to log in with."""

    user: User
    post: str
    roles: str
    password: str

    @property
    def duty(self) -> str:
        """Who it is, for the list of log-ins."""
        return f"{self.user}，{self.user.department}{self.post}（{self.roles}，虚构人员）"


@dataclass(frozen=True, slots=True)
class Population:
    """All that was entered, by the names the story uses."""

    districts: dict[str, District]
    departments: dict[str, Department]
    residents: dict[str, Resident]


def populate(*, at: datetime) -> Population:
    """Enter districts, departments and people, with posts and roles.

    Parameters
    ----------
    at : datetime
        When they are entered; the posts and roles hold since `IN_POST`.
    """
    told = read_exact(COUNTY / "people.yaml")
    districts: dict[str, District] = {}
    for row in told["districts"]:
        districts[row["code"]] = areas.create_district(
            code=row["code"], name=row["name"], parent=districts.get(row.get("parent", "")),
            valid_from=FOUNDED, by=None, at=at,
        )  # fmt: skip
    departments: dict[str, Department] = {}
    for row in told["departments"]:
        departments[row["name"]] = _department(row, districts, departments, at)
    residents = {row["username"]: _resident(row, districts, departments, at) for row in told["people"]}
    return Population(districts, departments, residents)


def _department(
    row: dict[str, Any], districts: dict[str, District], departments: dict[str, Department], at: datetime
) -> Department:
    return areas.create_department(
        name=row["name"], district=districts[row["district"]], kind=DepartmentKind(row["kind"]),
        parent=departments.get(row.get("parent", "")), aliases=[row["called"]] if "called" in row else [],
        valid_from=FOUNDED, by=None, at=at,
    )  # fmt: skip


def _resident(
    row: dict[str, Any], districts: dict[str, District], departments: dict[str, Department], at: datetime
) -> Resident:
    district, department = districts[row["district"]], departments[row["department"]]
    password = _password()
    user = accounts.create_user(
        username=row["username"], display_name=row["name"], password=password, is_simulated=True,
        department=department, district=district, by=None, at=at,
    ).user  # fmt: skip
    post = areas.create_post(
        name=row["post"], department=department, leads=row.get("leads", False), by=None, at=at
    )
    areas.appoint(user=user, post=post, from_on=IN_POST, by=None, at=at)
    for role in row["roles"]:
        accounts.grant_role(
            user=user, role=role, district=district,
            department=department if role in _OF_A_DEPARTMENT else None,
            from_on=IN_POST, by=None, at=at, reason="虚构人员",
        )  # fmt: skip
    roles = "、".join(str(accounts.roles()[role].label) for role in row["roles"])
    return Resident(user, row["post"], roles, password)


def _password() -> str:
    """Random, since the fictional people's accounts are as real as any; four groups are easy to read out."""
    while True:
        text = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
        if any(c.isdigit() for c in text) and text.lower() != text and text.upper() != text:
            return text
