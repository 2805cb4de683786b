"""A pack as the files that a colleague can read and correct (docs/plan-packs.md)."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from qingshan.intake.packing.places import bare
from qingshan.plans.public import Pack, Typed, pack_shapes, read_pack, written_typed

__all__ = ["write_pack"]

LONGEST_COPY = 19  # characters: a longer run of the plan's own words would be a quotation
_NO_CONTENT = "见原文"


def write_pack(pack: Pack, folder: Path, *, text: str) -> Pack:
    """Write a pack into a folder, and read it back as the loader would.

    Contents, summaries and rules that repeat the plan at length are left out or shortened: a pack is
    published, and describes in its own words. The ledger itself keeps them whole.

    Parameters
    ----------
    text : str
        The plan's text, against which copies are told.

    Raises
    ------
    PackError
        The pack breaks the schema of packs; nothing more is written then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = _Copies(bare(text))
    parts: dict[str, dict[str, Any]] = {
        "plan": _without(pack.plan),
        "indicators": {"tables": pack.tables, "rows": pack.indicators, "from_text": pack.from_text},
        "projects": {"projects": [_project(one, told) for one in pack.projects]},
        "measures": {
            "measures": [_measure(one, told) for one in pack.measures],
            "boxes": pack.boxes,
        },
        "commitments": {"commitments": [_commitment(one) for one in pack.commitments]},
    }
    if pack.provisions:
        parts["provisions"] = _provisions(pack, told)
    for name, part in parts.items():
        words = yaml.dump(
            _plain(part),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=110,
            default_flow_style=None,
        )
        (folder / f"{name}.yaml").write_text(f"# {pack.plan.name}\n\n{words}", encoding="utf-8")
    return read_pack(folder)


class _Dumper(yaml.SafeDumper):
    """YAML with lists of records one below the other."""


class _Copies:
    """Tells what repeats the plan's own words at length."""

    def __init__(self, plan: str) -> None:
        self._plan = plan

    def found_in(self, words: str) -> bool:
        told = bare(words)
        run = LONGEST_COPY + 1
        return any(told[at : at + run] in self._plan for at in range(max(0, len(told) - LONGEST_COPY)))


def _without(record: Any, *names: str) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record) if one.name not in names}


def _project(one: pack_shapes.Project, told: _Copies) -> dict[str, Any]:
    content = one.content if one.content and not told.found_in(one.content) else _NO_CONTENT
    return {**_without(one), "content": content, "group": one.group or "未分组"}


def _measure(one: pack_shapes.Measure, told: _Copies) -> dict[str, Any]:
    return {**_without(one), "summary": "" if told.found_in(one.summary) else one.summary}


def _commitment(one: pack_shapes.Commitment) -> dict[str, Any]:
    return _without(one, "due_on")  # follows from the deadline


def _provisions(pack: Pack, told: _Copies) -> dict[str, Any]:
    duty = pack_shapes.ProvisionKind.DUTY
    return {
        "duties": [
            _without(one, "kind", "effect", "zone", "subjects", "wording")
            for one in pack.provisions
            if one.kind is duty
        ],
        "zoning": [
            {**_without(one, "kind", "duty_code", "name"), "wording": _short(one.wording, told)}
            for one in pack.provisions
            if one.kind is not duty
        ],
    }


def _short(words: str, told: _Copies) -> str:
    return f"{bare(words)[: LONGEST_COPY - 1]}…" if told.found_in(words) else words


#: Fields that a file must have, null where the text prints nothing.
_NULL = frozenset(
    {
        "base_year", "parent", "issuer", "document_number", "approved_on", "issued_on", "valid_from", "year",
        "catalogue", "lead", "measure", "start", "end", "years_raw", "investment_wan", "value",
    }
)  # fmt: skip


def _plain(value: Any) -> Any:
    """Data as the reader of packs expects it: what says nothing is left out, where it may be."""
    if isinstance(value, Typed):
        return written_typed(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(_without(value))
    if isinstance(value, dict):
        return {
            key: _plain(one)
            for key, one in value.items()
            if one not in ("", (), []) and (one is not None or key in _NULL)
        }
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    return value
