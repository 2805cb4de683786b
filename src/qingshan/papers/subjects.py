"""How papers and instructions are described to rooms that do not know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import scope_of
from qingshan.kernel.refs import Ref
from qingshan.papers import policies
from qingshan.papers.models import Instruction
from qingshan.papers.queries import papers_for
from qingshan.workflow.public import Subject

__all__ = ["instructions_of", "papers_of"]


def papers_of(user: Any, refs: Iterable[Ref], on: date) -> Mapping[Ref, Subject]:
    """Return those of some papers that somebody sees; their work is the reader's own district's."""
    wanted = {int(ref.key): ref for ref in refs}
    return {
        wanted[one.pk]: Subject(
            kind=_("公文"),
            name=one.title,
            url=reverse("papers:paper", args=[one.pk]),
            district_id=home_district(user) or one.district_id,
            may_assign=False,
        )
        for one in papers_for(user=user).filter(pk__in=wanted)
    }


def instructions_of(user: Any, refs: Iterable[Ref], on: date) -> Mapping[Ref, Subject]:
    """Return those of some instructions that somebody sees."""
    wanted = {int(ref.key): ref for ref in refs}
    reach = scope_of(user, capability=policies.CAPABILITIES["view"])
    rows = Instruction.objects.filter(
        reach.rows(district="district"), pk__in=wanted, paper__in=papers_for(user=user)
    )
    return {
        wanted[one.pk]: Subject(
            kind=_("批示"),
            name=_("关于《%s》的批示") % one.paper.title,
            url=reverse("papers:paper", args=[one.paper_id]),
            district_id=one.district_id,
            may_assign=False,
        )
        for one in rows.select_related("paper")
    }


def home_district(user: Any) -> int | None:
    """Return the district in which somebody works."""
    own = getattr(user, "district", None) or getattr(getattr(user, "department", None), "district", None)
    return own.pk if own else None
