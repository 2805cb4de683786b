"""Who was pressed when, and who has signed for it (催报)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.dispatch.models import Part, Reminder, Round
from qingshan.dispatch.queries.figures import names_now
from qingshan.messages.public import Notice, receipts_about

__all__ = ["Pressed", "pressed_in"]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A department, its reminders, and each person's notice about them, newest first."""

    part: Part
    name: str
    reminders: tuple[Reminder, ...]
    notices: tuple[Notice, ...]

    @property
    def signed(self) -> int:
        """How many of the notices were signed for."""
        return sum(not notice.waits_for_receipt for notice in self.notices)


def pressed_in(*, found: Round, parts: list[Part], on: date) -> list[Pressed]:
    """Return the reminders and receipts of some departments of a round."""
    names = names_now([part.department_id for part in parts], on)
    return [
        Pressed(
            part,
            names[part.department_id],
            tuple(part.reminders.select_related("by")),
            tuple(receipts_about(part.ref).select_related("to__department")),
        )
        for part in parts
    ]
