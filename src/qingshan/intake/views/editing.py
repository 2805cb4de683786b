"""Changing what a finding says, making several of one or one of several, adding what was passed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.intake import actions
from qingshan.intake.errors import BadFacts, IntakeRefusal, StaleFinding
from qingshan.intake.fields import fields_of
from qingshan.intake.forms.facts import FactsForm, finding_form
from qingshan.intake.forms.passages import MergeForm, PassageForm, SplitForm
from qingshan.intake.models import Finding
from qingshan.intake.states import FINDING_FLOW, FindingState
from qingshan.intake.views.cards import in_one_line
from qingshan.intake.views.deciding import answer_card, answer_list, seen_version
from qingshan.intake.views.desk import card_of, filters_sent
from qingshan.intake.views.frame import finding_seen, frame, opened
from qingshan.intake.views.stale import two_versions
from qingshan.intake.views.words import SIGNS, title_of
from qingshan.intake.vocabulary import FindingKind
from qingshan.pages.public import page_or_part

__all__ = ["add", "edit", "merge", "split"]

_NEAR = 8  # findings offered on each side when one is merged


@needs("plans.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a finding says; the button says whether it is accepted with it."""
    finding = finding_seen(request, pk)
    form = finding_form(finding.kind, finding.facts, request.POST or None, key=str(pk))
    if request.method != "POST":
        return _shown(request, finding, form)
    if not form.is_valid():
        return _shown(request, finding, form, status=422)
    try:
        changed = actions.edit(
            finding=finding,
            facts=form.facts(),
            expected_version=seen_version(request),
            and_accept="accept" in request.POST,
            by=request.user,
            at=timezone.now(),
        )
    except StaleFinding as stale:
        return _shown(request, finding_seen(request, pk), form, status=409, stale=two_versions(stale))
    except BadFacts as refused:
        form.refuse(refused.fields)
        return _shown(request, finding, form, status=422)
    except IntakeRefusal as refused:
        form.add_error(None, str(refused))
        return _shown(request, finding, form, status=422)
    return answer_card(request, changed)


