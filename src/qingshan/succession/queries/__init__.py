"""Every read of this room: who asks (``user``), and as of which day (``on``)."""

from qingshan.succession.queries.comparing import Compared, compared
from qingshan.succession.queries.openings import NoSuchOpening, opening_for, openings_for
from qingshan.succession.queries.origins import Link, carried_from, links_of, origins_of
from qingshan.succession.queries.series import Series, series_of, series_of_indicator

__all__ = [
    "Compared",
    "Link",
    "NoSuchOpening",
    "Series",
    "carried_from",
    "compared",
    "links_of",
    "opening_for",
    "openings_for",
    "origins_of",
    "series_of",
    "series_of_indicator",
]
