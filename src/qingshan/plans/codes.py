"""Codes of plans and their records (编号): they stand in addresses, so that links last. Pure."""

from __future__ import annotations

import re

__all__ = ["is_code"]

#: Words of any script, joined by a few signs; no dot in front, which a browser would take for a folder.
_CODE = re.compile(r"\w[\w.·()（）-]*")


def is_code(text: str) -> bool:
    """Return whether a text can be the code of a record.

    Examples
    --------
    >>> is_code("QL-M05.02"), is_code("指标1"), is_code("A/1"), is_code(".."), is_code("a b")
    (True, True, False, False, False)
    """
    return _CODE.fullmatch(text) is not None
