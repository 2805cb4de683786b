"""Tables of the room."""

from qingshan.accounts.models.attempt import LoginAttempt
from qingshan.accounts.models.grant import Grant
from qingshan.accounts.models.session import SessionRecord
from qingshan.accounts.models.token import ApiToken
from qingshan.accounts.models.user import FormerPassword, User

__all__ = ["ApiToken", "FormerPassword", "Grant", "LoginAttempt", "SessionRecord", "User"]
