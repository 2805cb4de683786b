"""Loading the fictional county: its people, its two plans, and two years of progress, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction

from qingshan.audit import public as audit
from qingshan.disclosure import public as disclosure
from qingshan.jobs.public import replaying
from qingshan.kernel.spans import BEIJING
from qingshan.plans import public as plans
from qingshan.simulation.courses import all_courses, campaign_courses
from qingshan.simulation.people import Population, Resident, populate
from qingshan.simulation.play import OfficeHours, play
from qingshan.simulation.queries import AlreadyThere, county_district
from qingshan.simulation.stage import Stage
from qingshan.simulation.story import CAMPAIGN, COUNTY

__all__ = ["LAST_DAY", "LoadedCounty", "load_county"]

#: The story's last day: what lies behind it is left for the person at the keyboard.
LAST_DAY = date(2026, 11, 20)
#: When the plan was entered, the first working day of its period.
_PLAN_ENTERED = datetime.combine(date(2025, 1, 2), time(9), tzinfo=BEIJING)


@dataclass(frozen=True, slots=True)
class LoadedCounty:
    """What loading brought: who can log in, and how many steps were played."""

    residents: tuple[Resident, ...]
    steps: int


@transaction.atomic
def load_county(
    *, at: datetime, until: date = LAST_DAY, say: Callable[[str], None] = lambda text: None
) -> LoadedCounty:
    """Load the fictional county (载入虚构县).

    Everything is entered through the actions that people use, each as of its day of the story, so that
    history and audit look as they would after two years. No news of it goes out.

    Parameters
    ----------
    at : datetime
        When it is loaded: the accounts begin then.
    until : date
        The last day that is played. The campaign's story goes on beyond `LAST_DAY`, for who wants its end.
    say : callable
        Told what is being done.

    Raises
    ------
    AlreadyThere
        The county is there; remove it first.
    """
    if (county := county_district()) is not None:
        raise AlreadyThere(county.name)
    say("录入虚构的辖区、单位和人物")
    found = populate(at=at)
    say("录入虚构的规划")
    catalogue = plans.load_catalogue(plans.read_catalogue(plans.CATALOGUE_FILE), at=at)
    five_years, campaign = (_stage(found, pack, catalogue) for pack in (COUNTY, CAMPAIGN))
    say("推演两年的进展")
    with replaying():
        steps = play((*all_courses(five_years), *campaign_courses(campaign)), until=until)
    disclosure.forget_attempts(at=at)
    detail = {"plan": five_years.plan.code, "people": len(found.residents), "steps": steps}
    audit.record("simulation.load_county", five_years.plan.ref, by=None, at=at, detail=detail)
    return LoadedCounty(tuple(found.residents.values()), steps)


def _stage(found: Population, pack: Path, catalogue: Mapping[str, Any]) -> Stage:
    plan = plans.load_pack(plans.read_pack(pack), catalogue=catalogue, at=_PLAN_ENTERED).plan
    source = plan.sources.get(main=True)
    plans.supply_text(source=source, data=(pack / "plan.txt").read_bytes(), by=None, at=_PLAN_ENTERED)
    people = {name: one.user for name, one in found.residents.items()}
    return Stage(pack, people, found.departments, found.districts, plan, OfficeHours())
