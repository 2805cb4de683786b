"""Keep the English catalogue of each room: extract, compile, check.

The interface is written in Chinese; ``src/qingshan/<room>/locale/en/LC_MESSAGES/django.po`` holds
the English. GNU gettext is not needed: Django turns templates into something Babel can read.

    python tools/translations.py extract   bring every catalogue up to the source
    python tools/translations.py compile   write the .mo files (set-up does this)
    python tools/translations.py check     fail when a string is new, gone, fuzzy, without English, or broken

Django lays the catalogues of all rooms over one another, so one Chinese string has one English
everywhere. Where it means two things, give one of them a context: ``pgettext("measurement", "单位")``,
``{% translate "单位" context "measurement" %}``.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as strings_in
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "qingshan"
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
HEAD = r"""msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
#: Words for people in the data files beside a room's modules: roles.yaml, precedence.yaml, notices.yaml.
DATA_WORDS = {"label", "purpose", "why"}
UNIT = re.compile(r"""{%\s*count\s[^%]*?["']([^"'%]*[^\x00-\x7f][^"'%]*)["']\s*%}""")
# A blank is a flag to Python too, but “95.4% as 95.4” is no placeholder, and nobody pads with blanks here.
PLACEHOLDER = re.compile(r"%(?:\((?P<name>\w+)\))?[#0+-]*\d*(?:\.\d+)?(?P<kind>[diouxXeEfFgGcrsa%])")


def main(words: list[str]) -> int:
    """Run one of the three tasks over every room."""
    task = {"extract": extract, "compile": compile_all, "check": check}.get(words[0] if words else "")
    if task is None:
        print(__doc__)
        return 2
    return task()


#: Rooms without pages: what they tell is Chinese, in result files and on the command line.
WITHOUT_PAGES = {"cli", "evaluation", "reading", "science", "standards"}


def rooms() -> Iterator[Path]:
    """Yield the rooms that have words for people."""
    for folder in sorted(PACKAGE.iterdir()):
        if (folder / "__init__.py").is_file() and folder.name not in WITHOUT_PAGES:
            yield folder


def catalogue_path(room: Path) -> Path:
    """Return where a room's English stands."""
    return room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def extract() -> int:
    """Bring every catalogue up to its source; what is there stays."""
    for room in rooms():
        found = extracted(room)
        path = catalogue_path(room)
        if not len(found) and not path.exists():
            continue
        catalogue = read(path)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        save(catalogue, path)
        untranslated = sum(1 for message in catalogue if message.id and not _complete(message))
        print(f"{room.name}: {len(catalogue)} strings, {untranslated} without English")
    return 0


def compile_all() -> int:
    """Write the binary catalogues that are older than their source."""
    for room in rooms():
        path = catalogue_path(room)
        target = path.with_suffix(".mo")
        if path.exists() and (not target.exists() or target.stat().st_mtime < path.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, read(path))
    return 0


def check() -> int:
    """Fail, naming each string that lacks its English and each catalogue that lags behind its source."""
    catalogues = {room.name: read(catalogue_path(room)) for room in rooms()}
    problems = [
        f"{room.name}: {fault}"
        for room in rooms()
        for fault in faults(catalogues[room.name], extracted(room))
    ]
    problems += disagreements(catalogues)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


def faults(catalogue: Catalog, source: Catalog) -> Iterator[str]:
    """Yield what is wrong with one room's catalogue, given the strings of its source."""
    known = {_key(message): message for message in catalogue if message.id}
    wanted = {_key(message) for message in source if message.id}
    for _context, words in sorted(wanted - known.keys(), key=str):
        yield f"not in the catalogue: {words!r}"
    for _context, words in sorted(known.keys() - wanted, key=str):
        yield f"no longer in the source: {words!r}"
    for key in sorted(known.keys() & wanted, key=str):
        message = known[key]
        if message.fuzzy or not _complete(message):
            yield f"without English: {message.id!r}"
        elif not keeps_placeholders(message):
            yield f"other placeholders in English: {message.id!r} {message.string!r}"


def disagreements(catalogues: dict[str, Catalog]) -> Iterator[str]:
    """Yield the strings that one room says otherwise than another: a page would show either."""
    said: defaultdict[tuple[str, object], defaultdict[object, list[str]]]
    said = defaultdict(lambda: defaultdict(list))
    for room, catalogue in catalogues.items():
        for message in catalogue:
            if message.id and _complete(message):
                said[_key(message)][message.string].append(room)
    for (_context, words), ways in said.items():
        if len(ways) > 1:
            told = "; ".join(f"{string!r} in {', '.join(where)}" for string, where in ways.items())
            yield f"one string, two meanings: {words!r} is {told}"


def keeps_placeholders(message: Message) -> bool:
    """Say whether every English form can be filled with what the Chinese is filled with."""
    wanted = placeholders(_forms(message.id)[-1])
    return all(placeholders(form) == wanted for form in _forms(message.string))


def placeholders(text: str) -> tuple[list[str], list[str]]:
    """Return the named placeholders, sorted, and the others in their order, which is their meaning.

    >>> placeholders("%(at)s: %(count)d of 95.4%")
    (['%(at)s', '%(count)d'], [])
    >>> placeholders("%s is %d%% done")
    ([], ['%s', '%d', '%%'])
    """
    found = list(PLACEHOLDER.finditer(text))
    return sorted(one[0] for one in found if one["name"]), [one[0] for one in found if not one["name"]]


def read(path: Path) -> Catalog:
    """Read a catalogue; an empty English one when there is none yet."""
    if not path.exists():
        return Catalog(locale="en", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en")


def save(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue; the same strings make the same file, so its head holds no time and no name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEAD.encode())
        write_po(file, catalogue, width=110, omit_header=True, sort_output=True, no_location=True)


def extracted(room: Path) -> Catalog:
    """Collect the strings of one room from its Python modules, templates and data files."""
    catalogue = Catalog(locale="en")
    for path in sorted(room.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(room).parts):
            _collect(catalogue, path.read_text(encoding="utf-8"))
    for suffix in ("*.html", "*.txt"):
        for path in sorted(room.glob(f"templates/**/{suffix}")):
            source = path.read_text(encoding="utf-8")
            _collect(catalogue, _templatized(source, path))
            for unit in UNIT.findall(source):  # {% count 3 "项" %} prints “3 items”, but “1 item”
                catalogue.add((unit, unit))
    for path in sorted(room.glob("*.yaml")):
        for words in _told_by(yaml.safe_load(path.read_text(encoding="utf-8"))):
            catalogue.add(words)
    return catalogue


def _told_by(data: object) -> Iterator[str]:
    """Yield the words for people in what a data file holds."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in DATA_WORDS and isinstance(value, str):
                yield value
            else:
                yield from _told_by(value)
    elif isinstance(data, list):
        for value in data:
            yield from _told_by(value)


def _collect(catalogue: Catalog, source: str) -> None:
    stream = io.BytesIO(source.encode())
    for _line, words, _comments, context in strings_in(
        "python", stream, KEYWORDS, options={"encoding": "utf-8"}
    ):
        catalogue.add(words, context=context)


def _templatized(source: str, path: Path) -> str:
    from django.conf import settings  # the template reader of Django wants settings before it is imported

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    blanked = str(templatize(source, origin=os.fspath(path)))
    return "\n".join(line.lstrip() for line in blanked.splitlines())  # the indents of HTML are not Python's


def _key(message: Message) -> tuple[str, object]:
    return message.context or "", message.id


def _forms(words: object) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else (str(words),)


def _complete(message: Message) -> bool:
    return all(_forms(message.string))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
