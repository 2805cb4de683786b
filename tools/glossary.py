"""The handbook's glossary: words written by hand in ``docs/glossary.yaml``, the rest from the code."""

from __future__ import annotations

import enum
import functools
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from tools.markdown import code, table

__all__ = ["NoChineseWord", "enumerations", "glossary_page", "records", "words"]

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "src" / "qingshan"
#: Names of files in which rooms keep the words that their records say.
FILES_OF_KINDS = {
    "classes", "comparison", "editions", "heads", "kinds", "models", "report", "roles", "states", "terms",
    "timing", "trophic", "vocabulary", "words", "working_days",
}  # fmt: skip
CHINESE = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")
HEAD = """# 术语 · Glossary

Written by `python tools/handbook.py` from `docs/glossary.yaml` and from the code; a test holds them together.
One word has one meaning: identifiers use the English word (with underscores: `water_class`), pages the
Chinese one.
"""


class NoChineseWord(LookupError):
    """A word of the code has no Chinese beside it; the message says where to write it."""


def glossary_page() -> str:
    """Return docs/glossary.md."""
    return "\n".join(
        [
            HEAD,
            "## Words\n",
            table(("English", "中文", "meaning"), _word_rows()),
            "## Records\n",
            "What the database keeps. The versions of a record say how it stood from one day to another.\n",
            table(
                ("record", "中文", "room", "meaning"), sorted(_record_rows(), key=lambda row: row[0].lower())
            ),
            "## States and kinds\n",
            "Enumerations, with the word stored and the word shown. How states follow each other is drawn in "
            "[states](states.md).\n",
            table(
                ("enumeration", "room", "meaning", "words"),
                sorted(_kind_rows(), key=lambda row: row[0].lower()),
            ),
        ]
    )


@functools.cache
def written() -> Mapping[str, Any]:
    """Return what ``docs/glossary.yaml`` says."""
    found = yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text("utf-8"))
    return {"words": found["words"], "kinds": found["kinds"]}


def words() -> Mapping[str, Mapping[str, str]]:
    """Return the words written by hand: English to ``zh`` and ``means``."""
    found: Mapping[str, Mapping[str, str]] = written()["words"]
    return found


def _word_rows() -> Iterator[tuple[str, str, str]]:
    for english, one in sorted(words().items(), key=lambda item: item[0].lower()):
        yield english, one["zh"], one.get("means", "")


# ---- records ---------------------------------------------------------------------


def records() -> list[type[Any]]:
    """Return every table of our rooms that is not made by Django for a relation."""
    models = importlib.import_module("django.apps").apps.get_models()
    return [model for model in models if model.__module__.startswith("qingshan.")]


def _record_rows() -> Iterator[tuple[str, str, str, str]]:
    for model in records():
        said = _first_line(model)
        chinese = CHINESE.search(said)
        shown = chinese[1] if chinese else str(model._meta.verbose_name)
        if not re.search("[\u4e00-\u9fff]", shown):
            raise NoChineseWord(
                f"{model.__module__}.{model.__name__}: its docstring should say the Chinese word"
            )
        yield code(model.__name__), shown, model.__module__.split(".")[1], _without(chinese, said)


def _first_line(what: type) -> str:
    return " ".join((what.__doc__ or "").split("\n\n")[0].split()).replace("``", "`")


def _without(chinese: re.Match[str] | None, said: str) -> str:
    return re.sub(r" +([.,:;])", r"\1", said.replace(chinese[0], "")) if chinese else said


# ---- states and kinds --------------------------------------------------------------


def enumerations() -> Iterator[type[enum.Enum]]:
    """Yield every enumeration that a room's records are written in."""
    for path in sorted(ROOMS.rglob("*.py")):
        inside = path.relative_to(ROOMS).with_suffix("").parts
        if "tests" in inside or not FILES_OF_KINDS & set(inside[1:]):
            continue
        module = importlib.import_module(".".join(("qingshan", *inside)).removesuffix(".__init__"))
        for found in vars(module).values():
            if (
                isinstance(found, type)
                and issubclass(found, enum.Enum)
                and found.__module__ == module.__name__
            ):
                yield found


def _kind_rows() -> Iterator[tuple[str, str, str, str]]:
    for kind in enumerations():
        said = _first_line(kind)
        shown = _chinese(kind)
        pairs = "; ".join(f"{code(str(member.value))} {shown[str(member.value)]}".strip() for member in kind)
        yield code(kind.__name__), kind.__module__.split(".")[1], said, pairs


def _chinese(kind: type[enum.Enum]) -> Mapping[str, str]:
    place = f"{kind.__module__.removeprefix('qingshan.')}.{kind.__name__}"
    by_hand = written()["kinds"].get(place, {})
    shown = {str(one.value): str(by_hand.get(one.value) or _label(one)) for one in kind}
    if missing := [value for value, text in shown.items() if not text]:
        raise NoChineseWord(f"docs/glossary.yaml, kinds: {place} lacks {', '.join(missing)}")
    return {value: text for value, text in shown.items() if text} | {
        value: "" for value, text in shown.items() if text == value
    }


def _label(member: enum.Enum) -> str:
    """Return the label of a member: its own, or that of the room's vocabulary."""
    own = getattr(member, "label", "")
    if isinstance(own, str) and own:
        return own
    if not callable(own) and str(own):
        return str(own)  # translated when it is shown
    room = type(member).__module__.split(".")[1]
    return next((labels[member] for labels in _vocabulary(room) if member in labels), "")


def _vocabulary(room: str) -> Iterator[Mapping[enum.Enum, str]]:
    if not (ROOMS / room / "vocabulary.py").is_file():
        return
    module: ModuleType = importlib.import_module(f"qingshan.{room}.vocabulary")
    for name, found in vars(module).items():
        if isinstance(found, dict) and not name.endswith("_SIGNS"):
            yield {member: str(label) for member, label in found.items()}
