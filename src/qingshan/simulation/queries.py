"""What there is of the simulation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingshan.areas.public import District, find_district

__all__ = ["COUNTY_CODE", "AlreadyThere", "NotThere", "county_district"]

COUNTY_CODE = "990121"


class AlreadyThere(ValueError):
    """The fictional county is loaded already."""

    def __init__(self, name: str) -> None:
        super().__init__(_("虚构的“%s”已经载入；如要重新载入，请先 qingshan demo remove。") % name)


class NotThere(ValueError):
    """There is no fictional county to remove."""

    def __init__(self) -> None:
        super().__init__(_("没有虚构县，无需移除。"))


def county_district() -> District | None:
    """Return the fictional county's district, or None where it is not loaded."""
    return find_district(COUNTY_CODE)
