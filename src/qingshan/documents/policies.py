"""Whose rights an attachment follows: those of the record it belongs to.

This room cannot know the records, so each family of records has its two questions answered by
functions that the portal fills in. A family nobody filled in is seen and changed by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden
from qingshan.kernel.refs import Ref

__all__ = ["UnknownOwner", "may_change", "may_see", "register_owner_policy", "require_change", "require_see"]

Answer = Callable[[Any, Ref], bool]


class UnknownOwner(LookupError):
    """No policy was registered for the family of the record that is to own a document."""


@dataclass(frozen=True, slots=True)
class OwnerPolicy:
    """Who may see, and who may add to, the documents of a family of records."""

    may_see: Answer
    may_change: Answer


_POLICIES: dict[str, OwnerPolicy] = {}


def register_owner_policy(family: str, *, may_see: Answer, may_change: Answer) -> None:
    """Tell whose rights the documents of a family follow; called in ``portal/wiring.py``.

    Parameters
    ----------
    family : str
        ``room.kind`` of the owners.
    may_see, may_change
        ``(user, ref) -> bool``; asked for each document, so they should be quick.
    """
    _POLICIES[family] = OwnerPolicy(may_see, may_change)


def may_see(user: Any, owner: Ref) -> bool:
    """Whether somebody may see the documents of a record."""
    policy = _POLICIES.get(owner.family)
    return policy is not None and policy.may_see(user, owner)


def may_change(user: Any, owner: Ref) -> bool:
    """Whether somebody may add documents to a record, or withdraw them."""
    policy = _POLICIES.get(owner.family)
    return policy is not None and policy.may_change(user, owner)


def require_see(user: Any, owner: Ref) -> None:
    """Refuse who may not see; None is the system itself.

    Raises
    ------
    Forbidden
        They may not.
    """
    if user is not None and not may_see(user, owner):
        raise Forbidden("documents.view", _("这一附件"))


def require_change(user: Any, owner: Ref) -> None:
    """Refuse who may not change; None is the system itself.

    Raises
    ------
    UnknownOwner
        The family has no policy: the document would be out of everybody's reach.
    Forbidden
        They may not.
    """
    if owner.family not in _POLICIES:
        raise UnknownOwner(f"no owner policy for {owner.family}; register one in portal/wiring.py")
    if user is not None and not may_change(user, owner):
        raise Forbidden("documents.edit", _("这一记录的附件"))
