"""Statistics that several subjects share: data capture, percentiles, ranks, trends, outlier screens.

Exact throughout: decimals and whole numbers in, decimals and fractions out.
"""

from qingshan.science.statistics.capture import data_capture_percent
from qingshan.science.statistics.outliers import Suspect, far_from_median, jumps, stuck_runs
from qingshan.science.statistics.percentiles import median, percentile, percentile_place
from qingshan.science.statistics.ranks import mean_ranks, ranks
from qingshan.science.statistics.trends import (
    RankTrend,
    SenSlope,
    UnknownCriticalValue,
    rank_trend,
    sen_slope,
)

__all__ = [
    "RankTrend",
    "SenSlope",
    "Suspect",
    "UnknownCriticalValue",
    "data_capture_percent",
    "far_from_median",
    "jumps",
    "mean_ranks",
    "median",
    "percentile",
    "percentile_place",
    "rank_trend",
    "ranks",
    "sen_slope",
    "stuck_runs",
]
