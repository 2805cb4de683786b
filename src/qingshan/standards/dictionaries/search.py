"""Finds an entry by its code, its name or a word, in the editions in force on a day."""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from qingshan.standards.dictionaries.entries import Codebook, Entry, Kind, Status
from qingshan.standards.dictionaries.shipping import all_codebooks

__all__ = ["Found", "Match", "books_on", "listed_for_industry", "look_up", "search"]


class Match(enum.IntEnum):
    """How an entry answers a word (匹配方式), the best first."""

    CODE = 0
    NAME = 1
    ALIAS = 2
    CODE_START = 3
    NAME_START = 4
    ALIAS_START = 5
    NAME_PART = 6
    ALIAS_PART = 7
    TEXT = 8


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that answers, from which edition, how well, and what to know about that edition.

    ``warning`` is empty when the edition was in force on the day and is complete there.
    """

    entry: Entry
    book: Codebook
    match: Match
    warning: str = ""


@dataclass(frozen=True, slots=True)
class _Key:
    """An entry folded for comparison."""

    code: str
    name: str
    aliases: tuple[str, ...]
    text: str


def search(
    words: str,
    *,
    kinds: Iterable[Kind] | None = None,
    on: date | None = None,
    books: Sequence[Codebook] | None = None,
) -> tuple[Found, ...]:
    """Return the entries that answer words, the best match first.

    Parameters
    ----------
    words : str
        A code, a name, an alias, or parts of them parted by spaces: each part must answer. Letter case,
        full width and half width, spaces and punctuation make no difference.
    kinds : iterable of Kind, optional
        Only these kinds.
    on : date, optional
        The day: editions in force then, and where one of them is not complete, the one before it, with
        a warning. Without a day, the latest edition of each list and the one before an incomplete one.
    books : sequence of Codebook, optional
        Where to look; what the package ships when not given.

    Returns
    -------
    tuple of Found
        Exact code, exact name, exact alias, then codes, names and aliases that begin with the words,
        then those that hold them, then entries whose other columns do. Within one rank by kind,
        shorter names first, then by code.

    Raises
    ------
    ValueError
        There are no words.

    Examples
    --------
    >>> [(found.entry.code, found.entry.name) for found in search("900-249-08", on=date(2024, 6, 1))][0][0]
    '900-249-08'
    >>> search("nh3-n", kinds=[Kind.POLLUTANT], on=date(2024, 6, 1))[0].entry.name
    '氨氮'
    """
    parts = [folded for part in words.split() if (folded := _fold(part))]
    if not parts:
        raise ValueError("a search needs a word")
    whole = "".join(parts)
    found = []
    for book, warning in books_on(on, kinds=kinds, books=books):
        for entry, key in zip(book.entries, _keys(book), strict=True):
            match = _match(whole, parts, key)
            if match is not None:
                found.append(Found(entry, book, match, warning))
    order = {kind: place for place, kind in enumerate(Kind)}
    found.sort(key=lambda one: (one.match, order[one.entry.kind], len(one.entry.name), one.entry.code))
    return tuple(_newest_only(found))


def look_up(
    code: str,
    *,
    kind: Kind | None = None,
    on: date | None = None,
    books: Sequence[Codebook] | None = None,
) -> tuple[Found, ...]:
    """Return the entries whose code, or an alias, is exactly this.

    Several kinds may use one code: 3 digits are an industry and a parameter of HJ/T 212-2005.

    Examples
    --------
    >>> [found.entry.name for found in look_up("HW08", on=date(2023, 1, 1), kind=Kind.HAZARDOUS_WASTE)]
    ['废矿物油与含矿物油废物']
    """
    kinds = None if kind is None else [kind]
    hits = search(code, kinds=kinds, on=on, books=books)
    return tuple(found for found in hits if found.match in (Match.CODE, Match.ALIAS))


def books_on(
    on: date | None,
    *,
    kinds: Iterable[Kind] | None = None,
    books: Sequence[Codebook] | None = None,
) -> tuple[tuple[Codebook, str], ...]:
    """Return the editions that answer on a day, each with a warning or an empty text.

    Where the edition in force is partial or missing, the one before it answers too, and the warning
    says which edition holds and what of it is not here.

    Examples
    --------
    >>> books = books_on(date(2025, 6, 1), kinds=[Kind.HAZARDOUS_WASTE])
    >>> [(book.edition[-8:], warning[:9]) for book, warning in books]
    [('（2025年版）', '2025 年版附表'), ('（2021年版）', '2025-06-0')]
    """
    wanted = None if kinds is None else set(kinds)
    known = all_codebooks() if books is None else books
    lists: dict[tuple[Kind, str], list[Codebook]] = {}
    for book in known:
        if wanted is None or book.kind in wanted:
            lists.setdefault((book.kind, book.standard), []).append(book)
    answering: list[tuple[Codebook, str]] = []
    for editions in lists.values():
        answering += _answering(sorted(editions, key=lambda book: book.first_on, reverse=True), on)
    return tuple(answering)


def _answering(newest_first: list[Codebook], on: date | None) -> list[tuple[Codebook, str]]:
    in_force = [book for book in newest_first if on is None or book.holds_on(on)]
    if not in_force:
        return []
    current = in_force[0]
    answering = [(current, current.missing)]
    if current.status is Status.COMPLETE:
        return answering
    older = next((book for book in newest_first if book.first_on < current.first_on), None)
    if older is not None:
        when = on or current.first_on
        answering.append(
            (older, f"{when} 有效的是 {current.edition}，本条取自 {older.edition}，新版中未核实")
        )
    return answering


def listed_for_industry(
    industry: str,
    kind: Kind,
    *,
    on: date | None = None,
    books: Sequence[Codebook] | None = None,
) -> tuple[Found, ...]:
    """Return the permit or assessment classes that name an industry, or a wider one it belongs to.

    Parameters
    ----------
    industry : str
        Code of GB/T 4754, two to four digits.
    kind : Kind
        `Kind.PERMIT_CLASS` or `Kind.EIA_CLASS`.
    on, books
        As for `search`.

    Returns
    -------
    tuple of Found
        Nearest first: a class that names the industry itself, then one that names what it belongs to.
        A class that names a whole division of two digits only in its heading is not listed.

    Examples
    --------
    >>> [found.entry.code for found in listed_for_industry("2221", Kind.PERMIT_CLASS)]
    ['许可37']
    """
    found = []
    for book, warning in books_on(on, kinds=[kind], books=books):
        for entry in book.entries:
            named = entry.attributes.get("industries", "").split("|")
            wider = [code for code in named if code and industry.startswith(code)]
            if wider:
                match = Match.CODE if industry in wider else Match.CODE_START
                found.append((-max(map(len, wider)), Found(entry, book, match, warning)))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _match(whole: str, parts: list[str], key: _Key) -> Match | None:
    if whole == key.code:
        return Match.CODE
    if whole == key.name:
        return Match.NAME
    if whole in key.aliases:
        return Match.ALIAS
    if key.code.startswith(whole):
        return Match.CODE_START
    if key.name.startswith(whole):
        return Match.NAME_START
    if any(alias.startswith(whole) for alias in key.aliases):
        return Match.ALIAS_START
    if all(part in key.name for part in parts):
        return Match.NAME_PART
    if any(all(part in alias for part in parts) for alias in key.aliases):
        return Match.ALIAS_PART
    return Match.TEXT if all(part in key.text for part in parts) else None


@cache
def _keys(book: Codebook) -> tuple[_Key, ...]:
    return tuple(
        _Key(
            _fold(entry.code),
            _fold(entry.name),
            tuple(map(_fold, entry.aliases)),
            _text(book, entry),
        )
        for entry in book.entries
    )


def _text(book: Codebook, entry: Entry) -> str:
    """Everything that is said of an entry, and the names of what it belongs to; not its code.

    The fields stay apart, so that a word never answers across two of them.
    """
    wider = (one.name for one in book.ancestors(entry))
    return "\n".join(map(_fold, (entry.name, *entry.aliases, *entry.attributes.values(), *wider)))


def _newest_only(found: list[Found]) -> list[Found]:
    """Leave out an older edition's entry where the edition in force has the same code."""
    current = {(one.book.standard, one.entry.code) for one in found if _speaks_itself(one)}
    return [one for one in found if _speaks_itself(one) or (one.book.standard, one.entry.code) not in current]


def _speaks_itself(found: Found) -> bool:
    return found.warning == found.book.missing


def _fold(text: str) -> str:
    """Letters and digits alone, in half width and lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
