"""Who may act, on what, and how far.

Callers ask `can` / `require` before they write, filter what they show with `scope_of(user).rows(...)`, and
guard views with `needs`. They never read grants themselves, never compare role names, and never save a user.
"""

from qingshan.accounts.actions.grants import end_grant, grant_role
from qingshan.accounts.actions.tidying import Tidied, tidy
from qingshan.accounts.actions.tokens import IssuedToken, authenticate_token, issue_token, revoke_token
from qingshan.accounts.actions.users import NewUser, close_user, create_user, reset_password, revise_user
from qingshan.accounts.address import address_of
from qingshan.accounts.bootstrap import make_administrators
from qingshan.accounts.errors import AccountRefusal
from qingshan.accounts.models import ApiToken, Grant, User
from qingshan.accounts.policies import Forbidden, needs, record_named, require, requiring
from qingshan.accounts.queries.rights import (
    can,
    capabilities_of,
    recall,
    remembered,
    scope_of,
    users_in,
    users_who_can,
)
from qingshan.accounts.roles import Capability, Reach, Role, capabilities, roles
from qingshan.accounts.scope import Part, Scope

__all__ = [
    "AccountRefusal",
    "ApiToken",
    "Capability",
    "Forbidden",
    "Grant",
    "IssuedToken",
    "NewUser",
    "Part",
    "Reach",
    "Role",
    "Scope",
    "Tidied",
    "User",
    "address_of",
    "authenticate_token",
    "can",
    "capabilities",
    "capabilities_of",
    "close_user",
    "create_user",
    "end_grant",
    "grant_role",
    "issue_token",
    "make_administrators",
    "needs",
    "recall",
    "record_named",
    "remembered",
    "require",
    "requiring",
    "reset_password",
    "revise_user",
    "revoke_token",
    "roles",
    "scope_of",
    "tidy",
    "users_in",
    "users_who_can",
]
