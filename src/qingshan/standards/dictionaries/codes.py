"""Whether a code is well formed: wastes, industries, the check character of a firm's credit code."""

from __future__ import annotations

import re

from qingshan.kernel.codes import BadCode

__all__ = ["checked_credit_code", "checked_industry_code", "checked_waste_code", "credit_code_check"]

_WASTE = re.compile(r"(?P<industry>[0-9]{3})-(?P<serial>[0-9]{3})-(?P<category>[0-9]{2})")
_INDUSTRY = re.compile(r"[A-T]|(?:[A-T])?[0-9]{2,4}")
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def checked_waste_code(code: str, category: str = "") -> str:
    """Return a code of hazardous waste, or refuse it.

    Parameters
    ----------
    code : str
        Eight digits as printed: ``900-249-08``.
    category : str, optional
        The category it is said to belong to, ``HW08``; its digits must be the last two of the code.

    Raises
    ------
    BadCode
        Not of that shape, a category that there is not, or another category than the one named.

    Source
    ------
    国家危险废物名录（2021年版、2025年版）, the article on terms: three digits of the industry, three of
    the serial number, two of the category.

    Examples
    --------
    >>> checked_waste_code("336-064-17", "HW17")
    '336-064-17'
    >>> checked_waste_code("336-064-17", "HW18")
    Traceback (most recent call last):
        ...
    qingshan.kernel.codes.BadCode: 336-064-17 belongs to HW17, not to HW18
    """
    found = _WASTE.fullmatch(code)
    if found is None:
        raise BadCode(f"{code!r} is not a waste code; the form is 900-249-08")
    own = f"HW{found['category']}"
    if not 1 <= int(found["category"]) <= 50 or 41 <= int(found["category"]) <= 44:
        raise BadCode(f"{code}: there is no category {own}")
    if category not in ("", own):
        raise BadCode(f"{code} belongs to {own}, not to {category}")
    return code


def checked_industry_code(code: str) -> str:
    """Return a code of an industry without its section letter, or refuse it.

    Raises
    ------
    BadCode
        Neither a section letter nor two to four digits.

    Source
    ------
    GB/T 4754—2017, clause 4: a letter and up to four digits, two, three or four for division, group, class.

    Examples
    --------
    >>> checked_industry_code("C2221"), checked_industry_code("22"), checked_industry_code("C")
    ('2221', '22', 'C')
    """
    if not _INDUSTRY.fullmatch(code):
        raise BadCode(
            f"{code!r} is not an industry code; it has a section letter, two to four digits, or both"
        )
    return code if len(code) == 1 else code.lstrip("ABCDEFGHIJKLMNOPQRST")


def credit_code_check(first_17: str) -> str:
    """Return the check character of a unified social credit code (统一社会信用代码).

    Parameters
    ----------
    first_17 : str
        The seventeen characters before it; I, O, S, V and Z do not occur.

    Raises
    ------
    BadCode
        Not seventeen characters of the set.

    Source
    ------
    GB 32100—2015, annex A: weights are powers of 3 modulo 31.

    Examples
    --------
    >>> credit_code_check("91350100M000100Y4")
    '3'
    """
    if len(first_17) != 17 or any(letter not in _CREDIT for letter in first_17):
        raise BadCode(f"{first_17!r} is not the beginning of a credit code: 17 of {_CREDIT}")
    total = sum(_CREDIT.index(letter) * pow(3, place, 31) for place, letter in enumerate(first_17))
    return _CREDIT[-total % 31]


def checked_credit_code(code: str) -> str:
    """Return a unified social credit code, or refuse one whose check character is wrong.

    Raises
    ------
    BadCode
        Not eighteen characters, or the last is not the one the others ask for.

    Examples
    --------
    >>> checked_credit_code("91350100M000100Y43")
    '91350100M000100Y43'
    """
    if len(code) != 18:
        raise BadCode(f"{code!r} has {len(code)} characters; a credit code has 18")
    if code[-1] != (right := credit_code_check(code[:-1])):
        raise BadCode(f"{code}: the check character is {code[-1]}, the others ask for {right}")
    return code
