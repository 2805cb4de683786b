"""Ambient air (环境空气): index, means, attainment, composite index. Scalars and whole columns give the same.

Numbers in, numbers out: limits and scales are arguments, and the editions that hold them are
looked up by whoever calls (`qingshan.standards.public`). NumPy only.
"""

from qingshan.science.air.bulk import MISSING, TOP_CODE, IndexTables, as_codes, encoded, primary_names
from qingshan.science.air.bulk_period import (
    UNKNOWN,
    YearColumns,
    city_means,
    daily_means,
    ozone_daily_maxima,
    year_columns,
)
from qingshan.science.air.composite import (
    CompositeIndex,
    change_rate_percent,
    composite_index,
    good_day_ratio_percent,
    plain_mean,
)
from qingshan.science.air.index import (
    AirIndex,
    Grade,
    IndexRules,
    Publication,
    air_index,
    grade_of,
    publication,
)
from qingshan.science.air.means import (
    OzoneDayRules,
    city_mean,
    daily_mean,
    ozone_daily_maximum,
    running_mean,
    valid_mean,
)
from qingshan.science.air.period import (
    Attainment,
    ItemRules,
    PeriodRules,
    YearItem,
    attains,
    city_attains,
    exceed_multiple,
    month_validity,
    quarter_validity,
    season_mean,
    year_item,
    year_validity,
)
from qingshan.science.air.scale import NegativeConcentration, Scale, reporting_steps, sub_index
from qingshan.science.air.state import to_reference_state

__all__ = [
    "MISSING",
    "TOP_CODE",
    "UNKNOWN",
    "AirIndex",
    "Attainment",
    "CompositeIndex",
    "Grade",
    "IndexRules",
    "IndexTables",
    "ItemRules",
    "NegativeConcentration",
    "OzoneDayRules",
    "PeriodRules",
    "Publication",
    "Scale",
    "YearColumns",
    "YearItem",
    "air_index",
    "as_codes",
    "attains",
    "change_rate_percent",
    "city_attains",
    "city_mean",
    "city_means",
    "composite_index",
    "daily_mean",
    "daily_means",
    "encoded",
    "exceed_multiple",
    "good_day_ratio_percent",
    "grade_of",
    "month_validity",
    "ozone_daily_maxima",
    "ozone_daily_maximum",
    "plain_mean",
    "primary_names",
    "publication",
    "quarter_validity",
    "reporting_steps",
    "running_mean",
    "season_mean",
    "sub_index",
    "to_reference_state",
    "valid_mean",
    "year_columns",
    "year_item",
    "year_validity",
]
