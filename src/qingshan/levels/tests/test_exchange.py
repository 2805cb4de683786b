"""Packages coming in and going out, seen from one of two installations; the other one is only a key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from qingshan.accounts.public import Forbidden
from qingshan.audit.ports import Ed25519Signer
from qingshan.documents import public as documents
from qingshan.levels import actions
from qingshan.levels.actions import Imported, sending
from qingshan.levels.errors import BadPartner, BadSubmission, ByReceipt, MissingReason, PackageRefusal
from qingshan.levels.fingerprints import fingerprint_of
from qingshan.levels.models import PackageRecord, Partner, Submission
from qingshan.levels.packages.bodies import MoveLine, ReceiptBody, RemarkLine, SubmissionBody
from qingshan.levels.packages.manifest import Side
from qingshan.levels.packages.reading import read_package
from qingshan.levels.packages.writing import write_package
from qingshan.levels.public import latest_accepted, locked_until, submissions_of
from qingshan.levels.snapshots import read_snapshot
from qingshan.levels.states import SubmissionState as State
from qingshan.levels.tests.conftest import AS_OF, AT, TODAY, partner_of
from qingshan.levels.tests.test_packages import RECEIPT, SUBMISSION
from qingshan.levels.vocabulary import PackageKind, Section
from qingshan.plans.public import Plan

LATER = AT + timedelta(hours=2)
BODY = replace(SUBMISSION, attachments=())

Pack = Callable[..., bytes]


@pytest.fixture
def pack(keys: Ed25519Signer, other: Ed25519Signer) -> Pack:
    """Makes a package of the other installation for this one, as told."""

    def make(body: Any, *, sequence: int = 1, **changes: Any) -> bytes:
        kind = PackageKind.RECEIPT if isinstance(body, ReceiptBody) else PackageKind.SUBMISSION
        told: dict[str, Any] = {
            "kind": kind, "sequence": sequence, "made_at": AT, "sender": Side("对方", other.key_id),
            "to": Side("我方", keys.key_id), "body": body, "attachments": {}, "sign": other.sign, **changes,
        }  # fmt: skip
        return write_package(**told)[0]

    return make


@pytest.fixture
def below(cast: Any, keys: Ed25519Signer, other: Ed25519Signer) -> Partner:
    """The other installation is the county's; this one is the city's."""
    return partner_of(other, cast.county, "青川县系统")


@pytest.fixture
def above(cast: Any, keys: Ed25519Signer, other: Ed25519Signer) -> Partner:
    """The other installation is the city's; this one is the county's."""
    return partner_of(other, cast.city, "云岭市系统")


def taken(cast: Any, data: bytes) -> Imported:
    return actions.import_package(data=data, by=cast.meng, at=LATER)


class TestTakingASubmissionIn:
    def test_it_waits_for_the_upper_level_and_touches_no_ledger(
        self, cast: Any, below: Partner, pack: Pack
    ) -> None:
        done = taken(cast, pack(BODY))
        found = done.submission
        assert (found.phase, found.from_outside, found.plan, found.plan_code) == (
            State.SUBMITTED, True, None, "p-1",
        )  # fmt: skip
        assert read_snapshot(found.editions.get().snapshot) == BODY.snapshot
        assert not Plan.objects.exists()
        record = PackageRecord.objects.get()
        assert (record.outgoing, record.sequence, record.partner) == (False, 1, below)

    def test_its_attachments_come_along_once(self, cast: Any, below: Partner, pack: Pack) -> None:
        files = {"attachments/0001": "季度总结".encode()}
        done = taken(cast, pack(SUBMISSION, attachments=files))
        (one,) = documents.documents_for(None, done.submission.ref)
        assert (one.title, one.newest.file_name) == ("季度总结", "总结.txt")

    def test_an_attachment_that_is_not_what_its_name_says_is_refused_with_all(
        self, cast: Any, below: Partner, pack: Pack
    ) -> None:
        data = b"MZ\x90\x00" + b"\x00" * 60
        told = replace(
            SUBMISSION.attachments[0],
            name="总结.pdf",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
        )
        body = replace(SUBMISSION, attachments=(told,))
        with pytest.raises(PackageRefusal):
            taken(cast, pack(body, attachments={"attachments/0001": data}))
        assert not Submission.objects.exists()

    def test_once_accepted_it_is_what_is_known_of_that_plan(
        self, cast: Any, plan: Any, below: Partner, pack: Pack
    ) -> None:
        """Here the city happens to keep a plan with the same code and district."""
        head = replace(BODY.snapshot.plan, code=plan.code)
        done = taken(cast, pack(replace(BODY, snapshot=replace(BODY.snapshot, plan=head))))
        assert list(submissions_of(plan=plan)) == [done.submission]
        assert latest_accepted(plan=plan, on=TODAY) is None
        actions.accept_submission(submission=done.submission, by=cast.gao, at=LATER)
        found = latest_accepted(plan=plan, on=TODAY)
        assert found is not None
        assert found.submission == done.submission
        actions.lock_submission(submission=done.submission, by=cast.gao, at=LATER)
        assert locked_until(plan) is None  # the ledger that is locked is the sender's

    def test_a_corrected_version_follows_what_was_sent_back(
        self, cast: Any, below: Partner, pack: Pack
    ) -> None:
        found = taken(cast, pack(BODY)).submission
        second = replace(BODY, edition=2, words="已更正。")
        with pytest.raises(PackageRefusal, match="是“已报送”，不接收更正版"):
            taken(cast, pack(second, sequence=2))
        actions.send_back_submission(submission=found, note="请核对", by=cast.gao, at=LATER)
        with pytest.raises(PackageRefusal, match="第 3 版，应先收到第 2 版"):
            taken(cast, pack(replace(BODY, edition=3), sequence=3))
        taken(cast, pack(second, sequence=4))
        found.refresh_from_db()
        assert (found.phase, found.words, found.editions.count()) == (State.SUBMITTED, "已更正。", 2)


class TestWhatIsNotTaken:
    def test_the_same_package_twice(self, cast: Any, below: Partner, pack: Pack) -> None:
        data = pack(BODY)
        taken(cast, data)
        with pytest.raises(PackageRefusal, match="已于 2026-11-20 导入过"):
            taken(cast, data)

    def test_a_number_that_is_not_higher_than_the_last(self, cast: Any, below: Partner, pack: Pack) -> None:
        taken(cast, pack(BODY, sequence=5))
        older = replace(BODY, uid="11111111-2222-4333-8444-555555555555")
        for sequence in (5, 4):
            with pytest.raises(PackageRefusal, match="不大于已收到的 5，可能是旧包重放"):
                taken(cast, pack(older, sequence=sequence))
        assert Submission.objects.count() == 1

    def test_one_for_somebody_else(self, cast: Any, below: Partner, pack: Pack) -> None:
        with pytest.raises(PackageRefusal, match="发给“平湖市”的，不是发给本系统"):
            taken(cast, pack(BODY, to=Side("平湖市", "0" * 16)))

    def test_one_of_a_sender_no_longer_believed(self, cast: Any, below: Partner, pack: Pack) -> None:
        actions.revoke_partner(partner=below, reason="密钥遗失", by=cast.ping, at=AT)
        with pytest.raises(PackageRefusal, match="不在互信名单中"):
            taken(cast, pack(BODY))

    def test_one_that_speaks_for_a_district_that_is_not_the_senders(
        self, cast: Any, below: Partner, pack: Pack
    ) -> None:
        head = replace(BODY.snapshot.plan, district_code="990122")
        with pytest.raises(PackageRefusal, match="无权代表“白石县”报送"):
            taken(cast, pack(replace(BODY, snapshot=replace(BODY.snapshot, plan=head))))

    @pytest.mark.parametrize(
        ("code", "told"), [("990122", "不是“青川县”的上级"), ("440000", "没有代码为 440000 的辖区")]
    )
    def test_one_for_a_district_that_is_not_above(
        self, cast: Any, below: Partner, pack: Pack, code: str, told: str
    ) -> None:
        with pytest.raises((PackageRefusal, Forbidden), match=told):
            actions.import_package(data=pack(replace(BODY, to_district=code)), by=None, at=LATER)

    def test_one_that_claims_to_be_real(self, cast: Any, below: Partner, pack: Pack) -> None:
        head = replace(BODY.snapshot.plan, simulated=False)
        with pytest.raises(PackageRefusal, match="模拟"):
            taken(cast, pack(replace(BODY, snapshot=replace(BODY.snapshot, plan=head))))

    def test_one_that_would_displace_a_submission_of_this_installation(
        self, cast: Any, below: Partner, pack: Pack, handed_up: Submission
    ) -> None:
        with pytest.raises(PackageRefusal, match="不是同一规划"):
            taken(cast, pack(replace(BODY, uid=str(handed_up.uid), edition=2)))

    @pytest.mark.parametrize("uid", ["", "x", "{0d9c1f8e-3b52-4d6a-9f0e-2f4c6a8b1e37}"])
    def test_one_without_a_number_of_its_own(self, cast: Any, below: Partner, pack: Pack, uid: str) -> None:
        with pytest.raises(PackageRefusal, match="不合格式：uid"):
            taken(cast, pack(replace(BODY, uid=uid)))

    def test_by_who_does_not_receive_for_the_district(self, cast: Any, below: Partner, pack: Pack) -> None:
        for who in (cast.chen, cast.zhou, cast.he, cast.ping):
            with pytest.raises(Forbidden):
                actions.import_package(data=pack(BODY), by=who, at=LATER)
        assert not Submission.objects.exists()

    def test_what_is_refused_leaves_nothing_and_uses_no_number_up(
        self, cast: Any, below: Partner, pack: Pack
    ) -> None:
        with pytest.raises(PackageRefusal):
            taken(cast, pack(replace(BODY, edition=2), sequence=9))
        below.refresh_from_db()
        assert (below.last_sequence, PackageRecord.objects.count()) == (0, 0)
        taken(cast, pack(BODY, sequence=9))


@pytest.fixture
def sent(cast: Any, plan: Any, above: Partner) -> Submission:
    """A submission of the county to the city's installation, handed up."""
    submission = actions.draft_submission(
        plan=plan, to_district=cast.city, as_of=AS_OF, partner=above, by=cast.chen, at=AT
    )
    actions.submit_submission(submission=submission, by=cast.chen, at=AT)
    return submission