def _shown(
    request: HttpRequest, finding: Finding, form: FactsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The form on its card, or on a page of its own where there are no scripts."""
    context = frame(
        request,
        finding.intake,
        card=card_of(request, finding),
        form=form,
        groups=list(form.groups()),
        back=request.POST.get("back") or request.GET.urlencode(),
        passage=in_one_line(finding.intake.text[finding.start : finding.end]),
        **more,
    )
    return page_or_part(request, "intake/edit", context, status=status)


@needs("plans.edit")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make several findings of one: lines in the passage say where it is cut."""
    finding = finding_seen(request, pk)
    passage = finding.intake.text[finding.start : finding.end]
    form = SplitForm(request.POST or None, passage=passage, shown=in_one_line(passage), start=finding.start)
    if request.method == "POST" and form.is_valid():
        parts = [actions.Part(_named(finding, name), start, end) for name, start, end in form.parts()]
        try:
            actions.split(
                finding=finding, parts=parts, expected_version=seen_version(request), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except IntakeRefusal as refused:
            form.add_error(None, str(refused))
        else:
            return _made(request, finding, _("已拆成 %d 条，请逐条核对。") % len(parts))
    return _on_card(request, "intake/split", finding, form)


def _named(finding: Finding, name: str) -> dict[str, Any]:
    """The facts of a part: all that the whole said, under the part's own name."""
    field = "wording" if finding.kind == FindingKind.ZONING else _name_field(finding.kind)
    return {**finding.facts, field: name}


def _name_field(kind: str) -> str:
    known = [one.name for one in fields_of(kind)]
    return next(name for name in ("name", "metric", "title", "what") if name in known)


@needs("plans.edit")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one finding of several near one another; what it says is that of the first chosen."""
    finding = finding_seen(request, pk)
    near = _near(finding)
    form = MergeForm(
        request.POST or None,
        near=[(one.pk, one.version, title_of(one.kind, one.facts)) for one in near],
        name=title_of(finding.kind, finding.facts),
    )
    if request.method == "POST" and form.is_valid():
        seen = form.chosen()
        chosen = [one for one in near if one.pk in seen]
        try:
            made = actions.merge(
                findings=[finding, *chosen],
                expected_versions=[seen_version(request), *(seen[one.pk] for one in chosen)],
                facts=_together(finding, chosen, form.cleaned_data["name"]),
                by=request.user,
                at=timezone.now(),
            )
        except IntakeRefusal as refused:
            form.add_error(None, str(refused))
        else:
            return _made(request, made, _("已合并为一条，请核对。"), at=made)
    return _on_card(request, "intake/merge", finding, form)


def _near(finding: Finding) -> list[Finding]:
    """What stands around a finding and could be one with it."""
    movable = [state for state in FindingState if FINDING_FLOW.allows(state, "replace")]
    same = Finding.objects.filter(intake=finding.intake_id, kind=finding.kind, state__in=movable)
    rows = list(same.exclude(pk=finding.pk))
    place = sum((one.order, one.pk) < (finding.order, finding.pk) for one in rows)
    return rows[max(0, place - _NEAR) : place + _NEAR]


def _together(finding: Finding, others: Sequence[Finding], name: str) -> dict[str, Any]:
    """What several say together: the first one's fields, lists joined, gaps filled from the others."""
    facts = dict(finding.facts)
    for other in others:
        for field, value in other.facts.items():
            held = facts.get(field)
            if isinstance(held, list) and isinstance(value, list):
                facts[field] = held + [one for one in value if one not in held]
            elif held in (None, "") and value not in (None, ""):
                facts[field] = value
    return {**facts, _name_field(finding.kind) if finding.kind != FindingKind.ZONING else "wording": name}


@needs("plans.edit")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what the reader passed over: first where it stands, then what it says."""
    intake = opened(request, pk)
    asked = {name: request.GET.get(name, "") for name in ("kind", "words")}
    place = PassageForm(request.POST or None, text=intake.text, initial=asked)
    context = frame(request, intake, back=request.GET.urlencode())
    if request.method != "POST" or not place.is_valid():
        status = 422 if request.method == "POST" else 200
        return page_or_part(request, "intake/add", {**context, "form": place}, status=status)
    found: Mapping[str, Any] = place.cleaned_data
    form = finding_form(found["kind"], {}, request.POST if "facts" in request.POST else None)
    context |= {"place": place, "form": form, "groups": list(form.groups()), "sign": SIGNS[found["kind"]]}
    context |= {"kind": found["kind"], "words": found["words"]}
    if not form.is_bound or not form.is_valid():
        return page_or_part(request, "intake/add", context, status=422 if form.is_bound else 200)
    try:
        made = actions.add(
            intake=intake, kind=found["kind"], facts=form.facts(), start=found["start"], end=found["end"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except BadFacts as refused:
        form.refuse(refused.fields)
        return page_or_part(request, "intake/add", context, status=422)
    except IntakeRefusal as refused:
        form.add_error(None, str(refused))
        return page_or_part(request, "intake/add", context, status=422)
    return answer_list(request, intake, _("已补录，等待接受。"), at=str(made.pk), finding=made)


def _made(request: HttpRequest, finding: Finding, told: str, *, at: Finding | None = None) -> HttpResponse:
    first = at or finding.became.order_by("order", "start", "pk").first() or finding
    return answer_list(request, finding.intake, told, at=str(first.pk), finding=first)


def _on_card(request: HttpRequest, name: str, finding: Finding, form: Any) -> HttpResponse:
    if finding.state == FindingState.REPLACED:
        raise Http404
    context = frame(
        request,
        finding.intake,
        card=card_of(request, finding),
        form=form,
        back=request.POST.get("back") or request.GET.urlencode(),
        cancel=f"{reverse('intake:review', args=[finding.intake_id])}?{filters_sent(request).urlencode()}",
    )
    return page_or_part(request, name, context, status=422 if form.is_bound else 200)
