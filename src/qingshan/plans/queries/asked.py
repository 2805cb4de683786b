"""What the plan asks of a measure, project or commitment, in one text: what a yearly task begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.kernel.refs import Ref
from qingshan.plans.figures import years_in_words
from qingshan.plans.models import CommitmentVersion, MeasureVersion, ProjectVersion
from qingshan.plans.targets import quantity_in_words, typed_in_words

__all__ = ["asked_of"]


def asked_of(*, refs: Iterable[Ref], on: date) -> dict[Ref, str]:
    """Return what each record asks for, as it stood on a day; a query for each kind of record.

    Of a measure its text, of a project its content, quantities and years, of a commitment what is promised
    and by when. Other records are left out.
    """
    given = [ref for ref in refs if ref.room == "plans" and ref.key.isdecimal()]
    found: dict[Ref, str] = {}
    for kind, (versions, words) in _KINDS.items():
        keys = [int(ref.key) for ref in given if ref.kind == kind]
        for row in versions.objects.on(on).filter(subject_id__in=keys) if keys else ():
            found[Ref("plans", kind, str(row.subject_id))] = words(row)
    return found


def _measure(row: Any) -> str:
    return str(row.summary or row.title)


def _project(row: Any) -> str:
    quantities = "、".join(quantity_in_words(one) for one in row.quantities)
    years = years_in_words(row)
    parts = (row.content or row.name, quantities, _("建设年限 %s") % years if years else "")
    return _("；").join(part.rstrip("。；") for part in parts if part) + _("。")


def _commitment(row: Any) -> str:
    wanted = f"{row.metric}{typed_in_words(row.typed) if row.typed else ''}"
    return (
        _("%(what)s（期限：%(when)s）。") % {"what": wanted, "when": row.deadline} if row.deadline else wanted
    )


_KINDS: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "measure": (MeasureVersion, _measure),
    "project": (ProjectVersion, _project),
    "commitment": (CommitmentVersion, _commitment),
}
