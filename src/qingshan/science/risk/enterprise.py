"""Risk of an enterprise from quantity Q, control M and receptors E (企业突发环境事件风险分级).

Air and water are graded apart; the enterprise takes the higher grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "AirReceptors",
    "Medium",
    "ProcessScore",
    "RiskGrade",
    "Steps",
    "Substance",
    "air_sensitivity",
    "enterprise_grade",
    "medium_label",
    "process_score",
    "quantity_ratio",
    "raised_grade",
    "risk_grade",
    "water_sensitivity",
]


class RiskGrade(IntEnum):
    """Grade of risk (环境风险等级), the lowest first."""

    ORDINARY = 1
    LARGER = 2
    MAJOR = 3

    @property
    def label(self) -> str:
        """The word of the method."""
        return ("一般", "较大", "重大")[self - 1]


class Medium(StrEnum):
    """What is at risk (涉气、涉水)."""

    AIR = "air"
    WATER = "water"

    @property
    def label(self) -> str:
        """The Chinese word of a label."""
        return {"air": "大气", "water": "水"}[self.value]


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance on site: its greatest quantity and its critical quantity, both in tonnes."""

    quantity: Exact
    critical: Exact


@dataclass(frozen=True, slots=True)
class Steps:
    """Classes by their least value, lowest first; the first one starts at zero (分段)."""

    bounds: Mapping[str, Fraction]

    def __post_init__(self) -> None:
        numbers = list(self.bounds.values())
        if not numbers or numbers[0] != 0 or numbers != sorted(set(numbers)):
            raise ValueError(f"bounds that rise from zero are needed; found {dict(self.bounds)}")

    def class_of(self, value: Exact) -> str:
        """Return the last class whose bound a value reaches.

        Raises
        ------
        ValueError
            A value below zero.
        """
        number = exact(value)
        if number < 0:
            raise ValueError(f"{value} is below zero")
        return [name for name, bound in self.bounds.items() if number >= bound][-1]


@dataclass(frozen=True, slots=True)
class ProcessScore:
    """Score of the processes: the sum over all sets, and what of it counts."""

    total: Fraction
    counted: Fraction


@dataclass(frozen=True, slots=True)
class AirReceptors:
    """Bounds of persons within a distance: more than the first is E1, at least the second E2."""

    within_5_km: tuple[Fraction, Fraction]
    within_500_m: tuple[Fraction, Fraction]


def quantity_ratio(substances: Sequence[Substance]) -> Fraction:
    """Return the ratio of quantities to critical quantities (Q 值).

    Parameters
    ----------
    substances : sequence of Substance
        Tonnes; a mixture is given by its components. None at all gives zero.

    Returns
    -------
    Fraction
        Dimensionless, not rounded.

    Raises
    ------
    ValueError
        A negative quantity, or a critical quantity that is not above zero.

    Source
    ------
    HJ 941—2018, Q: sum of w over W; critical quantities are those of annex A, given by the caller.

    Examples
    --------
    >>> quantity_ratio([Substance(5, 10), Substance(3, "2.5"), Substance(20, 50)])
    Fraction(21, 10)
    """
    total = Fraction(0)
    for substance in substances:
        quantity, critical = exact(substance.quantity), exact(substance.critical)
        if quantity < 0 or critical <= 0:
            raise ValueError(f"{substance.quantity} t of {substance.critical} t; give amounts above zero")
        total += quantity / critical
    return total


def process_score(sets: Iterable[Exact], cap: Exact) -> ProcessScore:
    """Return the score of the production processes (生产工艺过程得分).

    Parameters
    ----------
    sets : iterable of decimals
        Score of each set of equipment: two lines with two processes are four sets.
    cap : decimal
        What counts at most.

    Returns
    -------
    ProcessScore

    Raises
    ------
    ValueError
        A negative score.

    Source
    ------
    HJ 941—2018, table 1; a reply of the ministry in 2020 on counting sets and the cap of 30.

    Examples
    --------
    >>> process_score([10] * 4, 30)
    ProcessScore(total=Fraction(40, 1), counted=Fraction(30, 1))
    """
    scores = [exact(score) for score in sets]
    if any(score < 0 for score in scores):
        raise ValueError(f"scores {[str(score) for score in scores]}; none may be below zero")
    total = sum(scores, Fraction(0))
    return ProcessScore(total, min(total, exact(cap)))


def air_sensitivity(
    persons_5_km: int,
    persons_500_m: int,
    receptors: Iterable[str],
    bounds: AirReceptors,
    words: Mapping[str, str],
) -> str:
    """Return how sensitive the receptors of air are (大气环境风险受体敏感程度).

    Parameters
    ----------
    persons_5_km, persons_500_m : int
        Persons within 5 km and within 500 m.
    receptors : iterable of str
        Receptors that class the place by themselves.
    bounds : AirReceptors
    words : mapping of receptor to E1 or E2

    Returns
    -------
    str
        E1 (most sensitive) to E3.

    Raises
    ------
    ValueError
        Negative persons, or a receptor without a class.

    Source
    ------
    HJ 941—2018, air receptors. Not confirmed in the text: see the data file.

    Examples
    --------
    >>> bounds = AirReceptors((Fraction(50000), Fraction(10000)), (Fraction(1000), Fraction(500)))
    >>> [air_sensitivity(near, 0, [], bounds, {}) for near in (50001, 50000, 10000, 9999)]
    ['E1', 'E2', 'E2', 'E3']
    """
    if persons_5_km < 0 or persons_500_m < 0:
        raise ValueError(f"{persons_5_km} and {persons_500_m} persons")
    found = [_of_receptors(receptors, words)]
    for persons, (first, second) in (
        (persons_5_km, bounds.within_5_km),
        (persons_500_m, bounds.within_500_m),
    ):
        found.append("E1" if persons > first else "E2" if persons >= second else "E3")
    return min(found)


