"""Check the audit chain against itself and against what is kept outside the database."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _

from qingshan.audit.verification import verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes none."""


def run(args: argparse.Namespace) -> int:
    """Print the report; 1 when the chain is not sound."""
    report = verify()
    text = _("已核对 %(records)d 条记录、%(heads)d 个日首、%(tips)d 条库外摘要；%(unsealed)d 条等待封存")
    counts = {name: getattr(report, name) for name in ("records", "heads", "tips", "unsealed")}
    print(text % counts)
    if report.keys:
        print(_("日首签名密钥：%(keys)s（请与启用时抄录的编号核对）") % {"keys": "、".join(report.keys)})
    for notice in report.notices:
        print(_("说明：%(text)s") % {"text": notice})
    for finding in report.findings:
        print(f"[{finding.attack}] {finding.text}")
    print(
        _("审计链完整")
        if report.is_sound
        else _("审计链不完整：请保全数据库与日首目录，并报告安全保密管理员")
    )
    return 0 if report.is_sound else 1
