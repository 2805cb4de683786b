"""What the page of interface patterns shows: one sample of each kind, all of it made up and marked so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.pages.public import Badge

_TONES = ("good", "fine", "warn", "bad", "wait", "idle", "plain")


def pattern_samples() -> dict[str, Any]:
    """Return the context of the patterns page."""
    source = _("样例")
    as_of = date(2025, 12, 31)
    return {
        "figures": [
            {
                "what": _("有来历的数值"),
                "figure": Figure(Decimal("95.4"), "%", as_of, source, origin="#", simulated=True),
            },
            {
                "what": _("分组的大数"),
                "figure": Figure(201264, _("万元"), as_of, source, simulated=True),
            },
            {"what": _("定性结果"), "figure": Figure(None, text=_("制定实施"), source=source)},
            {"what": _("没有数据"), "figure": Figure(None, "%", missing=_("印刷文本缺少该表"))},
        ],
        "badges": [Badge(tone, tone) for tone in _TONES],
        "chart": {
            "unit": "%",
            "years": ["2020", "2021", "2022", "2023", "2024", "2025"],
            "baseline": {"x": 0, "value": 88},
            "path": [88, 89, 90, 91, 92, 93],
            "targets": [None, None, None, None, None, {"x": 5, "value": 93, "bound": "min", "label": "≥93"}],
            "limits": [{"value": 93, "label": "≥93%"}],
            "values": [{"name": source, "points": [88, 89.5, None, 91.2, 92, None]}],
            "words": {"path": _("目标路径"), "targets": _("目标"), "baseline": _("基准")},
        },
    }
