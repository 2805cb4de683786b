"""First and next versions of records: checked, dated, audited. Only the actions of this room use it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.history import public as history
from qingshan.history.public import Version
from qingshan.kernel.refs import Ref
from qingshan.plans import locks, policies
from qingshan.plans.codes import is_code
from qingshan.plans.errors import BadFacts, CodeTaken, MissingReason
from qingshan.plans.models import Plan

V = TypeVar("V", bound=Version)
M = TypeVar("M", bound=models.Model)

#: What a version is given by this module and never by the facts of a form.
_OF_A_VERSION = {field.name for field in Version._meta.fields} | {"id", "subject", "plan"}


def identity(model: type[M], **key: Any) -> M:
    """Enter the half of a record that stays.

    Raises
    ------
    CodeTaken
        The plan has a record with this code.
    BadFacts
        The code cannot stand in an address.
    """
    if "code" in key and not is_code(key["code"]):
        raise BadFacts(
            {_("编号"): [_("“%s”不能作编号；可用文字、数字和 - _ . ·（），不能有空格和斜线") % key["code"]]}
        )
    try:
        with transaction.atomic():
            return model._default_manager.create(**key)
    except IntegrityError:
        code = str(key.get("code", key.get("year", "")))
        if not _taken(model, key):
            raise
        raise CodeTaken(code) from None


def _taken(model: type[models.Model], key: Mapping[str, Any]) -> bool:
    unique = {
        name: key[name] for name in key if name in ("plan", "code", "indicator", "year", "project", "funds")
    }
    return model._default_manager.filter(**unique).exists()


def add_record(
    model: type[M],
    version: type[V],
    *,
    plan: Plan,
    code: str,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str,
    action: str,
    **key: Any,
) -> M:
    """Enter a record of a plan with its first version; whether somebody may is decided before.

    Parameters
    ----------
    action : str
        What the audit calls it, ``plans.add_measure``.
    key
        What else stays with the record.

    Raises
    ------
    LockedDay
        It would hold from a day on that the upper level has locked.
    CodeTaken, BadFacts
    """
    locks.require_open(plan, valid_from)
    made: Any = identity(model, plan=plan, code=code, **key)
    first_version(version, made, facts, plan=plan, valid_from=valid_from, by=by, at=at, reason=reason)
    entered(action, made.ref, by=by, at=at, code=code)
    return made  # type: ignore[no-any-return]  # its ref is what every record of a plan has


def first_version(
    version: type[V],
    subject: models.Model,
    facts: Mapping[str, Any],
    *,
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
    **fixed: Any,
) -> V:
    """Enter the first version of a record from checked facts.

    Raises
    ------
    BadFacts
        A field is not known or does not hold what it may.
    """
    made: V = _rows(version).create(
        subject=subject,
        **fixed,
        **checked(version, facts),
        valid_from=valid_from,
        recorded_at=at,
        recorded_by=by,
        reason=reason,
    )
    return made


def next_version(
    version: type[V],
    subject: Any,
    changes: Mapping[str, Any],
    *,
    seen: int,
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str,
    action: str,
) -> V:
    """Enter the next version of a record, on top of the version the writer saw.

    Parameters
    ----------
    seen : int
        Number of the version that was read. With nothing really changed that version comes back.
    action : str
        What the audit calls it, ``plans.revise_target``.

    Raises
    ------
    StaleVersion
        A newer version has come meanwhile; it carries both.
    MissingReason
        No reason was given.
    LockedDay
        It would hold from a day on that the upper level has locked.
    BadFacts
        A field is not known or does not hold what it may.
    """
    if not reason.strip():
        raise MissingReason
    if (plan := policies.plan_of(subject)) is not None:
        locks.require_open(plan, valid_from)
    held = read_version(version, subject, seen)
    cleaned = checked(version, changes)
    changed = sorted(history.differences(held, cleaned))
    after = history.revise(held, changes=cleaned, valid_from=valid_from, by=by, at=at, reason=reason)
    if after.pk != held.pk:
        detail = {"version": after.number, "fields": changed, "reason": reason}
        audit.record(action, subject.ref, by=by, at=at, detail=detail)
    return after


def read_version(version: type[V], subject: Any, seen: int) -> V:
    """Return the version that the writer saw.

    Raises
    ------
    BadFacts
        The record never had such a version.
    """
    found: V | None = _rows(version).filter(subject=subject, number=seen).first()
    if found is None:
        raise BadFacts({_("依据版本号"): [_("没有第 %d 版；请重新打开页面") % seen]})
    return found


def newest(version: type[V], subject: Any) -> V:
    """Return the version that holds until further notice."""
    found: V = _rows(version).current().get(subject=subject)
    return found


def _rows(version: type[Version]) -> Any:
    """The rows of a kind of version; what they are versions of, only the kind itself knows."""
    return version.objects


def checked(version: type[models.Model], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as the columns will hold them.

    Raises
    ------
    BadFacts
        A field is not known, too long, of another kind, or outside its choices.
    """
    hidden = _OF_A_VERSION if issubclass(version, Version) else {"id"}
    fields = [field for field in version._meta.concrete_fields if field.name not in hidden]
    known = {name: field for field in fields for name in (field.name, field.attname)}
    wrong: dict[str, list[str]] = {name: [_("没有这个字段")] for name in facts if name not in known}
    cleaned: dict[str, Any] = {}
    for name, given in facts.items():
        if name not in wrong:
            try:
                cleaned[name] = _cleaned(known[name], name, given)
            except ValidationError as error:
                wrong[str(known[name].verbose_name)] = list(error.messages)
    if wrong:
        raise BadFacts(wrong)
    return cleaned


def _cleaned(field: models.Field[Any, Any], name: str, given: Any) -> Any:
    """A tie is given as a record, or by its number under the name the column has (``parent_id``)."""
    if not isinstance(field, models.ForeignKey) or (name != field.name and given is not None):
        return field.clean(given, None)
    return given


def entered(action: str, ref: Ref, *, by: Any, at: datetime, **detail: Any) -> None:
    """Keep in the audit that something was entered."""
    audit.record(action, ref, by=by, at=at, detail=detail)
