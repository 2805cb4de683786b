"""The six classes of surface water and the five grades (水质类别与水质状况)."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Grade", "WaterClass", "grade_of", "read_class"]


class WaterClass(IntEnum):
    """Class of surface water (水质类别), best first; a greater number is worse.

    Examples
    --------
    >>> WaterClass.II < WaterClass.INFERIOR, WaterClass.INFERIOR.label
    (True, '劣V')
    """

    I = 1  # noqa: E741 - the standard's own name of the class
    II = 2
    III = 3
    IV = 4
    V = 5
    INFERIOR = 6

    @property
    def label(self) -> str:
        """As written in reports: I, II, III, IV, V, 劣V."""
        return "劣V" if self is WaterClass.INFERIOR else self.name


class Grade(IntEnum):
    """Grade of a section, river or basin in words (水质状况), best first."""

    EXCELLENT = 1
    GOOD = 2
    LIGHT = 3
    MODERATE = 4
    HEAVY = 5

    @property
    def label(self) -> str:
        """The word of the evaluation method."""
        return ("优", "良好", "轻度污染", "中度污染", "重度污染")[self - 1]


_GRADES = {
    WaterClass.I: Grade.EXCELLENT,
    WaterClass.II: Grade.EXCELLENT,
    WaterClass.III: Grade.GOOD,
    WaterClass.IV: Grade.LIGHT,
    WaterClass.V: Grade.MODERATE,
    WaterClass.INFERIOR: Grade.HEAVY,
}

_ROMAN = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V"}
_BY_LABEL = {water_class.label: water_class for water_class in WaterClass}


def grade_of(water_class: WaterClass) -> Grade:
    """Return the grade of a section from its class.

    Parameters
    ----------
    water_class : WaterClass, scalar

    Returns
    -------
    Grade

    Source
    ------
    环办〔2011〕22号, 二(一)1, table of section grades.

    Examples
    --------
    >>> [grade_of(c).label for c in WaterClass]
    ['优', '优', '良好', '轻度污染', '中度污染', '重度污染']
    """
    return _GRADES[water_class]


def read_class(text: str) -> WaterClass | None:
    """Return the class a text names, however its Roman numeral is written; None for anything else.

    Parameters
    ----------
    text : str
        ``Ⅲ``, ``III``, ``III类``, ``劣Ⅴ``, ``劣V类`` ...; blanks around it do not matter.

    Returns
    -------
    WaterClass or None
        None where the text names no class (``*``, ``-``, empty).

    Notes
    -----
    Feeds write the numeral as one character of its own or as Latin letters; both occur
    in one file.

    Source
    ------
    GB 3838—2002, clause 3; "劣于V类" as 环办〔2011〕22号 words it.

    Examples
    --------
    >>> read_class("劣Ⅴ类").label, read_class("II").label, read_class("*")
    ('劣V', 'II', None)
    """
    word = text.strip().removesuffix("类").replace("劣于", "劣")
    for numeral, letters in _ROMAN.items():
        word = word.replace(numeral, letters)
    return _BY_LABEL.get(word)
