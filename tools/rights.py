"""The tables of docs/rights.md, from the data by which the tests ask the house: matrix.yaml and rows.yaml."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from tools.markdown import table

__all__ = ["rights_page"]

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "rights.md"
MARK = "<!-- From here on written by `python tools/handbook.py`; the words above are yours. -->"

#: Person of the matrix -> head of the column.
COLUMNS = {
    "leader": "领导",
    "planner": "规划管理员",
    "department_officer": "水利局责任人",
    "other_department": "住建局责任人",
    "township_officer": "柳树镇责任人",
    "evaluator": "评估",
    "monitoring": "监测",
    "enforcement": "执法",
    "foreigner": "外县领导兼规划管理员",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "audit_admin": "审计管理员",
}


def rights_page() -> str:
    """Return docs/rights.md: the words as they stand, and the tables as the data says.

    Raises
    ------
    LookupError
        A row names an address or a mark that the data does not have.
    """
    words = PAGE.read_text("utf-8").partition(MARK)[0] if PAGE.is_file() else "# 谁看什么、谁做什么\n\n"
    told = yaml.safe_load((ROOT / "tests" / "rights" / "told.yaml").read_text("utf-8"))
    head = ("", *COLUMNS.values())
    return "\n".join(
        [
            words + MARK + "\n",
            "## Who sees what (谁看得到)\n",
            "From `tests/rights/rows.yaml`. ● is shown it.\n",
            table(head, (_row(one["what"], _seen(one)) for one in told["sees"])),
            "## Who does what (谁可以办)\n",
            "From `tests/rights/matrix.yaml`, each row an act that the test carries out. ● may; ○ is told "
            "which right it needs; an empty field: to them the record is not there.\n",
            table(head, (_row(one["what"], _done(one), _told_why(one)) for one in told["does"])),
        ]
    )


def _row(what: str, yes: Iterable[str], no: Iterable[str] = ()) -> tuple[str, ...]:
    yes, no = set(yes), set(no)
    return (what, *("●" if person in yes else "○" if person in no else "" for person in COLUMNS))


def _seen(one: Any) -> frozenset[str]:
    rows = importlib.import_module("tests.rights.rows").rows()
    for shown in rows.shown:
        if str(shown.line) == f"GET {one['at']}":
            found: frozenset[str] = shown.marks[one["mark"]]
            return found
    raise LookupError(f"rows.yaml has no {one['at']}")


def _answers(one: Any) -> Any:
    matrix = importlib.import_module("tests.rights.matrix").matrix()
    for line in matrix.lines:
        if str(line) == one["at"]:
            return line.answers
    raise LookupError(f"matrix.yaml has no {one['at']}")


def _done(one: Any) -> set[str]:
    return {person for person, answer in _answers(one).items() if answer == "ok"}


def _told_why(one: Any) -> set[str]:
    return {person for person, answer in _answers(one).items() if answer == "forbidden"}
