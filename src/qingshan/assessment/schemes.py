"""The schemes there are: the shipped ones, and those a bureau added."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from qingshan.assessment.models import OwnScheme
from qingshan.assessment.scoring.reading import scheme_of, shipped_texts
from qingshan.assessment.scoring.shapes import Scheme

__all__ = ["Kept", "NoSuchScheme", "scheme_called", "schemes_for"]


class NoSuchScheme(LookupError):
    """There is no scheme of that code for this district."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A scheme with its full text; ``own`` where a bureau added it."""

    scheme: Scheme
    text: str
    sha256: str
    own: OwnScheme | None = None

    @property
    def code(self) -> str:
        """Its code."""
        return self.scheme.code


def schemes_for(district_id: int) -> list[Kept]:
    """Return the schemes a district may evaluate by: the shipped ones, then its own."""
    shipped = [
        Kept(scheme_of(text, f"{code}.yaml"), text, hashlib.sha256(text.encode("utf-8")).hexdigest())
        for code, text in shipped_texts().items()
    ]
    own = [
        Kept(scheme_of(one.text, f"{one.code}.yaml"), one.text, one.sha256, one)
        for one in OwnScheme.objects.filter(district_id=district_id).select_related("added_by")
    ]
    return [*shipped, *own]


def scheme_called(code: str, district_id: int) -> Kept:
    """Return one scheme.

    Raises
    ------
    NoSuchScheme
    """
    for one in schemes_for(district_id):
        if one.code == code:
            return one
    raise NoSuchScheme(code)
