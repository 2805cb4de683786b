"""Packages that come in: checked, then a submission from outside, or a receipt that moves one of ours.

A number of a sender is taken once, and no lower one after it: a package that was recorded on its way and
played again changes nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import District, districts_under, find_district
from qingshan.audit import public as audit
from qingshan.documents.public import RefusedFile, attach, documents_for
from qingshan.jobs.public import announce
from qingshan.kernel.flow import IllegalMove
from qingshan.levels import policies
from qingshan.levels.actions.drafting import open_call
from qingshan.levels.actions.moves import freeze, keep_remarks, taken_over
from qingshan.levels.errors import BadSubmission, PackageRefusal
from qingshan.levels.events import SubmissionMoved
from qingshan.levels.models import Edition, PackageRecord, Partner, Submission, SubmissionMove
from qingshan.levels.packages.bodies import ReceiptBody, SubmissionBody
from qingshan.levels.packages.reading import Check, Package, read_package
from qingshan.levels.snapshots import written
from qingshan.levels.states import SUBMISSION_FLOW, UPPER_MOVES, PartnerState, SubmissionState
from qingshan.levels.vocabulary import PackageKind, Section

__all__ = ["Imported", "import_package"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a package brought: which kind, and the submission it made or moved."""

    kind: PackageKind
    submission: Submission
    steps: int


@transaction.atomic
def import_package(*, data: bytes, by: Any, at: datetime) -> Imported:
    """Take a package in (导入报送包), wholly or not at all.

    Raises
    ------
    PackageRefusal
        Altered, truncated, foreign, repeated, too large, of another format, for somebody else, or about what
        the sender may not speak for; its words say which.
    Forbidden
        Who may not receive for the district, or not report for it.
    """
    package = read_package(data, _check)
    manifest = package.manifest
    if manifest.to.key_id != audit.signer().key_id:
        raise PackageRefusal(_("本包是发给“%s”的，不是发给本系统的。") % manifest.to.name[:80])
    partner = Partner.objects.select_for_update().get(
        key_id=manifest.sender.key_id, state=PartnerState.TRUSTED
    )
    _fresh(partner, package)
    if isinstance(package.body, SubmissionBody):
        done = _submission(partner, package, package.body, by=by, at=at)
    else:
        done = _receipt(partner, package.body, by=by, at=at)
    Partner.objects.filter(pk=partner.pk).update(last_sequence=manifest.sequence)
    number = package.body.edition
    PackageRecord.objects.create(
        outgoing=False, kind=done.kind, partner=partner, sequence=manifest.sequence, digest=package.digest,
        submission=done.submission, edition_number=number, by=by, at=at,
    )  # fmt: skip
    detail = {
        "kind": done.kind.value, "from": partner.name, "key": partner.key_id, "sequence": manifest.sequence,
        "edition": number,
    }  # fmt: skip
    audit.record("levels.import", done.submission.ref, by=by, at=at, detail=detail)
    return done


def _check(key_id: str) -> Check | None:
    partner = Partner.objects.filter(key_id=key_id, state=PartnerState.TRUSTED).first()
    if partner is None:
        return None
    public_key, using = bytes.fromhex(partner.public_key), audit.signer()
    return lambda data, signature: using.is_by(data, signature, public_key)


def _fresh(partner: Partner, package: Package) -> None:
    taken = PackageRecord.objects.filter(outgoing=False, partner=partner, digest=package.digest).first()
    if taken is not None:
        raise PackageRefusal(_("本包已于 %s 导入过，无需重复导入。") % f"{taken.at:%Y-%m-%d}")
    if package.manifest.sequence <= partner.last_sequence:
        told = {"found": package.manifest.sequence, "last": partner.last_sequence, "who": partner.name}
        raise PackageRefusal(
            _(
                "本包序号 %(found)d 不大于已收到的 %(last)d，可能是旧包重放；"
                "如确是新内容，请“%(who)s”重新导出一份。"
            )
            % told
        )