def receipt(submission: Submission, *moves: tuple[str, str], edition: int = 1, **changes: Any) -> ReceiptBody:
    held = submission.editions.get(number=edition)
    lines = tuple(
        MoveLine(move, note, "孟", LATER + timedelta(minutes=number))
        for number, (move, note) in enumerate(moves)
    )
    told: dict[str, Any] = {"uid": str(submission.uid), "edition": edition, "digest": held.digest, **changes}
    return replace(RECEIPT, moves=lines, remarks=(), **told)


class TestSendingOut:
    def test_the_package_is_what_was_handed_up(
        self, cast: Any, plan: Any, above: Partner, keys: Ed25519Signer
    ) -> None:
        submission = actions.draft_submission(
            plan=plan, to_district=cast.city, as_of=AS_OF, partner=above, by=cast.chen, at=AT
        )
        upload = ContentFile("季度总结".encode(), name="总结.txt")
        documents.attach(upload, to=submission.ref, by=cast.chen, at=AT, title="季度总结")
        edition = actions.submit_submission(submission=submission, by=cast.chen, at=AT)
        made = actions.export_submission(submission=submission, by=cast.chen, at=LATER)
        package = read_package(
            made.data, lambda key_id: lambda data, found: keys.is_by(data, found, keys.public_key)
        )
        assert isinstance(package.body, SubmissionBody)
        assert package.body.snapshot == read_snapshot(edition.snapshot)
        assert package.attachments == {"attachments/0001": "季度总结".encode()}
        assert (package.manifest.to.key_id, package.manifest.sequence) == (above.key_id, 1)
        assert made.file_name == "报送包-qingchuan-2026-20260930-v1-1.qsl"

    def test_each_package_has_a_number_of_its_own_and_none_goes_back(
        self, cast: Any, sent: Submission
    ) -> None:
        given = {"submission": sent, "by": cast.chen, "at": LATER}
        numbers = [actions.export_submission(**given).record.sequence for _time in range(2)]
        assert numbers == [1, 2]
        assert actions.export_submission(sequence=40, **given).record.sequence == 40
        with pytest.raises(BadSubmission, match="须大于已用过的 40"):
            actions.export_submission(sequence=40, **given)

    def test_of_two_who_export_at_once_each_gets_a_number(
        self, cast: Any, sent: Submission, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = {"submission": sent, "by": cast.chen, "at": LATER}
        assert actions.export_submission(**given).record.sequence == 1
        read = sending._next_sequence
        # the other one's number was not yet there when the last was read
        answers = iter([lambda wanted: 1, read])
        monkeypatch.setattr(sending, "_next_sequence", lambda wanted: next(answers)(wanted))
        assert actions.export_submission(**given).record.sequence == 2
        monkeypatch.setattr(sending, "_next_sequence", lambda wanted: 1)
        with pytest.raises(BadSubmission, match="他人正在同时导出"):
            actions.export_submission(**given)

    def test_nothing_leaves_before_it_is_handed_up(self, cast: Any, plan: Any, above: Partner) -> None:
        submission = actions.draft_submission(
            plan=plan, to_district=cast.city, as_of=AS_OF, partner=above, by=cast.chen, at=AT
        )
        with pytest.raises(BadSubmission, match="请先报送"):
            actions.export_submission(submission=submission, by=cast.chen, at=LATER)

    def test_nothing_is_packed_that_stays_in_the_house(self, cast: Any, handed_up: Submission) -> None:
        with pytest.raises(BadSubmission, match="就在本系统中"):
            actions.export_submission(submission=handed_up, by=cast.chen, at=LATER)
        with pytest.raises(BadSubmission, match="不需要回执包"):
            actions.export_receipt(submission=handed_up, by=cast.gao, at=LATER)

    def test_only_to_who_is_believed(self, cast: Any, sent: Submission, above: Partner) -> None:
        actions.revoke_partner(partner=above, reason="换装置", by=cast.ping, at=AT)
        with pytest.raises(BadPartner, match="已不在互信名单中"):
            actions.export_submission(submission=sent, by=cast.chen, at=LATER)

    def test_a_receiver_with_a_new_key_gets_it_under_that_key(
        self, cast: Any, sent: Submission, above: Partner, tmp_path: Any
    ) -> None:
        actions.revoke_partner(partner=above, reason="换装置", by=cast.ping, at=AT)
        heir = partner_of(Ed25519Signer(tmp_path / "new"), cast.city, "云岭市新系统")
        made = actions.export_submission(submission=sent, by=cast.chen, at=LATER)
        assert made.record.partner == heir

    def test_by_who_reports_for_the_district(self, cast: Any, sent: Submission) -> None:
        for who in (cast.wu, cast.he, cast.zhou, cast.ping):
            with pytest.raises(Forbidden):
                actions.export_submission(submission=sent, by=who, at=LATER)

    def test_a_receipt_tells_all_that_was_done(
        self, cast: Any, below: Partner, pack: Pack, keys: Ed25519Signer
    ) -> None:
        found = taken(cast, pack(BODY)).submission
        actions.send_back_submission(
            submission=found, note="请核对", remarks={(Section.PROJECTS, "P1"): "支付偏慢"}, by=cast.gao,
            at=LATER,
        )  # fmt: skip
        made = actions.export_receipt(submission=found, by=cast.gao, at=LATER)
        package = read_package(
            made.data, lambda key_id: lambda data, told: keys.is_by(data, told, keys.public_key)
        )
        assert isinstance(package.body, ReceiptBody)
        assert [(one.move, one.note, one.who) for one in package.body.moves] == [
            ("send_back", "请核对", "高")
        ]
        assert package.body.remarks == (RemarkLine("projects", "P1", "支付偏慢"),)
        assert package.body.digest == found.editions.get().digest


class TestReceipts:
    def test_the_upper_level_is_not_moved_by_hand(self, cast: Any, sent: Submission) -> None:
        for act in (actions.accept_submission, actions.lock_submission):
            with pytest.raises(ByReceipt):
                act(submission=sent, by=cast.gao, at=LATER)

    def test_that_it_arrived_moves_nothing(self, cast: Any, sent: Submission, pack: Pack) -> None:
        done = actions.import_package(data=pack(receipt(sent)), by=cast.chen, at=LATER)
        assert (done.steps, done.submission.phase) == (0, State.SUBMITTED)
        assert sent.editions.get().received_at == RECEIPT.received_at

    def test_sent_back_with_remarks_on_rows(self, cast: Any, sent: Submission, pack: Pack) -> None:
        body = replace(
            receipt(sent, ("send_back", "请核对")), remarks=(RemarkLine("projects", "P1", "支付偏慢"),)
        )
        done = actions.import_package(data=pack(body), by=cast.chen, at=LATER)
        assert done.submission.phase is State.SENT_BACK
        assert [one.text for one in sent.editions.get().remarks.all()] == ["支付偏慢"]
        step = sent.moves.get(move="send_back")
        assert (step.by, step.by_name, step.note) == (None, "孟", "请核对")

    def test_all_steps_since_the_last_receipt_are_taken_and_none_twice(
        self, cast: Any, plan: Any, sent: Submission, pack: Pack
    ) -> None:
        first = receipt(sent, ("accept", ""))
        assert actions.import_package(data=pack(first), by=cast.chen, at=LATER).steps == 1
        second = receipt(sent, ("accept", ""), ("lock", ""), ("unlock", "补正"), ("lock", ""))
        done = actions.import_package(data=pack(second, sequence=2), by=cast.chen, at=LATER)
        assert (done.steps, done.submission.phase) == (3, State.LOCKED)
        assert locked_until(plan) == AS_OF
        found = latest_accepted(plan=plan, on=TODAY)
        assert found is not None
        assert found.accepted_at == LATER

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"uid": "11111111-2222-4333-8444-555555555555"}, "没有发出过回执所说的报送"),
            ({"digest": "0" * 64}, "第 1 版不一致"),
            ({"remarks": (RemarkLine("projects", "P9", "x"),)}, "不在报送内容中"),
            ({"remarks": (RemarkLine("chapters", "P1", "x"),)}, "不在报送内容中"),
        ],
    )
    def test_one_that_does_not_fit_is_refused(
        self, cast: Any, sent: Submission, pack: Pack, changes: dict[str, Any], told: str
    ) -> None:
        body = replace(receipt(sent, ("send_back", "请核对")), **changes)
        with pytest.raises(PackageRefusal, match=told):
            actions.import_package(data=pack(body), by=cast.chen, at=LATER)
        assert Submission.objects.get(pk=sent.pk).phase is State.SUBMITTED

    @pytest.mark.parametrize("moves", [("lock",), ("submit",), ("accept", "accept"), ("withdraw",)])
    def test_steps_that_cannot_be_are_refused_with_all(
        self, cast: Any, sent: Submission, pack: Pack, moves: tuple[str, ...]
    ) -> None:
        body = receipt(sent, *((move, "") for move in moves))
        with pytest.raises(PackageRefusal, match=r"现状不合|矛盾"):
            actions.import_package(data=pack(body), by=cast.chen, at=LATER)
        assert Submission.objects.get(pk=sent.pk).phase is State.SUBMITTED

    def test_one_that_contradicts_an_earlier_one(self, cast: Any, sent: Submission, pack: Pack) -> None:
        actions.import_package(data=pack(receipt(sent, ("accept", ""))), by=cast.chen, at=LATER)
        with pytest.raises(PackageRefusal, match="矛盾"):
            actions.import_package(
                data=pack(receipt(sent, ("send_back", "改主意")), sequence=2), by=cast.chen, at=LATER
            )

    def test_one_of_an_older_version(self, cast: Any, sent: Submission, pack: Pack) -> None:
        actions.import_package(data=pack(receipt(sent, ("send_back", "请核对"))), by=cast.chen, at=LATER)
        sent.refresh_from_db()
        actions.submit_submission(submission=sent, by=cast.chen, at=LATER)
        with pytest.raises(PackageRefusal, match="已报送更新的版本"):
            actions.import_package(
                data=pack(receipt(sent, ("send_back", "请核对")), sequence=2), by=cast.chen, at=LATER
            )

    def test_one_of_another_installation_than_it_was_sent_to(
        self, cast: Any, sent: Submission, pack: Pack, tmp_path: Any
    ) -> None:
        stranger = Ed25519Signer(tmp_path / "third")
        partner_of(stranger, cast.elsewhere, "白石县系统")
        data = pack(receipt(sent, ("accept", "")), sender=Side("白石县", stranger.key_id), sign=stranger.sign)
        with pytest.raises(PackageRefusal, match="不是这件报送的受理单位"):
            actions.import_package(data=data, by=cast.chen, at=LATER)

    def test_by_who_reports_for_the_district(self, cast: Any, sent: Submission, pack: Pack) -> None:
        for who in (cast.wu, cast.he, cast.zhou):
            with pytest.raises(Forbidden):
                actions.import_package(data=pack(receipt(sent, ("accept", ""))), by=who, at=LATER)


