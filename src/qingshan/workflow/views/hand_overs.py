"""Handing one person's work over to another: chosen, looked at, carried out, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden, User
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of, new_token, page_or_part
from qingshan.workflow import actions, queries
from qingshan.workflow.forms import HandOverForm, UndoForm
from qingshan.workflow.models import HandOver
from qingshan.workflow.policies import MANAGING, may_manage
from qingshan.workflow.subjects import described


@login_required
def hand_over(request: HttpRequest, user_id: int) -> HttpResponse:
    """Choose what goes to whom, look at it, and carry it out."""
    giver = queries.person_to_see(request.user, user_id)
    if giver is None:
        raise Http404
    _require_managed(request.user, giver)
    rows = _offered(request, giver)
    form = _form(request, giver, rows)
    back = reverse("workflow:person", args=[giver.pk])
    context = {"giver": giver, "cancel": back}
    if request.method == "POST" and "confirm" not in request.POST and form.is_valid():
        context |= {"form": form, "preview": _preview(form, [rows[str(one)] for one in form.numbers])}
        return page_or_part(request, "workflow/preview", {**context, "once": new_token()})

    def done(result: HandOver | None) -> str:
        return reverse("workflow:handed_over", args=[result.pk]) if result else back

    return answer_form(
        request,
        form,
        lambda _data: _carried_out(request, giver, form),
        template="workflow/hand_over",
        context=context,
        done=done,
        said=_("交接已登记，接收人会收到消息并签收。"),
        refusals=(actions.BadAssignment,),
    )


def _offered(request: HttpRequest, giver: User) -> dict[str, queries.Shown]:
    """What the giver has by name today and this manager may assign, by number."""
    today = beijing_day(timezone.now())
    rows = queries.shown_to(request.user, queries.open_by_name(giver, today), today)
    return {str(row.assignment.pk): row for row in rows if row.subject is not None and row.subject.may_assign}


def _form(request: HttpRequest, giver: User, rows: Mapping[str, queries.Shown]) -> HandOverForm:
    return HandOverForm(
        request.POST or None,
        receivers=queries.receivers_for(giver),
        offered={key: row.in_words for key, row in rows.items()},
        initial={"on": beijing_day(timezone.now()), "chosen": list(rows)},
    )


def _carried_out(request: HttpRequest, giver: User, form: HandOverForm) -> HandOver:
    return actions.hand_over(
        from_user=giver,
        to_user=form.receiver,
        on=form.cleaned_data["on"],
        note=form.cleaned_data["note"],
        only=form.numbers,
        by=request.user,
        at=timezone.now(),
    )


@dataclass(frozen=True, slots=True)
class Going:
    """One assignment about to go over, and what the receiver has to do with it already."""

    row: queries.Shown
    has_it: bool
    sees_it: bool


def _preview(form: HandOverForm, rows: list[queries.Shown]) -> list[Going]:
    receiver, day = form.receiver, form.cleaned_data["on"]
    theirs = set(queries.open_by_name(receiver, day).values_list("about", "duty"))
    seen = described(receiver, [row.assignment.subject for row in rows], day)
    return [
        Going(
            row,
            has_it=(row.assignment.about, row.assignment.duty) in theirs,
            sees_it=row.assignment.subject in seen,
        )
        for row in rows
    ]


@login_required
def handed_over(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """Show one hand-over: who, to whom, from when on, why, and what."""
    done = _found(request, hand_over_id)
    context = {
        "done": done,
        "rows": queries.shown_to(request.user, done.given.order_by("about", "pk"), as_of(request)),
        "undone": HandOver.objects.filter(undoes=done).first(),
        "may_undo": may_manage(request.user, done.from_user) and actions.may_be_undone(done),
    }
    return page_or_part(request, "workflow/handed_over", context)


@login_required
def undo(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """Take a hand-over back that was a mistake, with the reason."""
    done = _found(request, hand_over_id)
    _require_managed(request.user, done.from_user)
    form = UndoForm(request.POST or None)

    def act(data: Any) -> HandOver:
        return actions.undo_hand_over(done=done, reason=data["reason"], by=request.user, at=timezone.now())

    back = reverse("workflow:handed_over", args=[done.pk])
    return answer_form(
        request,
        form,
        act,
        template="workflow/form",
        context={
            "title": _("撤销交接"),
            "subtitle": f"{done.from_user} → {done.to_user}",
            "cancel": back,
            "intro": _("从今天起，这些事项回到移交人名下；此前的日子仍显示由接收人负责。"),
        },
        done=lambda result: reverse("workflow:handed_over", args=[result.pk]) if result else back,
        said=_("交接已撤销。"),
        refusals=(actions.BadAssignment,),
    )


def _found(request: HttpRequest, key: int) -> HandOver:
    done = queries.hand_over_to_see(request.user, key)
    if done is None:
        raise Http404
    return done


def _require_managed(user: Any, person: User) -> None:
    if not may_manage(user, person):
        raise Forbidden(MANAGING[0], str(person))