def _submission(
    partner: Partner, package: Package, body: SubmissionBody, *, by: Any, at: datetime
) -> Imported:
    district, receiver = _districts(partner, body)
    policies.require_call(by, receiver.pk, str(receiver))
    submission = Submission.objects.select_for_update().filter(uid=_uid(body.uid)).first()
    if submission is None:
        submission = _first(partner, body, district, receiver, by=by, at=at)
        number, before = 1, SubmissionState.DRAFT
    else:
        number, before = _corrected(partner, submission, body, district, receiver)
    if body.edition != number:
        told = {"found": body.edition, "wanted": number}
        raise PackageRefusal(_("本包是第 %(found)d 版，应先收到第 %(wanted)d 版。") % told)
    _moved_by_sender(submission, body, before, at=at)
    _attached(submission, package, body, by=by, at=at)
    freeze(
        submission, written(body.snapshot), number=number,
        attachments=[asdict(one) for one in body.attachments], by=None, who=body.submitted_by,
        at=body.submitted_at,
    )  # fmt: skip
    return Imported(PackageKind.SUBMISSION, submission, 1)


def _districts(partner: Partner, body: SubmissionBody) -> tuple[District, District]:
    """The district that reports and the one that receives, both known here, and the first the sender's."""
    plan, on = body.snapshot.plan, body.snapshot.as_of
    district, receiver = _known_district(plan.district_code), _known_district(body.to_district)
    if district.pk not in districts_under(partner.district_id, on):
        told = {"who": partner.name, "of": district}
        raise PackageRefusal(_("“%(who)s”无权代表“%(of)s”报送。") % told)
    if district.pk not in districts_under(receiver, on) - {receiver.pk}:
        raise PackageRefusal(_("“%(to)s”不是“%(of)s”的上级。") % {"to": receiver, "of": district})
    if plan.simulated != district.simulated or plan.simulated != receiver.simulated:
        raise PackageRefusal(_("模拟数据不能报送真实单位，反之亦然。"))
    return district, receiver


def _known_district(code: str) -> District:
    found = find_district(code)
    if found is None:
        raise PackageRefusal(_("本系统没有代码为 %s 的辖区；请先维护辖区。") % code[:20])
    return found


def _uid(text: str) -> uuid.UUID:
    try:
        found = uuid.UUID(text)
    except ValueError:
        found = None
    if found is None or str(found) != text:
        raise PackageRefusal(_("报送内容不合格式：%s。请双方核对系统版本。") % "uid")
    return found


def _first(
    partner: Partner, body: SubmissionBody, district: District, receiver: District, *, by: Any, at: datetime
) -> Submission:
    plan, as_of = body.snapshot.plan, body.snapshot.as_of
    if len(plan.code) > 60 or len(plan.name) > 200 or not plan.code:
        raise PackageRefusal(_("报送内容不合格式：%s。请双方核对系统版本。") % "snapshot.plan")
    return Submission.objects.create(
        uid=body.uid, plan=None, plan_code=plan.code, plan_name=plan.name, district=district,
        to_district=receiver, partner=partner, from_outside=True, as_of=as_of, words=body.words,
        call=open_call(district_id=district.pk, to_district_id=receiver.pk, as_of=as_of),
        state=SubmissionState.DRAFT, created_by=by, created_at=at,
    )  # fmt: skip


def _corrected(
    partner: Partner, submission: Submission, body: SubmissionBody, district: District, receiver: District
) -> tuple[int, SubmissionState]:
    """The next version of what came before: by the same sender, about the same plan and day."""
    same = (
        submission.from_outside
        and submission.partner is not None
        and submission.partner.district_id == partner.district_id
        and (submission.district_id, submission.to_district_id) == (district.pk, receiver.pk)
        and (submission.plan_code, submission.as_of) == (body.snapshot.plan.code, body.snapshot.as_of)
    )
    if not same:
        raise PackageRefusal(_("本包与此前收到的同号报送不是同一规划、同一时点或同一发出者。"))
    if not SUBMISSION_FLOW.allows(submission.state, "submit"):
        told = submission.phase.label
        raise PackageRefusal(_("同一报送在本系统中是“%s”，不接收更正版；请先退回或解锁。") % told)
    submission.words, submission.partner = body.words, partner
    submission.save(update_fields=["words", "partner"])
    return submission.editions.count() + 1, submission.phase


