"""What is reported between levels in the town: up from the county here, and up to it from a town below.

The town below has an installation of its own, so its plan is known by what its package said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from qingshan.areas import public as areas
from qingshan.levels import actions
from qingshan.levels.fingerprints import fingerprint_of
from qingshan.levels.models import Edition, PackageRecord, Submission
from qingshan.levels.snapshots import Head, Snapshot, Tally, digest_of, written
from qingshan.levels.states import SubmissionState
from qingshan.levels.vocabulary import PackageKind


def report(town: Any) -> None:
    """Make one submission of each standing, a call, and a partner."""
    known, people, at = town.known, town.people, town.at
    today = timezone.localdate()
    city = areas.find_district("990100")
    below = areas.create_district(code="990121100", name="云栖镇", parent=known["county"], **town.made)
    given = {"plan": known["here_plan"], "to_district": city, "by": people["planner"], "at": at}
    known["level_draft"] = actions.draft_submission(as_of=today - timedelta(days=1), **given).pk
    sent = actions.draft_submission(as_of=today, words="上报说明甲", **given)
    actions.submit_submission(submission=sent, by=people["planner"], at=at)
    known["level_sent"] = sent.pk
    call = actions.make_call(
        district=known["county"], title="要求报送丙", as_of=today, due_on=today, called=[below],
        by=people["planner"], at=at,
    )  # fmt: skip
    known["level_call"] = call.pk
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    partner = actions.register_partner(
        name="云栖镇系统",
        district=below,
        public_key=key.hex(),
        fingerprint=fingerprint_of(key),
        by=None,
        at=at,
    )
    known["level_partner"] = partner.pk
    known["level_in"] = _brought(town, below, partner).pk


def _brought(town: Any, below: Any, partner: Any) -> Submission:
    """What a package from below left behind."""
    today, at = timezone.localdate(), town.at
    head = Head("yunqi", "外来规划乙", "乙规划", "county", 2026, 2030, None, below.code, below.name, True)
    text = written(Snapshot(head, today, (), (), (), (), Tally(0, 0, 0, 0)))
    made = Submission.objects.create(
        plan=None, plan_code="yunqi", plan_name="外来规划乙", district=below,
        to_district=town.known["county"], partner=partner,
        from_outside=True, as_of=today, state=SubmissionState.SUBMITTED, created_at=at,
    )  # fmt: skip
    Edition.objects.create(
        submission=made, number=1, snapshot=text, digest=digest_of(text), submitted_name="镇", submitted_at=at
    )
    PackageRecord.objects.create(
        outgoing=False, kind=PackageKind.SUBMISSION, partner=partner, sequence=1, digest="0" * 64,
        submission=made, edition_number=1, at=at,
    )  # fmt: skip
    return made
