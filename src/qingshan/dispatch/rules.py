"""When departments are pressed, and when a round ends with a letter: rules are data (催报和预警规则)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from qingshan.dispatch.errors import BadRules

__all__ = ["LetterRule", "Measure", "Rules", "read_rules", "rules"]

FILE_NAME = "dispatch.yaml"
_SHIPPED = Path(__file__).parent / "data" / FILE_NAME
_REMINDERS = ("before", "after", "superior")
_WORDS = {"found": "1", "period": "2026-01", "worst": "P1"}


class Measure(StrEnum):
    """What a rule counts about a department when a round closes."""

    SILENT_RUNNING = "silent_running"
    LATE_RUNNING = "late_running"
    BEHIND_WORST = "behind_worst"
    OVERDUE_TASKS = "overdue_tasks"
    SENT_BACK = "sent_back"
    FALSE_REPORTS = "false_reports"


@dataclass(frozen=True, slots=True)
class LetterRule:
    """A letter goes to a department of which ``measure`` counts at least so many."""

    key: str
    measure: Measure
    at_least: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, and the digest of the file they were read from."""

    before: int
    after: int
    superior: int
    behind_points: int
    letters: tuple[LetterRule, ...]
    sha256: str


def rules() -> Rules:
    """Return the rules in force: the bureau's own, else those that came with the room.

    The bureau's own lie in the data folder, ``rules/dispatch.yaml``.

    Raises
    ------
    BadRules
        The bureau's file cannot be read; the words name the place.
    """
    own = Path(settings.RULES) / FILE_NAME
    path = own if own.is_file() else _SHIPPED
    return read_rules(path.read_bytes(), path.name)


def read_rules(data: bytes, name: str = FILE_NAME) -> Rules:
    """Read a file of rules.

    Raises
    ------
    BadRules
        Not YAML, or a key, a number or a measure that is none; the words name what was found and what may be.
    """
    try:
        told = yaml.safe_load(data)
    except yaml.YAMLError as error:
        raise BadRules(_("%(file)s 不是 YAML 文件：%(why)s") % {"file": name, "why": error}) from error
    if not isinstance(told, Mapping):
        raise BadRules(_("%s 应有 reminders、behind_points 和 letters 三项。") % name)
    _only(told, ("reminders", "behind_points", "letters"), name)
    reminders = told.get("reminders", {})
    if not isinstance(reminders, Mapping):
        raise BadRules(_("%s 的 reminders 应写明 before、after、superior。") % name)
    _only(reminders, _REMINDERS, f"{name}: reminders")
    days = {word: _whole(reminders, word, f"{name}: reminders") for word in _REMINDERS}
    if days["superior"] < days["after"]:
        raise BadRules(_("%s 的 superior 不能早于 after：先催报，再上报领导。") % name)
    letters = told.get("letters") or []
    return Rules(
        **days,
        behind_points=_whole(told, "behind_points", name),
        letters=tuple(_letter(one, f"{name}: letters {n}") for n, one in enumerate(letters, start=1)),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _letter(told: Any, where: str) -> LetterRule:
    if not isinstance(told, Mapping):
        raise BadRules(_("%s 应是一条规则。") % where)
    _only(told, ("key", "measure", "at_least", "title", "text"), where)
    missing = [word for word in ("key", "title", "text") if not str(told.get(word) or "").strip()]
    if missing:
        raise BadRules(_("%(where)s 缺少 %(what)s。") % {"where": where, "what": "、".join(missing)})
    try:
        measure = Measure(str(told.get("measure")))
        str(told["text"]).format(**_WORDS)
    except (ValueError, KeyError, IndexError) as error:
        allowed = "、".join(Measure)
        raise BadRules(
            _("%(where)s：%(why)s；measure 可用 %(allowed)s，文字中可用 {found}、{period}、{worst}。")
            % {"where": where, "why": error, "allowed": allowed}
        ) from error
    at_least = _whole(told, "at_least", where)
    return LetterRule(str(told["key"]), measure, at_least, str(told["title"]), str(told["text"]))


def _only(told: Mapping[Any, Any], known: tuple[str, ...], where: str) -> None:
    if strange := sorted(str(key) for key in told if key not in known):
        words = {"where": where, "found": "、".join(strange), "known": "、".join(known)}
        raise BadRules(_("%(where)s：没有“%(found)s”这一项；可用 %(known)s。") % words)


def _whole(told: Mapping[str, Any], key: str, where: str) -> int:
    found = told.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        words = {"where": where, "key": key, "found": found}
        raise BadRules(_("%(where)s：%(key)s 现为 %(found)s，应为不小于 1 的整数。") % words)
    return found
