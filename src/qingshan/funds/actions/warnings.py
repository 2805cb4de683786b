"""Warnings that were seen: told once, cleared when they are over, pressed as tasks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import Department
from qingshan.audit import public as audit
from qingshan.funds.errors import BadFunds, FundsRefusal
from qingshan.funds.events import WarningRaised
from qingshan.funds.models import RaisedWarning
from qingshan.funds.queries.warnings import watch
from qingshan.funds.watching import FundsWarning
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.tasks import public as tasks

__all__ = ["press_warning", "raise_warnings"]


@transaction.atomic
def raise_warnings(*, on: date, at: datetime) -> dict[str, int]:
    """Announce the warnings of a day that were not there before, and clear those that are over.

    Run again on the same day, it announces nothing. A warning that was over and is there again is new.
    """
    found = {one.key: one for one in watch(on=on).warnings}
    held = {one.key: one for one in RaisedWarning.objects.filter(cleared_on__isnull=True)}
    over = [one.pk for key, one in held.items() if key not in found]
    RaisedWarning.objects.filter(pk__in=over).update(cleared_on=on)
    for key, one in found.items():
        if key in held:
            RaisedWarning.objects.filter(pk=held[key].pk).update(says=one.says[:500])
        else:
            announce(WarningRaised(_keep(one, on).pk, at), at=at)
    return {"raised": len(found.keys() - held.keys()), "cleared": len(over), "standing": len(found)}


def _keep(warning: FundsWarning, on: date) -> RaisedWarning:
    return RaisedWarning.objects.create(
        key=warning.key,
        rule=warning.rule,
        district_id=warning.district_id,
        project=warning.project.project if warning.project else None,
        bid=warning.bid,
        says=warning.says[:500],
        first_on=on,
    )


@transaction.atomic
def press_warning(
    *, warning: FundsWarning, lead: Department, due_on: date, note: str, by: Any, at: datetime
) -> tasks.Task:
    """Make a supervised task of a warning (转督办): drawn up, assigned, and pressed by a slip.

    Parameters
    ----------
    warning : FundsWarning
        As the list of the day shows it.
    note : str
        What is asked besides what the rule advises.

    Raises
    ------
    FundsRefusal
        A task was made of it already.
    BadFunds
        The last day has passed.
    Forbidden
        Who may not assign and supervise there.
    """
    today = beijing_day(at)
    if due_on < today:
        raise BadFunds({_("办结期限"): [_("不早于今天")]})
    held = RaisedWarning.objects.select_for_update().filter(key=warning.key, cleared_on__isnull=True).first()
    if held is not None and held.task_code:
        raise FundsRefusal(_("这条预警已转督办：%s。") % held.task_code)
    raised = held or _keep(warning, today)
    about = warning.project.name if warning.project else str(warning.bid)
    task = tasks.create_task(
        district=raised.district, source=tasks.TaskSource.OTHER, lead=lead, by=by, at=at,
        source_ref=raised.ref, source_title=f"{warning.rule.label}：{about}"[:200], source_on=today,
        terms={
            "title": _("处理资金预警：%s") % f"{about} {warning.rule.label}"[:180],
            "content": "\n".join(part for part in (warning.says, warning.advice, note.strip()) if part),
            "starts_on": today, "due_on": due_on,
        },
    )  # fmt: skip
    tasks.assign_task(task=task, by=by, at=at)
    tasks.supervise_task(
        task=task, kind=tasks.SupervisionKind.SLIP, note=note.strip() or warning.advice, due_on=due_on,
        by=by, at=at,
    )  # fmt: skip
    RaisedWarning.objects.filter(pk=raised.pk).update(task_code=task.code)
    audit.record("funds.press", raised.ref, by=by, at=at, detail={"task": task.code, "says": warning.says})
    return task
