"""Numbers of things in the words of a project: 新建污水管9公里."""

from __future__ import annotations

import re
from decimal import Decimal

from qingshan.reading.findings import Quantity

__all__ = ["quantities_in"]

_UNITS = (
    r"万亩|亩|公顷|hm2|平方公里|万平方米|平方米|立方米/日|万立方米/日|万吨/日|万吨/年|吨/日|吨/年|m3/d|万吨|吨|公里|千米|km|米|m(?![a-z\d])|"
    r"万千瓦|千瓦|MW|蒸吨|座|个|家|台|套|条|处|项|辆|艘|户|口|间|所|宗|头|万株|株|块|种|%"
)
_AMOUNT = re.compile(
    rf"(?P<what>[^，。；、：\d]{{0,14}}?)约?(?P<value>\d[\d,]*(?:\.\d+)?)"
    rf"(?P<unit>{_UNITS})(?P<after>[^，。；、\d]{{0,10}})"
)


def quantities_in(folded: str) -> tuple[Quantity, ...]:
    """Return the numbers of things in a folded text, years left out.

    >>> [(q.what, q.value, q.unit) for q in quantities_in("拟新建约9公里污水管，2019年新建2个")]
    [('污水管', Decimal('9'), '公里'), ('新建', Decimal('2'), '个')]
    """
    found = []
    for match in _AMOUNT.finditer(re.sub(r"20\d\d年", "", folded)):
        what = match.group("after") or match.group("what")
        found.append(Quantity(what, Decimal(match.group("value").replace(",", "")), match.group("unit")))
    return tuple(found)
