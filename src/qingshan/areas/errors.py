"""What this room refuses, in words for the person at the form."""

from __future__ import annotations


class AreaRefusal(ValueError):
    """A change to districts, departments or posts was refused; the message says why and what to do."""


class BadDistrictCode(AreaRefusal):
    """The code is neither a division code nor one of our own for functional areas."""


class NameTaken(AreaRefusal):
    """Another department of the same district answers to this name."""


class CodeTaken(AreaRefusal):
    """Another district has this code."""


class LoopInTree(AreaRefusal):
    """A body would stand below itself."""


class HasEnded(AreaRefusal):
    """The body was merged or dissolved before that day."""


class TooEarly(AreaRefusal):
    """The day lies before the last change of the record."""


class FictionMixed(AreaRefusal):
    """Something simulated would touch something real."""


class StillHasMembers(AreaRefusal):
    """The body cannot end without a successor while others stand below it."""


class AmbiguousName(AreaRefusal):
    """Several departments answer to the name; ``candidates`` are their numbers."""

    def __init__(self, message: str, candidates: tuple[int, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates
