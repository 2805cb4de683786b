"""Which edition speaks for a day, a year, or by its name."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date

from qingshan.standards.editions import Edition, Rulebook
from qingshan.standards.loader import shipped

__all__ = [
    "BeforeFirstEdition",
    "NoEditionInForce",
    "UnknownStandard",
    "YearChoice",
    "editions_of",
    "rules_for_year",
    "rules_named",
    "rules_on",
    "standards",
]


class UnknownStandard(LookupError):
    """No standard, edition or phase of this name is known."""


class BeforeFirstEdition(LookupError):
    """The day lies before the first edition that is known: there is nothing to judge by."""


class NoEditionInForce(LookupError):
    """No edition, or no phase of it, is in force on the day."""


class YearChoice(enum.StrEnum):
    """Which day's limits judge a whole year when they change within it.

    GB 3095-2026 came into force on 2026-03-01 and does not say which limits an annual
    value of 2026 is compared with. The choice is a parameter, and a result says which was made.
    """

    LAST_DAY = "last_day"
    FIRST_DAY = "first_day"


def standards(editions: Iterable[Edition] | None = None) -> tuple[str, ...]:
    """Return the name of every known standard, in order.

    Examples
    --------
    >>> {"GB 3095", "GB 3838"} <= set(standards())
    True
    """
    return tuple(dict.fromkeys(edition.standard for edition in _all(editions)))


def editions_of(standard: str, editions: Iterable[Edition] | None = None) -> tuple[Edition, ...]:
    """Return the editions of a standard, oldest first.

    Parameters
    ----------
    standard : str
        Its name without a year: ``GB 3095``.
    editions : iterable of Edition, optional
        Where to look; the shipped ones when not given. To add editions of one's own, pass
        ``(*shipped(), *read_folder(folder))``.

    Returns
    -------
    tuple of Edition

    Raises
    ------
    UnknownStandard
        There is none of this name.

    Examples
    --------
    >>> [edition.code for edition in editions_of("GB 3095")]
    ['GB 3095-2012', 'GB 3095-2026']
    """
    found = [edition for edition in _all(editions) if edition.standard == standard]
    if not found:
        raise UnknownStandard(
            f"{standard!r} is no known standard; known are {', '.join(standards(editions))}"
        )
    return tuple(sorted(found, key=lambda edition: edition.first_on))


def rules_on(standard: str, on: date, editions: Iterable[Edition] | None = None) -> Rulebook:
    """Return the edition in force on the day of the data, read in the phase of that day.

    Parameters
    ----------
    standard : str
        Its name without a year: ``GB 3095``.
    on : date
        Day of the data, never of the calculation.
    editions : iterable of Edition, optional
        Where to look; the shipped ones when not given.

    Returns
    -------
    Rulebook

    Raises
    ------
    UnknownStandard
        There is no such standard.
    BeforeFirstEdition
        The day lies before its first edition.
    NoEditionInForce
        The day lies after the last edition or in none of its phases.

    Examples
    --------
    >>> from datetime import date
    >>> [rules_on("GB 3095", day).name for day in (date(2026, 2, 28), date(2026, 3, 1), date(2031, 1, 1))]
    ['GB 3095-2012', 'GB 3095-2026/transition', 'GB 3095-2026/final']
    """
    known = editions_of(standard, editions)
    if on < known[0].first_on:
        first = known[0]
        raise BeforeFirstEdition(
            f"{on} lies before {first.first_on}, the first day of {first.code}; name an edition"
        )
    # The newest that holds: an edition without a last day gives way to the one that follows it.
    holding = [edition for edition in known if edition.holds_on(on)]
    if not holding:
        raise NoEditionInForce(f"no edition of {standard} is in force on {on}")
    return _read_on(holding[-1], on)


def rules_named(name: str, editions: Iterable[Edition] | None = None) -> Rulebook:
    """Return an edition by its name, whatever the day (told another edition).

    Parameters
    ----------
    name : str
        ``GB 3095-2026/final``; without a phase, the edition's first one.
    editions : iterable of Edition, optional
        Where to look; the shipped ones when not given.

    Returns
    -------
    Rulebook

    Raises
    ------
    UnknownStandard
        There is no such edition or phase.

    Examples
    --------
    >>> rules_named("GB 3095-2026/final").number("limits", parameter="PM2.5", averaging="annual", grade=2)
    Decimal('25')
    """
    # A code may hold a slash of its own (GB/T 14848-2017): the whole name is tried before a phase is cut off.
    code, phase_name = name, ""
    edition = next((edition for edition in _all(editions) if edition.code == code), None)
    if edition is None:
        code, _, phase_name = name.rpartition("/") if "/" in name else (name, "", "")
        edition = next((edition for edition in _all(editions) if edition.code == code), None)
    if edition is None:
        known = ", ".join(edition.code for edition in _all(editions))
        raise UnknownStandard(f"{code!r} is no known edition; known are {known}")
    if not phase_name:
        return Rulebook(edition, edition.phases[0] if edition.phases else None)
    phase = next((phase for phase in edition.phases if phase.name == phase_name), None)
    if phase is None:
        raise UnknownStandard(
            f"{code} has no phase {phase_name!r}; it has {[p.name for p in edition.phases]}"
        )
    return Rulebook(edition, phase)


def rules_for_year(
    standard: str,
    year: int,
    choose: YearChoice | str = YearChoice.LAST_DAY,
    editions: Iterable[Edition] | None = None,
) -> Rulebook:
    """Return the rules that judge a calendar year, and state the choice where the text is silent.

    Parameters
    ----------
    standard : str
    year : int
    choose : YearChoice or str
        The day whose rules count when they change within the year, or the name of an edition.
    editions : iterable of Edition, optional
        Where to look; the shipped ones when not given.

    Returns
    -------
    Rulebook
        ``stated`` says which choice was made, where there was one.

    Raises
    ------
    UnknownStandard, BeforeFirstEdition, NoEditionInForce
        As `rules_on` and `rules_named`.

    Notes
    -----
    Where both days give the same rules there is no choice, and nothing is stated.

    Examples
    --------
    >>> rules_for_year("GB 3095", 2026).name
    'GB 3095-2026/transition'
    >>> rules_for_year("GB 3095", 2026, YearChoice.FIRST_DAY).stated
    '2026 年内换版，文本未规定年评价用哪一版：按 1 月 1 日有效的 GB 3095-2012'
    >>> rules_for_year("GB 3095", 2025).stated
    ''
    """
    if choose not in set(YearChoice):
        named = rules_named(choose, editions)
        return Rulebook(named.edition, named.phase, f"{year} 年按指定的 {named.name} 评价")
    last = rules_on(standard, date(year, 12, 31), editions)
    try:
        first = rules_on(standard, date(year, 1, 1), editions)
    except BeforeFirstEdition:
        first = None
    if first == last:
        return last
    chosen, day = (last, "12 月 31 日") if choose == YearChoice.LAST_DAY else (first, "1 月 1 日")
    if chosen is None:
        raise BeforeFirstEdition(f"{year}-01-01 lies before the first edition of {standard}")
    stated = f"{year} 年内换版，文本未规定年评价用哪一版：按 {day}有效的 {chosen.name}"
    return Rulebook(chosen.edition, chosen.phase, stated)


def _read_on(edition: Edition, on: date) -> Rulebook:
    phase = edition.phase_on(on)
    if edition.phases and phase is None:
        raise NoEditionInForce(f"{edition.code} has no phase in force on {on}")
    return Rulebook(edition, phase)


def _all(editions: Iterable[Edition] | None) -> Sequence[Edition]:
    return shipped() if editions is None else tuple(editions)
