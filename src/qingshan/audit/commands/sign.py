"""Sign where the audit chain ends today, and keep it outside the database."""

from __future__ import annotations

import argparse

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _

from qingshan.audit.actions import seal
from qingshan.audit.heads import sign_head
from qingshan.kernel.spans import beijing_day


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes none."""


def run(args: argparse.Namespace) -> int:
    """Sign and print where the head was put."""
    at = now()
    seal()
    head = sign_head(day=beijing_day(at), at=at)
    if head is None:
        print(_("自上一个日首以来没有新的审计记录，无需签名"))
        return 0
    text = _("已签名第 %(number)d 个日首：审计链第 %(seq)d 条，密钥 %(key)s，存于 %(folder)s")
    where = {"number": head.number, "seq": head.seq, "key": head.key_id, "folder": settings.AUDIT_HEADS}
    print(text % where)
    return 0