def _moved_by_sender(
    submission: Submission, body: SubmissionBody, before: SubmissionState, *, at: datetime
) -> None:
    after = SUBMISSION_FLOW.after(before, "submit")
    Submission.objects.filter(pk=submission.pk).update(state=after)
    submission.refresh_from_db()
    SubmissionMove.objects.create(
        submission=submission, edition_number=body.edition, move="submit", before=before, after=after,
        by_name=body.submitted_by[:120], at=body.submitted_at,
    )  # fmt: skip
    announce(
        SubmissionMoved(submission.pk, "submit", body.edition, "", None, body.submitted_by[:120], at), at=at
    )


def _attached(
    submission: Submission, package: Package, body: SubmissionBody, *, by: Any, at: datetime
) -> None:
    """The files of the package, kept by the same rules as any upload, and once each."""
    held = {one.newest.sha256 for one in documents_for(None, submission.ref)}
    for one in (each for each in body.attachments if each.sha256 not in held):
        upload = ContentFile(package.attachments[one.path], name=one.name)
        note = _("第 %d 版") % body.edition
        try:
            attach(upload, to=submission.ref, by=None, at=at, title=one.title, note=note)
        except RefusedFile as refused:
            raise PackageRefusal(str(refused)) from refused


def _receipt(partner: Partner, body: ReceiptBody, *, by: Any, at: datetime) -> Imported:
    submission = Submission.objects.select_for_update().filter(uid=_uid(body.uid), from_outside=False).first()
    if submission is None or submission.partner is None:
        raise PackageRefusal(_("本系统没有发出过回执所说的报送。"))
    policies.require(by, "submit", submission)
    if submission.partner.district_id != partner.district_id:
        raise PackageRefusal(_("“%s”不是这件报送的受理单位。") % partner.name)
    edition = submission.editions.filter(number=body.edition).first()
    if edition is None or edition.digest != body.digest:
        raise PackageRefusal(_("回执所说的内容与本系统报送的第 %d 版不一致。") % body.edition)
    if body.edition != submission.editions.count():
        raise PackageRefusal(_("回执是第 %d 版的，本系统已报送更新的版本。") % body.edition)
    steps = _replayed(submission, edition, body, by=by, at=at)
    if edition.received_at is None:
        Edition.objects.filter(pk=edition.pk).update(received_at=body.received_at)
        audit.record("levels.receive", submission.ref, by=by, at=at, detail={"edition": body.edition})
    return Imported(PackageKind.RECEIPT, submission, steps)


def _replayed(submission: Submission, edition: Edition, body: ReceiptBody, *, by: Any, at: datetime) -> int:
    """Take the steps that are not known here yet; those that are must be the same."""
    known = [
        (one.move, one.at)
        for one in submission.moves.filter(edition_number=edition.number, move__in=UPPER_MOVES)
    ]
    told = [(one.move, one.at) for one in body.moves]
    if told[: len(known)] != known or any(move not in UPPER_MOVES for move, _at in told):
        raise PackageRefusal(_("回执与此前收到的回执矛盾。"))
    for line in body.moves[len(known) :]:
        try:
            taken_over(
                submission, line.move, who=line.who[:120] or partner_name(submission), moved_at=line.at,
                at=at, note=line.note[:500], by=by,
            )  # fmt: skip
        except IllegalMove:
            raise PackageRefusal(
                _("回执中的“%s”与本件现状不合。") % SUBMISSION_FLOW.label(line.move)
            ) from None
    _remarked(edition, body, at=at)
    return len(told) - len(known)


def partner_name(submission: Submission) -> str:
    """Whom a step is put down to where the receipt names nobody."""
    return str(submission.partner or submission.to_district)


def _remarked(edition: Edition, body: ReceiptBody, *, at: datetime) -> None:
    """Keep the remarks on rows; a receipt is a full account, so what is known stands already."""
    if edition.remarks.exists() or not body.remarks:
        return
    try:
        said = {(Section(one.section), one.code): one.text for one in body.remarks}
        keep_remarks(edition, said, at=at)
    except (ValueError, BadSubmission):
        raise PackageRefusal(_("回执中的意见所指的行不在报送内容中。")) from None
