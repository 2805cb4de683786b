"""Load the fictional county into this installation, and print who can log in."""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from qingshan.simulation.public import AlreadyThere, load_county


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: it has none."""


def run(args: argparse.Namespace) -> int:
    """Load and print; 1 where it is there already."""
    try:
        loaded = load_county(at=timezone.now(), say=lambda text: print(f"▸ {text}", file=sys.stderr))
    except AlreadyThere as refused:
        print(refused, file=sys.stderr)
        return 1
    print("虚构县已载入。以下口令只显示这一次：")
    width = max(len(one.user.username) for one in loaded.residents)
    for one in loaded.residents:
        print(f"  {one.user.username:<{width}}  {one.password}  {one.duty}")
    return 0
