"""Who may act, on what, and how far.

Callers ask `can` / `require` before they write, filter what they show with `scope_of(user).rows(...)`, and
guard views with `needs`. They never read grants themselves, never compare role names, and never save a user.
"""

from qingshan.accounts.models import User
from qingshan.accounts.policies import Forbidden, needs, require
from qingshan.accounts.queries.rights import (
    can,
    capabilities_of,
    remembered,
    scope_of,
    users_in,
    users_who_can,
)
from qingshan.accounts.roles import Capability, Reach, Role, capabilities, roles
from qingshan.accounts.scope import Part, Scope

__all__ = [
    "Capability",
    "Forbidden",
    "Part",
    "Reach",
    "Role",
    "Scope",
    "User",
    "can",
    "capabilities",
    "capabilities_of",
    "needs",
    "remembered",
    "require",
    "roles",
    "scope_of",
    "users_in",
    "users_who_can",
]
