"""From one plan to the next, and plans side by side.

Callers may ask where a record of a plan came from, what a plan handed on, and for the series of an indicator
across plans, and open a next plan through the actions. They may not write a link themselves.
"""

from qingshan.succession.actions import carry, choose, open_next, propose
from qingshan.succession.actions.choosing import Decided
from qingshan.succession.acts import ACTS
from qingshan.succession.consumers import tell_opening_moved
from qingshan.succession.events import OpeningMoved
from qingshan.succession.names import names_of
from qingshan.succession.queries import Link, Series, carried_from, origins_of, series_of
from qingshan.succession.vocabulary import Decision
from qingshan.succession.waiting import waiting

__all__ = [
    "ACTS",
    "Decided",
    "Decision",
    "Link",
    "OpeningMoved",
    "Series",
    "carried_from",
    "carry",
    "choose",
    "names_of",
    "open_next",
    "origins_of",
    "propose",
    "series_of",
    "tell_opening_moved",
    "waiting",
]
