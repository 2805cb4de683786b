"""How tasks are described to the room of assignments, which does not know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.kernel.refs import Ref
from qingshan.tasks import policies, queries
from qingshan.workflow.public import Subject


def subjects_of(user: Any, refs: Iterable[Ref], on: date) -> Mapping[Ref, Subject]:
    """Return those of some tasks that somebody sees, described."""
    wanted = {int(ref.key): ref for ref in refs}
    rows = queries.tasks_for(user=user).filter(subject_id__in=wanted)
    return {
        wanted[row.subject_id]: Subject(
            kind=_("任务"),
            name=row.title,
            url=reverse("tasks:task", args=[row.subject.code]),
            district_id=row.subject.district_id,
            may_assign=policies.may(user, "assign", row.subject),
        )
        for row in rows
    }
