"""Packages that leave: a submission for the upper level's installation, a receipt for the lower level's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.documents.public import open_document
from qingshan.levels import policies
from qingshan.levels.errors import BadPartner, BadSubmission
from qingshan.levels.models import Edition, PackageRecord, Partner, Submission
from qingshan.levels.packages.bodies import Attached, MoveLine, ReceiptBody, RemarkLine, SubmissionBody
from qingshan.levels.packages.manifest import Side
from qingshan.levels.packages.writing import attachment_path, write_package
from qingshan.levels.snapshots import digest_of, read_snapshot
from qingshan.levels.states import UPPER_MOVES, PartnerState, SubmissionState
from qingshan.levels.vocabulary import PackageKind

__all__ = ["Exported", "export_receipt", "export_submission"]

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Exported:
    """A package ready to be carried: its name as a file, and its bytes."""

    file_name: str
    data: bytes
    record: PackageRecord


@transaction.atomic
def export_submission(
    *, submission: Submission, by: Any, at: datetime, sequence: int | None = None
) -> Exported:
    """Make the signed package of the version last handed up (导出报送包).

    Parameters
    ----------
    sequence : int, optional
        A number above the one that would be next: after a restore from a backup, when the receiver has
        already taken higher ones.

    Raises
    ------
    BadSubmission
        Nothing is handed up, or the receiver works in this installation.
    BadPartner
        The receiver's installation is no longer trusted.
    """
    policies.require(by, "submit", submission)
    if submission.from_outside or submission.partner is None:
        raise BadSubmission(_("本件的受理单位就在本系统中，不需要导出报送包。"))
    edition = submission.editions.order_by("-number").first()
    if edition is None or submission.phase is not SubmissionState.SUBMITTED:
        raise BadSubmission(_("请先报送，再导出报送包；退回的请更正后重新报送。"))
    files = _files(edition)
    body = SubmissionBody(
        uid=str(submission.uid),
        edition=edition.number,
        to_district=submission.to_district.code,
        words=edition.words,
        submitted_by=edition.submitted_name,
        submitted_at=edition.submitted_at,
        snapshot=read_snapshot(edition.snapshot),
        attachments=tuple(
            Attached(path, one["title"], one["name"], one["size"], one["sha256"])
            for path, one in zip(files, edition.attachments, strict=True)
        ),
    )
    return _export(
        PackageKind.SUBMISSION, submission, edition, body, files, sender=submission.district.name,
        sequence=sequence, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def export_receipt(*, submission: Submission, by: Any, at: datetime, sequence: int | None = None) -> Exported:
    """Make the signed receipt of what came from another installation, as it stands now (导出回执包).

    Raises
    ------
    BadSubmission
        The submission was made in this installation.
    BadPartner
        The sender's installation is no longer trusted.
    """
    policies.require(by, "review", submission)
    if not submission.from_outside:
        raise BadSubmission(_("本件是在本系统中报送的，办理结果下级已经看到，不需要回执包。"))
    edition = submission.editions.order_by("-number")[0]
    received = submission.packages.filter(
        outgoing=False, kind=PackageKind.SUBMISSION, edition_number=edition.number
    )
    steps = submission.moves.filter(edition_number=edition.number, move__in=UPPER_MOVES)
    body = ReceiptBody(
        uid=str(submission.uid),
        edition=edition.number,
        digest=edition.digest,
        received_at=received.order_by("pk")[0].at,
        moves=tuple(MoveLine(one.move, one.note, one.by_name, one.at) for one in steps),
        remarks=tuple(RemarkLine(one.section, one.code, one.text) for one in edition.remarks.all()),
    )
    return _export(
        PackageKind.RECEIPT, submission, edition, body, {}, sender=submission.to_district.name,
        sequence=sequence, by=by, at=at,
    )  # fmt: skip


def _export(
    kind: PackageKind,
    submission: Submission,
    edition: Edition,
    body: SubmissionBody | ReceiptBody,
    files: Mapping[str, bytes],
    *,
    sender: str,
    sequence: int | None,
    by: Any,
    at: datetime,
) -> Exported:
    partner = _trusted(submission.partner)
    using = audit.signer()

    def make(number: int) -> tuple[bytes, PackageRecord]:
        data, manifest = write_package(
            kind=kind, sequence=number, made_at=at, sender=Side(sender, using.key_id),
            to=Side(partner.name, partner.key_id), body=body, attachments=files, sign=using.sign,
        )  # fmt: skip
        return data, PackageRecord.objects.create(
            outgoing=True, kind=kind, partner=partner, sequence=number, digest=digest_of(manifest.decode()),
            submission=submission, edition_number=edition.number, by=by, at=at,
        )  # fmt: skip

    data, record = _numbered(make, sequence)
    detail = {"kind": kind.value, "to": partner.name, "sequence": record.sequence, "edition": edition.number}
    audit.record("levels.export", submission.ref, by=by, at=at, detail=detail)
    return Exported(_file_name(kind, submission, edition, record.sequence), data, record)


def _numbered(
    make: Callable[[int], tuple[bytes, PackageRecord]], wanted: int | None
) -> tuple[bytes, PackageRecord]:
    """Make a package under the next number; of two writers at once, the later one takes the number after."""
    for _try in range(_TRIES):
        number = _next_sequence(wanted)
        try:
            with transaction.atomic():
                return make(number)
        except IntegrityError:
            continue
    raise BadSubmission(_("他人正在同时导出；请稍后再试。"))


def _trusted(partner: Partner | None) -> Partner:
    """The receiver's installation; one that has a new key since is known by its district."""
    if partner is not None and partner.trusted:
        return partner
    district_id = partner.district_id if partner is not None else None
    heirs = list(Partner.objects.filter(district=district_id, state=PartnerState.TRUSTED))
    if len(heirs) != 1:
        raise BadPartner(_("对方装置“%s”已不在互信名单中；请先重新登记。") % partner)
    return heirs[0]


def _next_sequence(wanted: int | None) -> int:
    last = PackageRecord.objects.filter(outgoing=True).aggregate(last=Max("sequence"))["last"] or 0
    if wanted is not None and wanted <= last:
        raise BadSubmission(_("序号须大于已用过的 %d。") % last)
    return wanted or last + 1


def _files(edition: Edition) -> dict[str, bytes]:
    """The attachments as they were when the version was handed up, by their place in the package."""
    found: dict[str, bytes] = {}
    for number, one in enumerate(edition.attachments, start=1):
        opened = open_document(None, one["document"], one["version"])
        with opened.file as file:
            found[attachment_path(number)] = file.read()
    return found


def _file_name(kind: PackageKind, submission: Submission, edition: Edition, sequence: int) -> str:
    return f"{kind.label}-{submission.plan_code}-{submission.as_of:%Y%m%d}-v{edition.number}-{sequence}.qsl"
