"""Write the signed package of a submission, or the receipt of one that came from another installation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from qingshan.levels import actions
from qingshan.levels.errors import LevelsRefusal
from qingshan.levels.models import Submission


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("submission", type=int, help="number of the submission, as in its page's address")
    parser.add_argument("--out", type=Path, default=Path(), help="folder or file to write to")
    parser.add_argument(
        "--sequence", type=int, help="a higher number than the next, after a restore (docs/levels.md)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the file; 1 when it cannot be made."""
    submission = Submission.objects.filter(pk=args.submission).first()
    if submission is None:
        print(f"没有编号为 {args.submission} 的报送。", file=sys.stderr)
        return 1
    make = actions.export_receipt if submission.from_outside else actions.export_submission
    try:
        made = make(submission=submission, by=None, at=timezone.now(), sequence=args.sequence)
        path = args.out / made.file_name if args.out.is_dir() else args.out
        path.write_bytes(made.data)
    except (LevelsRefusal, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{path}：{made.record.get_kind_display()}，序号 {made.record.sequence}。")
    return 0
