"""Start an empty bureau: bring the database up to date, and enter the three separated administrators.

Their one-time passwords are printed once and kept nowhere. Running it again enters only administrators
that nobody can fill any more, and never touches what is there.
"""

from __future__ import annotations

import argparse
import sys

from django.core.management import call_command
from django.utils import timezone

from qingshan.accounts.bootstrap import make_administrators


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: it has none."""


def run(args: argparse.Namespace) -> int:
    """Migrate, enter, print."""
    print("更新数据库结构 …", file=sys.stderr)
    call_command("migrate", interactive=False, verbosity=0)
    made = make_administrators(at=timezone.now())
    if not made:
        print("三员账户都已在；忘记口令时：qingshan users reset-password 用户名")
        return 0
    print("一次性口令只显示这一次，请分别交给三个人；首次登录须修改。")
    for new in made:
        print(f"  {new.user.display_name}  用户名 {new.user.username}  口令 {new.one_time_password}")
    return 0
