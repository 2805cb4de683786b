"""Register another installation's public key, with the fingerprint it read out over the telephone."""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from qingshan.areas.public import find_district
from qingshan.levels import actions
from qingshan.levels.errors import LevelsRefusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--name", required=True, help="what the other installation is called here")
    parser.add_argument("--district", required=True, help="code of the district it speaks for")
    parser.add_argument("--key", required=True, help="its public key in hexadecimal (qingshan levels key)")
    parser.add_argument("--fingerprint", required=True, help="the six groups of digits that were read out")


def run(args: argparse.Namespace) -> int:
    """Register it; 1 when it is refused."""
    district = find_district(args.district)
    if district is None:
        print(
            f"没有代码为“{args.district}”的辖区；请先载入行政区划（qingshan areas load）。", file=sys.stderr
        )
        return 1
    try:
        partner = actions.register_partner(
            name=args.name, district=district, public_key=args.key, fingerprint=args.fingerprint,
            by=None, at=timezone.now(),
        )  # fmt: skip
    except LevelsRefusal as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"已登记互信装置“{partner.name}”（{district}，密钥 {partner.key_id}）。")
    return 0
