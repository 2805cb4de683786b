"""Taking the fictional county away wholly (移除虚构县).

Nothing real is ever deleted here, so this is the one place that goes round the rooms: it follows the
tables' own keys from the rows marked as simulated to every row that exists only because of them,
whichever room it is in, also those that come to be built later. Two kinds of ties are told apart:

- a row that *belongs* to something simulated (by any key, or by a written `Ref`) goes with it;
- a row that only says *who did it* (``recorded_by`` and the like) does not: where a simulated person has
  left a name on something real, removal refuses, and says where.

The audit stays as it is; its chain would break otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils.translation import gettext as _

from qingshan.accounts.public import close_user
from qingshan.audit import public as audit
from qingshan.documents.public import discard_unheld
from qingshan.kernel.refs import Ref
from qingshan.simulation.queries import NotThere, county_district

__all__ = ["RemovedCounty", "StillTied", "remove_county"]

Rows = dict[type[models.Model], set[Any]]

_FLAGS = ("simulated", "is_simulated")
#: Keys to a user that say whose a row is; every other one without CASCADE says who did it.
_WHOSE = frozenset({"user"})
_AT_ONCE = 500


class StillTied(ValueError):
    """A simulated person's name stands on something real."""

    def __init__(self, ties: Iterable[str]) -> None:
        super().__init__(_("虚构人员在真实记录上留有姓名，不能移除：%s。") % "；".join(sorted(ties)))


@dataclass(frozen=True, slots=True)
class RemovedCounty:
    """How many rows went, by table, and how many files."""

    rows: dict[str, int]
    files: int


@transaction.atomic
def remove_county(*, at: datetime) -> RemovedCounty:
    """Remove the fictional county: districts, departments, people, plan, documents, and all about them.

    Raises
    ------
    NotThere
        It is not loaded.
    StillTied
        A simulated person has written on something real; nothing is removed then.
    """
    county = county_district()
    if county is None:
        raise NotThere
    for person in get_user_model().objects.filter(is_simulated=True, is_active=True):
        close_user(user=person, by=None, at=at)  # ends their sessions too, which no key leads to
    doomed = _doomed()
    _refuse_ties(doomed)
    contents = _contents(doomed)
    rows = {model._meta.label: len(keys) for model, keys in doomed.items()}
    _delete(doomed)
    files = discard_unheld(contents)
    audit.record(
        "simulation.remove_county", county.ref, by=None, at=at, detail={"rows": rows, "files": files}
    )
    return RemovedCounty(rows, files)


def _tables() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label != "audit" and not model._meta.proxy:
            yield model


def _doomed() -> Rows:
    """Every row that exists only because of something simulated, by table."""
    found: Rows = defaultdict(set)
    fresh = {model: keys for model in _tables() if (keys := _marked(model))}
    while fresh:
        for model, keys in fresh.items():
            found[model] |= keys
        fresh = _next(fresh, found)
    return dict(found)


def _marked(model: type[models.Model]) -> set[Any]:
    flag = next((field.name for field in model._meta.fields if field.name in _FLAGS), None)
    return set() if flag is None else _keys(model, **{flag: True})


def _next(fresh: Rows, found: Rows) -> Rows:
    """What the newly found rows drag along."""
    dragged: Rows = defaultdict(set)
    names = {str(ref) for model, keys in fresh.items() for ref in _refs(model, keys)}
    people = _usernames(fresh)
    for model in _tables():
        for field in _belonging(model):
            keys = fresh.get(field.related_model, set())
            for some in _parts(keys):
                dragged[model] |= _keys(model, **{f"{field.name}__in": some})
        dragged[model] |= _named(model, names) | _signed(model, people)
    return {model: left for model, keys in dragged.items() if (left := keys - found.get(model, set()))}


def _belonging(model: type[models.Model]) -> Iterator[Any]:
    """The keys by which a row of a table belongs to another row."""
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey) and not _tells_who(field) and not _lets_go(field):
            yield field


