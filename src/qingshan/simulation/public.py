"""The fictional county.

Callers may load it, remove it, and ask whether it is there. Nothing of it may be tied to a real place,
and no room below knows that it exists.
"""

from qingshan.simulation.loading import LAST_DAY, LoadedCounty, load_county
from qingshan.simulation.people import Resident
from qingshan.simulation.queries import AlreadyThere, NotThere, county_district
from qingshan.simulation.removal import RemovedCounty, StillTied, remove_county

__all__ = [
    "LAST_DAY",
    "AlreadyThere",
    "LoadedCounty",
    "NotThere",
    "RemovedCounty",
    "Resident",
    "StillTied",
    "county_district",
    "load_county",
    "remove_county",
]