class TestTrust:
    def test_a_key_whose_fingerprint_was_not_read_out_is_refused(
        self, cast: Any, keys: Ed25519Signer, other: Ed25519Signer
    ) -> None:
        given = {
            "name": "青川县系统", "district": cast.county, "public_key": other.public_key.hex(),
            "by": cast.ping, "at": AT,
        }  # fmt: skip
        with pytest.raises(BadPartner, match="指纹与公钥不符"):
            actions.register_partner(fingerprint="00000 " * 6, **given)
        heard = fingerprint_of(other.public_key).replace(" ", "-")
        assert actions.register_partner(fingerprint=heard, **given).key_id == other.key_id
        with pytest.raises(BadPartner, match="已经登记过"):
            actions.register_partner(fingerprint=heard, **given)

    def test_our_own_key_and_no_key_are_refused(self, cast: Any, keys: Ed25519Signer) -> None:
        given = {"name": "x", "district": cast.county, "by": cast.ping, "at": AT}
        with pytest.raises(BadPartner, match="本系统自己的公钥"):
            actions.register_partner(
                public_key=keys.public_key.hex(), fingerprint=fingerprint_of(keys.public_key), **given
            )
        for wrong in ("", "公钥", "ab" * 300):
            with pytest.raises(BadPartner, match="十六进制"):
                actions.register_partner(public_key=wrong, fingerprint="", **given)

    def test_a_key_registered_again_cannot_repeat_what_it_sent(
        self, cast: Any, below: Partner, pack: Pack, other: Ed25519Signer
    ) -> None:
        taken(cast, pack(BODY, sequence=5))
        below.refresh_from_db()
        with pytest.raises(MissingReason):
            actions.revoke_partner(partner=below, reason=" ", by=cast.ping, at=AT)
        actions.revoke_partner(partner=below, reason="核查", by=cast.ping, at=AT)
        again = partner_of(other, cast.county, "青川县系统")
        assert again.last_sequence == 5

    def test_only_the_keeper_of_keys_says_who_is_believed(
        self, cast: Any, below: Partner, other: Ed25519Signer
    ) -> None:
        for who in (cast.lin, cast.chen, cast.gao, cast.he, cast.zhou):
            with pytest.raises(Forbidden):
                actions.revoke_partner(partner=below, reason="x", by=who, at=AT)
            with pytest.raises(Forbidden):
                actions.register_partner(
                    name="x", district=cast.county, public_key=other.public_key.hex(),
                    fingerprint=fingerprint_of(other.public_key), by=who, at=AT,
                )  # fmt: skip
