"""How much of its points a row earns: one function a curve, each saying in words what it did."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from qingshan.assessment.scoring.shapes import Band, CurveKind, ListRule, Row, Verdict
from qingshan.kernel.rounding import exact, round_places
from qingshan.plans.packs.words import Direction

__all__ = ["share_of"]

_NOTHING, _ALL = Fraction(0), Fraction(1)
_FULL_PER_CENT = 100

Earned = tuple[Fraction, str]


def share_of(row: Row, rule: ListRule) -> Earned:
    """Return the share of its points that a row earns, and how that came about.

    Parameters
    ----------
    row : Row
        One that counts: its ``excluded`` is empty.

    Returns
    -------
    share : Fraction
        0 to 1, exact.
    why : str
        In Chinese, for the person who reads the sheet.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from qingshan.assessment.scoring.shapes import ListRule
    >>> rule = ListRule(points=Decimal(20), curve=CurveKind.SHARE_DONE, weights=())
    >>> share_of(Row("M2", "淘汰老旧车辆", done=Decimal(60)), rule)
    (Fraction(3, 5), '完成 60%')
    """
    return _CURVES[rule.curve](row, rule.bands)


def _progress(row: Row, _bands: tuple[Band, ...]) -> Earned:
    if row.actual is None:
        return _without_value(row)
    if row.baseline is None or row.target is None or not _leads_on(row):
        return _by_verdict(row)
    gone = (exact(row.actual) - exact(row.baseline)) / (exact(row.target) - exact(row.baseline))
    share = min(_ALL, max(_NOTHING, gone))
    held = f"({row.actual} − {row.baseline}) ÷ ({row.target} − {row.baseline})"
    return share, f"自基准值起的进度 {held} = {_shown(gone)}{_limited(gone, share)}"


def _leads_on(row: Row) -> bool:
    """Whether the target is better than the baseline, so that there is a way to go."""
    assert row.baseline is not None  # noqa: S101 - the caller has looked
    assert row.target is not None  # noqa: S101
    better = row.target - row.baseline
    return better < 0 if row.direction is Direction.LOWER_BETTER else better > 0


def _bands(row: Row, bands: tuple[Band, ...]) -> Earned:
    if row.actual is None:
        return _without_value(row)
    attained = _attainment(row)
    if attained is None:
        return _by_verdict(row)
    share = max((exact(band.share) for band in bands if attained >= exact(band.at_least)), default=_NOTHING)
    return share, f"完成率 {_shown(attained)}，按分档得 {_shown(share)}"


def _attainment(row: Row) -> Fraction | None:
    """Value against target; None where one cannot be held against the other."""
    if row.target is None or row.actual is None:
        return None
    over, under = exact(row.actual), exact(row.target)
    if row.direction is Direction.LOWER_BETTER:
        over, under = under, over
    return over / under if over > 0 and under > 0 else None


def _share_done(row: Row, _bands: tuple[Band, ...]) -> Earned:
    if row.done is None:
        return _NOTHING, "未报告进展，不得分"
    return exact(row.done) / _FULL_PER_CENT, f"完成 {row.done}%"


def _all_or_nothing(row: Row, _bands: tuple[Band, ...]) -> Earned:
    if row.verdict is not None:
        return _by_verdict(row)
    if row.done is None:
        return _NOTHING, "未报告进展，不得分"
    done = row.done == _FULL_PER_CENT
    return (_ALL, "已完成，得满分") if done else (_NOTHING, f"完成 {row.done}%，未完成不得分")


def _without_value(row: Row) -> Earned:
    """A verdict can rest on a finding instead of a number; without either nothing is earned."""
    return _by_verdict(row) if row.verdict is Verdict.MET else (_NOTHING, "无数据，不得分")


def _by_verdict(row: Row) -> Earned:
    return (_ALL, "判定达标，得满分") if row.verdict is Verdict.MET else (_NOTHING, "判定未达标，不得分")


def _shown(share: Fraction) -> str:
    return f"{round_places(share * _FULL_PER_CENT, 1)}%"


def _limited(gone: Fraction, share: Fraction) -> str:
    if gone == share:
        return ""
    return "，以 100% 计" if gone > share else "，比基准值差，以 0 计"


_CURVES: dict[CurveKind, Callable[[Row, tuple[Band, ...]], Earned]] = {
    CurveKind.PROGRESS: _progress,
    CurveKind.BANDS: _bands,
    CurveKind.SHARE_DONE: _share_done,
    CurveKind.ALL_OR_NOTHING: _all_or_nothing,
}
