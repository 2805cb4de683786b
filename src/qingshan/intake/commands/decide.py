"""Replay a reviewer's decisions from a file, on a review or on a plan document that is taken in first."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from qingshan.accounts.public import User
from qingshan.areas.public import find_district
from qingshan.intake import actions
from qingshan.intake.decisions import BadDecision, Told, read_decisions, replay
from qingshan.intake.errors import IntakeRefusal
from qingshan.intake.models import Intake
from qingshan.plans.public import CATALOGUE_FILE, PackError, load_catalogue, read_catalogue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("intake", type=int, nargs="?", help="number of the review, see `intake list`")
    parser.add_argument("--file", type=Path, help="take this document in first, instead of a number")
    parser.add_argument("--district", help="code of the district that the document of --file is for")
    parser.add_argument("--decisions", type=Path, required=True, help="file of decisions (docs/intake.md)")
    parser.add_argument("--user", help="log-in name of who decides; without it the system itself")
    parser.add_argument(
        "--enter", action="store_true", help="enter what is accepted into the ledger at the end"
    )


def run(args: argparse.Namespace) -> int:
    """Replay all decisions or none; 1 when one of them is refused, naming it."""
    at = timezone.now()
    try:
        with transaction.atomic():
            decisions = read_decisions(args.decisions)
            by = _person(args.user)
            intake = _intake(args, by, at)
            told = replay(intake=intake, decisions=decisions, by=by, at=at)
            print(_words(intake, told))
            if args.enter:
                done = actions.enter(intake=intake, by=by, at=at)
                print(f"写入台账 {done.count} 条，其中更新 {done.revised} 条；待定 {done.left} 条。")
    except (IntakeRefusal, BadDecision, PackError, OSError, LookupError) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def _person(name: str | None) -> Any:
    if name is None:
        return None
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise LookupError(f"没有登录名为“{name}”的有效账户。")
    return found


def _intake(args: argparse.Namespace, by: Any, at: datetime) -> Intake:
    if args.file is None:
        found = Intake.objects.filter(pk=args.intake).first()
        if found is None:
            raise LookupError(f"没有编号为 {args.intake} 的导入；可用 qingshan intake list 查看。")
        return found
    district = find_district(args.district or "")
    if district is None:
        raise LookupError(
            f"没有代码为“{args.district or ''}”的辖区；请先载入行政区划（qingshan areas load）。"
        )
    load_catalogue(read_catalogue(CATALOGUE_FILE), at=at)  # so that names of the catalogue are recognised
    data = args.file.read_bytes()
    return actions.start(data=data, file_name=args.file.name, district=district, by=by, at=at)


def _words(intake: Intake, told: Told) -> str:
    return (
        f"{intake.pk} {intake.title}：执行 {told.steps} 步，接受 {told.accepted} 条，"
        f"不采纳 {told.rejected} 条，待定 {told.open} 条，处理矛盾 {told.settled} 处。"
    )
