"""Keep the English catalogue of each room: extract, compile, check.

The interface is written in Chinese; ``src/qingshan/<room>/locale/en/LC_MESSAGES/django.po`` holds
the English. GNU gettext is not needed: Django turns templates into something Babel can read.

    python tools/translations.py extract   bring every catalogue up to the source
    python tools/translations.py compile   write the .mo files (set-up does this)
    python tools/translations.py check     fail when a string is new, gone, fuzzy or without English
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "qingshan"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
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


def main(words: list[str]) -> int:
    """Run one of the three tasks over every room."""
    task = {"extract": extract, "compile": compile_all, "check": check}.get(words[0] if words else "")
    if task is None:
        print(__doc__)
        return 2
    return task()


def rooms() -> Iterator[Path]:
    """Yield the rooms that have words for people."""
    for folder in sorted(PACKAGE.iterdir()):
        if (folder / "__init__.py").is_file() and folder.name != "cli":
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
        untranslated = sum(1 for message in catalogue if message.id and not _complete(message.string))
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
    problems = []
    for room in rooms():
        known = {_key(message): message for message in read(catalogue_path(room)) if message.id}
        wanted = {_key(message) for message in extracted(room) if message.id}
        problems += [
            f"{room.name}: not in the catalogue: {key[1]!r}" for key in sorted(wanted - known.keys(), key=str)
        ]
        problems += [
            f"{room.name}: no longer in the source: {key[1]!r}"
            for key in sorted(known.keys() - wanted, key=str)
        ]
        problems += [
            f"{room.name}: without English: {message.id!r}"
            for key, message in known.items()
            if key in wanted and (message.fuzzy or not _complete(message.string))
        ]
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


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
    """Collect the strings of one room from its Python modules and templates."""
    catalogue = Catalog(locale="en")
    for path in sorted(room.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(room).parts):
            _collect(catalogue, path.read_text(encoding="utf-8"))
    for suffix in ("*.html", "*.txt"):
        for path in sorted(room.glob(f"templates/**/{suffix}")):
            _collect(catalogue, _templatized(path))
    return catalogue


def _collect(catalogue: Catalog, source: str) -> None:
    stream = io.BytesIO(source.encode())
    for _line, function, messages, _comments in extract_python(
        stream, list(KEYWORDS), (), {"encoding": "utf-8"}
    ):
        given = messages if isinstance(messages, tuple) else (messages,)
        if not given or not isinstance(given[0], str) or not given[0]:
            continue
        if function in ("pgettext", "pgettext_lazy"):
            catalogue.add(given[1], context=given[0])
        elif function in ("ngettext", "ngettext_lazy"):
            catalogue.add((given[0], given[1]))
        else:
            catalogue.add(given[0])


def _templatized(path: Path) -> str:
    from django.conf import settings  # the template reader of Django wants settings before it is imported

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    blanked = str(templatize(path.read_text(encoding="utf-8"), origin=os.fspath(path)))
    return "\n".join(line.lstrip() for line in blanked.splitlines())  # the indents of HTML are not Python's


def _key(message: object) -> tuple[str, object]:
    return getattr(message, "context", None) or "", getattr(message, "id", "")


def _complete(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
