"""List the plan documents under review, with how far each has come."""

from __future__ import annotations

import argparse

from django.db.models import Count, Q

from qingshan.intake.models import Intake
from qingshan.intake.states import FindingState


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--all", action="store_true", help="withdrawn ones too")


def run(args: argparse.Namespace) -> int:
    """Print one line a review: number, state, decided of all, plan."""
    rows = Intake.objects.select_related("district", "plan").annotate(
        total=Count("findings", filter=~Q(findings__state=FindingState.REPLACED)),
        left=Count("findings", filter=Q(findings__state=FindingState.OPEN)),
    )
    for one in rows.order_by("pk"):
        if args.all or one.stands.tone != "idle":
            done = one.total - one.left
            plan = one.plan.code if one.plan else "—"
            told = f"{done}/{one.total}"
            print(f"{one.pk}\t{one.stands.label}\t{told}\t{one.district.name}\t{plan}\t{one.title}")
    return 0
