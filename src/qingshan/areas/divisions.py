"""Lists of administrative divisions: the bundled one, and folders of code tables. Pure reading.

A folder holds comma-separated tables with at least the columns ``code`` and ``name``, as the statistical
division codes are published: provinces (2 digits), cities (4), counties (6), towns (9), villages (12).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from qingshan.kernel.codes import BadCode, division_level

BUNDLED = Path(__file__).resolve().parent / "data" / "divisions.csv"


class BadList(ValueError):
    """A code table has a row that cannot be read; the message names the file and the line."""


def bundled() -> tuple[tuple[str, str], ...]:
    """Return the divisions that come with the house: those the real plans speak of."""
    return tuple(read_table(BUNDLED))


def read_folder(folder: Path, *, within: str = "") -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every division table of a folder, codes in their full form.

    Parameters
    ----------
    within : str
        Only codes that begin so, and those they belong to (``4407``: the city, its counties, its province).

    Raises
    ------
    BadList
        A table has a row that is no division, or there is no table at all.
    """
    tables = sorted(folder.glob("*division*.csv")) or sorted(folder.glob("*.csv"))
    if not tables:
        raise BadList(_("%(folder)s：没有区划代码表（*.csv）") % {"folder": folder})
    rows = dict(row for table in tables for row in read_table(table))
    return tuple((code, name) for code, name in sorted(rows.items()) if _belongs(code, within))


def read_table(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (code, name) of one table.

    Raises
    ------
    BadList
        A column is missing, or a row is no division.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"code", "name"} <= set(reader.fieldnames or ()):
            told = {"file": path.name, "found": "、".join(reader.fieldnames or ())}
            raise BadList(_("%(file)s：表头应有 code 和 name，现为：%(found)s") % told)
        for line, row in enumerate(reader, start=2):
            yield _full(row["code"].strip(), path.name, line), row["name"].strip()


def _full(code: str, file: str, line: int) -> str:
    """Return a code in the form that is kept: provinces and cities get their noughts.

    Examples
    --------
    >>> _full("4407", "t", 2), _full("440781", "t", 3), _full("440781107", "t", 4)
    ('440700', '440781', '440781107')
    """
    kept = code.ljust(6, "0") if len(code) in (2, 4) else code
    try:
        division_level(kept)
    except BadCode as error:
        text = _("%(file)s 第 %(line)d 行：代码“%(code)s”应为 2、4、6、9 或 12 位数字")
        raise BadList(text % {"file": file, "line": line, "code": code}) from error
    return kept


def _belongs(code: str, within: str) -> bool:
    """Whether a code lies within a beginning, or above it."""
    used = code.rstrip("0") if len(code) == 6 else code
    return code.startswith(within) or within.startswith(used)
