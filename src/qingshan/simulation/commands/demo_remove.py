"""Remove the fictional county wholly; only the audit still tells of it."""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from qingshan.simulation.public import NotThere, StillTied, remove_county


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: it has none."""


def run(args: argparse.Namespace) -> int:
    """Remove and say what went; 1 where there is nothing, or where something real is tied to it."""
    try:
        removed = remove_county(at=timezone.now())
    except (NotThere, StillTied) as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"已移除虚构县：{sum(removed.rows.values())} 条记录、{removed.files} 个附件文件。真实规划未动。")
    return 0
