"""Write what was accepted in a review as a plan pack, the files that `plans load` reads."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from qingshan.intake.entering import confirmed
from qingshan.intake.errors import IntakeRefusal
from qingshan.intake.models import Finding, Intake
from qingshan.intake.packing import build, write_pack
from qingshan.intake.states import FindingState
from qingshan.plans.public import PackError, main_source


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("intake", type=int, help="number of the review, see `intake list`")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files of the pack")


def run(args: argparse.Namespace) -> int:
    """Write the pack and read it back; 1 when the review or the pack is refused."""
    intake = Intake.objects.select_related("district", "plan").filter(pk=args.intake).first()
    if intake is None:
        print(f"没有编号为 {args.intake} 的导入。", file=sys.stderr)
        return 1
    taken = (FindingState.ACCEPTED, FindingState.ENTERED)
    findings = list(Finding.objects.filter(intake=intake, state__in=taken).order_by("order", "pk"))
    main = main_source(plan=intake.plan) if intake.plan else None
    try:
        packed = build(intake, findings, conflicts=confirmed(intake), source=main.code if main else "")
        pack = write_pack(packed.pack, args.out, text=intake.text)
    except (IntakeRefusal, PackError) as refused:
        print(refused, file=sys.stderr)
        return 1
    print(
        f"{args.out}：指标 {len(pack.indicators)} 行，项目 {len(pack.projects)} 项，"
        f"承诺 {len(pack.commitments)} 条，措施 {len(pack.measures)} 条，"
        f"职责与准入规则 {len(pack.provisions)} 条。"
    )
    return 0
