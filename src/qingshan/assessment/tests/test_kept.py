"""What is frozen is read back equal; what changed between two sheets is named line by line."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from qingshan.assessment.scoring.changes import compared
from qingshan.assessment.scoring.kept import (
    conduct_from,
    plain_conduct,
    plain_row,
    plain_sheet,
    row_from,
    sheet_from,
)
from qingshan.assessment.scoring.reading import shipped_schemes
from qingshan.assessment.scoring.shapes import Conduct, ListKind, Row, Verdict
from qingshan.assessment.scoring.sheets import score
from qingshan.plans.packs.words import Attribute

SCHEMES = shipped_schemes()
ROWS = {
    ListKind.INDICATORS: [
        Row("I1", "优良天数比例", category="环境质量", attribute=Attribute.BINDING, baseline=Decimal("88.0"),
            target=Decimal("92.5"), actual=Decimal("90.10"), verdict=Verdict.MISSED, lead="甲",
            joint=("乙", "丙")),
        Row("I2", "公众满意度", category="生态保护", excluded="未调查", verdict=Verdict.NOT_EVALUABLE),
    ],
    ListKind.MEASURES: [Row("M1", "建设管网", done=Decimal(33))],
    ListKind.PROJECTS: [Row("P1", "扩建", key=True, done=Decimal(100), lead="乙")],
}  # fmt: skip
FACTS = [Conduct("late_report", 3, "乙", "三次")]


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda scheme: scheme.code)
class TestKept:
    def test_a_sheet_read_back_is_the_same_sheet(self, scheme: object) -> None:
        for department in ("", "乙"):
            sheet = score(scheme, ROWS, FACTS, department=department)  # type: ignore[arg-type]
            kept = json.loads(json.dumps(plain_sheet(sheet)))
            assert sheet_from(kept, scheme) == sheet  # type: ignore[arg-type]

    def test_rows_and_facts_read_back_give_the_same_sheet(self, scheme: object) -> None:
        kept = json.loads(json.dumps({kind: [plain_row(row) for row in rows] for kind, rows in ROWS.items()}))
        rows = {ListKind(kind): [row_from(one) for one in found] for kind, found in kept.items()}
        facts = [conduct_from(json.loads(json.dumps(plain_conduct(one)))) for one in FACTS]
        assert (rows, facts) == (ROWS, FACTS)
        assert score(scheme, rows, facts) == score(scheme, ROWS, FACTS)  # type: ignore[arg-type]


class TestChanges:
    SCHEME = SCHEMES["progress-2026"]

    def test_the_same_sheet_has_no_changes(self) -> None:
        sheet = score(self.SCHEME, ROWS, FACTS)
        found = compared(sheet, sheet)
        assert (found.changes, found.by) == ((), 0)

    def test_each_line_says_what_it_was_and_is_and_why(self) -> None:
        better = [replace(ROWS[ListKind.INDICATORS][0], actual=Decimal("92.5"), verdict=Verdict.MET)]
        rows = {**ROWS, ListKind.INDICATORS: [*better, ROWS[ListKind.INDICATORS][1]]}
        found = compared(score(self.SCHEME, ROWS, FACTS), score(self.SCHEME, rows, []))
        assert [(one.code, one.before, one.after) for one in found.changes] == [
            ("I1", Decimal("28.00"), Decimal("60.00")), ("late_report", Decimal("-1.50"), None),
        ]  # fmt: skip
        assert (found.by, found.grade_before, found.grade_after) == (Decimal("33.50"), "不合格", "良好")
        assert "46.7%" in found.changes[0].why_before

    def test_a_row_that_is_new_or_gone_is_told(self) -> None:
        rows = {**ROWS, ListKind.MEASURES: [Row("M2", "造林", done=Decimal(50))]}
        found = compared(score(self.SCHEME, ROWS), score(self.SCHEME, rows))
        assert [(one.code, one.before, one.after) for one in found.changes] == [
            ("M2", None, Decimal("10.00")), ("M1", Decimal("6.60"), None),
        ]  # fmt: skip
