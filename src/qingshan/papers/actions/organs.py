"""The organs that issue papers, and the words of their numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import Department, District
from qingshan.audit import public as audit
from qingshan.kernel.spans import beijing_day
from qingshan.papers import policies
from qingshan.papers.errors import BadPaper
from qingshan.papers.models import Issue, NumberSeries, Organ

__all__ = ["register_organ"]


@transaction.atomic
def register_organ(
    *,
    district: District,
    department: Department | None,
    name: str,
    sign: str,
    word: str,
    by: Any,
    at: datetime,
    used_up_to: int = 0,
) -> Organ:
    """Register how an organ signs and numbers its papers (登记发文机关和机关代字), or change that.

    A changed word begins a new series; what was issued under the old one stays.

    Parameters
    ----------
    department : Department or None
        None is the district's government.
    used_up_to : int
        The last number of this year that was given out on paper, before this system gave any.

    Raises
    ------
    Forbidden
    BadPaper
        Something is empty, another organ has the word, or the system has given out numbers already.
    """
    policies.require_at(by, "issue", district.pk, department, name)
    facts = {"name": name.strip(), "sign": sign.strip(), "word": word.strip()}
    if not all(facts.values()):
        raise BadPaper(_("发文机关、发文机关标志、机关代字都要填写"))
    try:
        with transaction.atomic():
            organ, _made = Organ.objects.update_or_create(
                district=district, department=department, defaults=facts
            )
    except IntegrityError:
        raise BadPaper(_("机关代字“%s”已被别的机关使用") % facts["word"]) from None
    if used_up_to:
        _begin_after(organ, beijing_day(at).year, used_up_to)
    detail = {**facts, "used_up_to": used_up_to}
    audit.record("papers.register_organ", organ.ref, by=by, at=at, detail=detail)
    return organ


def _begin_after(organ: Organ, year: int, number: int) -> None:
    word = organ.word
    if Issue.objects.filter(word=word, year=year).exists():
        raise BadPaper(
            _("%(word)s〔%(year)d〕已由系统编过号，不能再改起始序号") % {"word": word, "year": year}
        )
    begun = {"organ": organ, "last": number}
    NumberSeries.objects.update_or_create(word=word, year=year, defaults=begun)