def _tells_who(field: Any) -> bool:
    to_user = field.related_model is get_user_model()
    return to_user and field.remote_field.on_delete is not models.CASCADE and field.name not in _WHOSE


def _lets_go(field: Any) -> bool:
    return field.remote_field.on_delete is models.SET_NULL


def _refs(model: type[models.Model], keys: Iterable[Any]) -> Iterator[Ref]:
    if hasattr(model, "ref"):
        record: Any = model
        yield from (record(pk=key).ref for key in keys)


def _named(model: type[models.Model], names: set[str]) -> set[Any]:
    """Rows that name a record by its written `Ref`: ``about``, or family and key."""
    fields = {field.name for field in model._meta.fields}
    if "about" in fields:
        return _among(model, ("about",), names)
    if {"family", "key"} <= fields:
        return _among(model, ("family", "key"), names)
    if "payload" in fields and model._meta.label == "jobs.OutboxEvent":
        return _news(model, names)
    return set()


def _among(model: type[models.Model], fields: tuple[str, ...], names: set[str]) -> set[Any]:
    rows = model._default_manager.values_list("pk", *fields)
    return {pk for pk, *parts in rows.iterator() if "/".join(parts) in names}


def _news(model: type[models.Model], names: set[str]) -> set[Any]:
    """Events that tell of a record: by a field ``plan_id`` of the room that announced it, or by a `Ref`."""
    found = set()
    for pk, event, payload in model._default_manager.values_list("pk", "name", "payload").iterator():
        room = event.partition(".")[0]
        told = {f"{room}.{name.removesuffix('_id')}/{value}" for name, value in payload.items()}
        told |= {str(value) for value in payload.values()}
        if told & names:
            found.add(pk)
    return found


def _usernames(fresh: Rows) -> set[str]:
    users = get_user_model()
    keys = fresh.get(users, set())
    return {name.lower() for name in users.objects.filter(pk__in=keys).values_list("username", flat=True)}


def _signed(model: type[models.Model], people: set[str]) -> set[Any]:
    """Rows that know a person by the log-in name alone (attempts to log in)."""
    if not people or model is get_user_model() or "username" not in {f.name for f in model._meta.fields}:
        return set()
    return _keys(model, username__in=people)


def _refuse_ties(doomed: Rows) -> None:
    people = doomed.get(get_user_model(), set())
    ties = set()
    for model in _tables():
        for field in model._meta.fields:
            if isinstance(field, models.ForeignKey) and _tells_who(field):
                signed = _keys(model, **{f"{field.name}__in": people})
                if left := signed - doomed.get(model, set()):
                    ties.add(f"{model._meta.verbose_name} {field.verbose_name} × {len(left)}")
    if ties:
        raise StillTied(ties)


def _contents(doomed: Rows) -> set[str]:
    """Names of the files that go with the documents."""
    versions = apps.get_model("documents", "DocumentVersion")
    keys = doomed.get(versions, set())
    return {
        content
        for some in _parts(keys)
        for content in versions._default_manager.filter(pk__in=some).values_list("sha256", flat=True)
    }


def _delete(doomed: Rows) -> None:
    """Delete row by row as the keys say.

    Not by ``delete()``: that asks PROTECT of each table in turn, while here all the protected go too. Keys
    are checked by the database when the transaction ends.
    """
    for model, keys in doomed.items():
        for field in _letting_go(model):
            for some in _parts(keys):
                manager = field.model._default_manager
                manager.filter(**{f"{field.name}__in": some}).update(**{field.name: None})
        for some in _parts(keys):
            rows: Any = model._default_manager.filter(pk__in=some)
            rows._raw_delete(rows.db)


def _letting_go(model: type[models.Model]) -> Iterator[Any]:
    for other in _tables():
        for field in other._meta.fields:
            if isinstance(field, models.ForeignKey) and field.related_model is model and _lets_go(field):
                yield field


def _keys(model: type[models.Model], **which: Any) -> set[Any]:
    return set(model._default_manager.filter(**which).values_list("pk", flat=True))


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """A database takes only so many numbers in one question."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