def water_sensitivity(receptors: Iterable[str], words: Mapping[str, str]) -> str:
    """Return how sensitive the receptors of water are (水环境风险受体敏感程度).

    Parameters
    ----------
    receptors : iterable of str
        What lies downstream.
    words : mapping of receptor to E1 or E2

    Returns
    -------
    str
        E1 (most sensitive) to E3; E3 when nothing lies downstream.

    Raises
    ------
    ValueError
        A receptor without a class.

    Source
    ------
    HJ 941—2018, water receptors. Not confirmed in the text: see the data file.

    Examples
    --------
    >>> water_sensitivity(["flood_plain"], {"flood_plain": "E2"}), water_sensitivity([], {})
    ('E2', 'E3')
    """
    return _of_receptors(receptors, words)


def risk_grade(
    q: str, m: str | None, e: str | None, matrix: Mapping[tuple[str, str, str], RiskGrade]
) -> RiskGrade:
    """Return the grade of one medium.

    Parameters
    ----------
    q, m, e : str
        Classes such as Q1, M2, E3; M and E are not needed with Q0.
    matrix : mapping of (e, q, m) to RiskGrade

    Returns
    -------
    RiskGrade
        Ordinary with Q0.

    Raises
    ------
    KeyError
        The matrix has no such place, or M or E is missing.

    Source
    ------
    HJ 941—2018, matrix of grades; Q below 1 is ordinary.

    Examples
    --------
    >>> risk_grade("Q2", "M2", "E3", {("E3", "Q2", "M2"): RiskGrade.LARGER}).label
    '较大'
    >>> risk_grade("Q0", None, None, {}).label
    '一般'
    """
    if q == "Q0":
        return RiskGrade.ORDINARY
    place = (e, q, m)
    if place not in matrix:
        raise KeyError(f"{q} is graded with M1 to M4 and E1 to E3; M is {m}, E is {e}")
    return matrix[e or "", q, m or ""]


def raised_grade(grade: RiskGrade, steps: int) -> RiskGrade:
    """Return a grade raised for unlawful acts, never above the highest (风险等级调整).

    Parameters
    ----------
    grade : RiskGrade
    steps : int
        One where the enterprise was punished for unlawful discharge within three years.

    Returns
    -------
    RiskGrade

    Source
    ------
    HJ 941—2018, adjustment. Not confirmed in the text: see the data file.

    Examples
    --------
    >>> raised_grade(RiskGrade.LARGER, 1).label, raised_grade(RiskGrade.MAJOR, 1).label
    ('重大', '重大')
    """
    return RiskGrade(min(grade + steps, RiskGrade.MAJOR))


def enterprise_grade(air: RiskGrade, water: RiskGrade) -> RiskGrade:
    """Return the grade of the enterprise: the higher of air and water (企业突发环境事件风险等级).

    Parameters
    ----------
    air, water : RiskGrade

    Returns
    -------
    RiskGrade

    Source
    ------
    HJ 941—2018: the enterprise takes the higher grade.

    Examples
    --------
    >>> enterprise_grade(RiskGrade.ORDINARY, RiskGrade.LARGER).label
    '较大'
    """
    return max(air, water)


def medium_label(grade: RiskGrade, medium: Medium, q: str, m: str | None = None, e: str | None = None) -> str:
    """Return the label of one medium, as it is filed (风险等级表征).

    Parameters
    ----------
    grade : RiskGrade
    medium : Medium
    q, m, e : str
        Classes; with Q0 the others are left out.

    Returns
    -------
    str

    Source
    ------
    HJ 941—2018, form of the grade; one published label.

    Examples
    --------
    >>> medium_label(RiskGrade.LARGER, Medium.AIR, "Q2", "M2", "E3")
    '较大-大气(Q2-M2-E3)'
    >>> medium_label(RiskGrade.ORDINARY, Medium.WATER, "Q0", "M4", "E1")
    '一般-水(Q0)'
    """
    classes = (q,) if q == "Q0" else tuple(one for one in (q, m, e) if one)
    return f"{grade.label}-{medium.label}({'-'.join(classes)})"


def _of_receptors(receptors: Iterable[str], words: Mapping[str, str]) -> str:
    found = ["E3"]
    for receptor in receptors:
        if receptor not in words:
            raise ValueError(f"{receptor!r} is no receptor; known are {sorted(words)}")
        found.append(words[receptor])
    return min(found)
