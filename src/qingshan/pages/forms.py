"""How a form of the house is answered: refused with its errors, stale with both versions, or done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from qingshan.history.public import StaleVersion, Step, steps
from qingshan.pages.once import AlreadySubmitted, new_token, once
from qingshan.pages.responses import page_or_part
from qingshan.pages.uploads import refuse_too_big


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


def answer_form(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[Mapping[str, Any]], Any],
    *,
    template: str,
    context: Mapping[str, Any],
    done: str | Callable[[Any], str],
    said: str,
    refusals: tuple[type[Exception], ...] = (ValueError,),
) -> HttpResponse:
    """Show a form, or carry out what it asks.

    Parameters
    ----------
    act : callable
        Takes the cleaned fields and calls one action.
    template : str
        ``room/page`` shown with the form; 422 when refused, 409 when somebody was faster.
    done : str or callable
        Address to go to afterwards, or what makes it of the action's result.
    said : str
        What the next page says.
    refusals : tuple of exception types
        Errors of the room's actions whose words belong on the form. One with ``fields`` (a mapping of
        field name to messages) is shown at those fields.
    """
    shown = {**context, "form": form, "once": new_token()}
    if request.method != "POST" or getattr(form, "unfinished", False):  # unfinished: asks for one more row
        return page_or_part(request, template, shown)
    if refuse_too_big(request, form) or not form.is_valid():
        return page_or_part(request, template, shown, status=422)
    try:
        with once(request):
            result = act(form.cleaned_data)
    except AlreadySubmitted:
        messages.info(request, _("这份表单已经提交过，没有重复办理。"))
        return redirect(done(None) if callable(done) else done)
    except StaleVersion as stale:
        return page_or_part(request, template, {**shown, "stale": _meanwhile(stale)}, status=409)
    except refusals as refused:
        _put_on(form, refused)
        return page_or_part(request, template, shown, status=422)
    messages.success(request, said)
    return redirect(done(result) if callable(done) else done)


def _meanwhile(stale: StaleVersion) -> dict[str, Any]:
    """What was entered since the writer's page was loaded, newest first."""
    newest: Any = stale.newest
    versions = type(newest).objects.filter(subject_id=newest.subject_id)
    later: list[Step] = [step for step in steps(versions) if step.version.number > stale.read.number]
    return {"steps": later, "newest": newest}


def _put_on(form: forms.BaseForm, refused: Exception) -> None:
    """Show a refusal at its fields, which an action names as the form does or by their label."""
    at_fields: Mapping[str, list[str]] = getattr(refused, "fields", {})
    names = {str(field.label): name for name, field in form.fields.items()}
    for told_name, told in at_fields.items():
        name = told_name if told_name in form.fields else names.get(str(told_name))
        form.add_error(name, told if name else [f"{told_name}：{words}" for words in told])
    if not at_fields:
        form.add_error(None, str(refused))
