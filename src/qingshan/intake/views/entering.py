"""Into the ledger: what would be entered, what stands in the way, what another edition would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.intake import actions, policies, queries
from qingshan.intake.errors import IntakeRefusal
from qingshan.intake.models import Finding, Intake
from qingshan.intake.queries.desk import counts_of
from qingshan.intake.states import FindingState
from qingshan.intake.views.desk import progress_of
from qingshan.intake.views.frame import frame, opened
from qingshan.intake.views.words import SIGNS
from qingshan.intake.vocabulary import FindingKind, Side
from qingshan.pages.public import AlreadySubmitted, new_token, once, page_or_part

__all__ = ["accept_unchanged", "enter"]


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the difference as the page shows it."""

    record: queries.DifferenceRow

    @property
    def name(self) -> str:
        """What people call it: a target goes by its indicator's name."""
        return str(self.record.finding or self.record.name)

    @property
    def fields(self) -> list[Any]:
        """What would change; that the passage moved in the new text is no news."""
        place = {gettext(label) for label in _PLACE}
        return [change for change in self.record.fields if change.label not in place]


#: How the ledger calls where something stands in the text, in whatever language its labels come.
_PLACE = ("出处起", "出处止", "出处定位词", "出处文本", "次序")


@dataclass(frozen=True, slots=True)
class Group:
    """Records to which the same would happen, on the page of differences."""

    side: Side
    rows: list[Row]
    #: What is unchanged is counted and folded away.
    folded: bool


@needs("plans.edit", "plans.approve")
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what entering would do; carry it out when asked to, all of it or nothing."""
    intake = opened(request, pk)
    if request.method != "POST":
        return _shown(request, intake)
    policies.require_decide(request.user, intake.district_id, intake.title)
    try:
        with once(request):
            done = actions.enter(intake=intake, by=request.user, at=timezone.now())
    except AlreadySubmitted:
        messages.info(request, _("已经写入过，没有重复写入。"))
        return redirect("intake:enter", pk)
    except IntakeRefusal as refused:
        return _shown(request, opened(request, pk), status=422, refusal=refused)
    messages.success(request, _in_words(done))
    plan = done.intake.plan
    return redirect("plans:overview", plan.code) if plan else redirect("intake:enter", pk)


def _in_words(done: actions.Entered) -> str:
    told = ngettext("已写入 %d 条：", "已写入 %d 条：", done.count) % done.count
    parts = (
        (_("新增 %d"), done.entered), (_("修改 %d"), done.revised), (_("未变 %d"), done.unchanged),
        (_("因人工改过而保留 %d"), done.kept),
    )  # fmt: skip
    left = _("；还有 %d 条待定，可以回来继续。") % done.left if done.left else _("。")
    return told + _("，").join(words % count for words, count in parts if count) + left


def _shown(
    request: HttpRequest, intake: Intake, *, status: int = 200, refusal: IntakeRefusal | None = None
) -> HttpResponse:
    asks = request.user if policies.may_decide(request.user, intake.district_id) else None
    found = queries.preview(intake=intake, by=asks, at=timezone.now())  # who looks on sees the same
    context = frame(
        request,
        intake,
        preview=found,
        kinds=list(_kinds(found.accepted)),
        groups=list(_groups(found.rows)),
        unchanged=len(_unchanged(found)),
        counts=[(side, found.counts.get(side, 0)) for side in Side],
        progress=progress_of(counts_of(intake)),
        refusal=refusal,
        once=new_token(),
    )
    return page_or_part(request, "intake/enter", context, status=status)


@require_POST
@needs("plans.edit")
def accept_unchanged(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what the new edition says just as the ledger does, so that only the differences are left."""
    intake = opened(request, pk)
    now = timezone.now()
    same = _unchanged(queries.preview(intake=intake, by=request.user, at=now))
    try:
        with transaction.atomic():
            accepted = sum(
                len(
                    actions.accept_above(
                        finding=some[-1], among=[one.pk for one in some], by=request.user, at=now
                    )
                )
                for some in _by_kind(same)
            )
    except IntakeRefusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已接受与台账一致的 %d 条；剩下的是这一版的改动。") % accepted)
    return redirect("intake:enter", pk)


def _unchanged(found: queries.Preview) -> list[Finding]:
    """Return the open findings all of whose records stand in the ledger as they are."""
    sides: defaultdict[int, set[Side]] = defaultdict(set)
    for row in found.rows:
        if row.finding is not None:
            sides[row.finding.pk].add(row.side)
    rows = {row.finding.pk: row.finding for row in found.rows if row.finding is not None}
    return [
        one for one in rows.values() if sides[one.pk] == {Side.UNCHANGED} and one.state == FindingState.OPEN
    ]


def _by_kind(findings: Iterable[Finding]) -> list[list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        found[one.kind].append(one)
    return list(found.values())


def _kinds(accepted: Any) -> Iterator[tuple[str, str | Promise, str, int]]:
    for kind, label in FindingKind.choices:
        if accepted.get(kind):
            yield kind, label, SIGNS[kind], accepted[kind]


def _groups(rows: Iterable[Any]) -> Iterator[Group]:
    known = list(rows)
    for side in (Side.REVISED, Side.KEPT, Side.GONE, Side.ENTERED, Side.UNCHANGED):
        found = [Row(row) for row in known if row.side == side]
        if found:
            yield Group(side, found, folded=side == Side.UNCHANGED)
