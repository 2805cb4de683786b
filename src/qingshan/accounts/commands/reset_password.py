"""Give a user a one-time password, printed once; the way to reset an administrator's.

Whoever may run commands on the server may do this; it is in the audit as done by the system.
"""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from qingshan.accounts.actions.users import reset_password
from qingshan.accounts.models import User


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("username", help="log-in name of the user")


def run(args: argparse.Namespace) -> int:
    """Reset, print."""
    user = User.objects.filter(username__iexact=args.username).first()
    if user is None:
        print(f"没有用户“{args.username}”。", file=sys.stderr)
        return 1
    given = reset_password(user=user, by=None, at=timezone.now())
    print(f"{user}（{user.username}）的一次性口令：{given}")
    if not user.may_log_in:
        print("注意：该账户已停用或锁定，仍不能登录。", file=sys.stderr)
    return 0
