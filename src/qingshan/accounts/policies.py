"""Asking for a right, and saying plainly what is missing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from qingshan.accounts.queries.rights import can
from qingshan.accounts.roles import capabilities, roles
from qingshan.kernel.refs import Ref

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
R = TypeVar("R")
Guard = Callable[[Any, str, R], None]


class Forbidden(PermissionDenied):
    """Somebody asked for what they have no right to.

    ``capability`` is what it needs, ``what`` the record or action in words. The page made of it says which
    roles hold the capability and who can grant one.
    """

    def __init__(self, capability: str, what: str = "") -> None:
        self.capability, self.what = capability, what
        super().__init__(_("需要权限“%s”。") % self.label)

    @property
    def label(self) -> str:
        """The capability in words."""
        known = capabilities().get(self.capability)
        return known.label if known else self.capability

    @property
    def roles(self) -> tuple[str, ...]:
        """Labels of the roles that hold it."""
        return tuple(role.label for role in roles().values() if self.capability in role.may)


def require(
    user: Any,
    capability: str,
    *,
    district_id: int | None = None,
    department_ids: Iterable[int] | None = None,
    on: date | None = None,
    what: str = "",
) -> None:
    """Refuse unless somebody may do something; see `can` for the words.

    ``user`` None is the system itself (a command on the server, a scheduled job): it may.

    Raises
    ------
    Forbidden
        They may not.
    """
    if capability not in capabilities():
        raise ValueError(f"{capability} is not in capabilities.yaml")
    if user is None:
        return
    if not can(user, capability, district_id=district_id, department_ids=department_ids, on=on):
        raise Forbidden(capability, what)


def requiring(may: Callable[[Any, str, R], bool], capabilities_of_verbs: Mapping[str, str]) -> Guard[R]:
    """Make a room's guard from its question, so that what is asked and what is refused are the same.

    Parameters
    ----------
    may
        ``(user, verb, record) -> bool``: may this person do this to that record?
    capabilities_of_verbs
        Verb of the room -> capability that a refusal names.

    Returns
    -------
    callable
        ``(user, verb, record) -> None``: raises `Forbidden` unless they may. None is the system itself.
    """
    if unknown := set(capabilities_of_verbs.values()) - set(capabilities()):
        raise ValueError(f"{sorted(unknown)} are not in capabilities.yaml")

    def guard(user: Any, verb: str, record: R) -> None:
        if user is not None and not may(user, verb, record):
            raise Forbidden(capabilities_of_verbs[verb], str(record))

    return guard


def record_named(ref: Ref, tables: Mapping[str, Any]) -> Any:
    """Return the record that a name across rooms stands for; None where there is none.

    Parameters
    ----------
    tables : mapping of str to manager or queryset
        Kind of a record of the asking room -> where it is looked for.
    """
    rows = tables.get(ref.kind)
    return rows.filter(pk=int(ref.key)).first() if rows is not None and ref.key.isdecimal() else None


def needs(*wanted: str) -> Callable[[View], View]:
    """Let a view be seen only by people who hold one of these capabilities somewhere.

    Who is not logged in is sent to log in. The view still asks for the record at hand.
    """
    for capability in wanted:
        if capability not in capabilities():
            raise ValueError(f"{capability} is not in capabilities.yaml")

    def wrap(view: View) -> View:
        @login_required
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(can(request.user, capability) for capability in wanted):
                raise Forbidden(wanted[0])
            return view(request, *args, **kwargs)

        return cast(View, guarded)

    return wrap
