"""The form of a package: written and read back, and every way in which one is refused."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingshan.audit.canonical import canonical
from qingshan.audit.ports import Ed25519Signer
from qingshan.levels.errors import PackageRefusal
from qingshan.levels.packages import reading
from qingshan.levels.packages.bodies import Attached, MoveLine, ReceiptBody, RemarkLine, SubmissionBody
from qingshan.levels.packages.manifest import Side, signed_bytes
from qingshan.levels.packages.reading import Package, read_package
from qingshan.levels.packages.writing import BODY, MANIFEST, SIGNATURE, write_package
from qingshan.levels.snapshots import (
    Head,
    IndicatorLine,
    ProjectLine,
    Snapshot,
    Tally,
    WorkLine,
    read_snapshot,
    written,
)
from qingshan.levels.vocabulary import PackageKind

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
UID = "0d9c1f8e-3b52-4d6a-9f0e-2f4c6a8b1e37"
FILE = "季度总结".encode()

SNAPSHOT = Snapshot(
    plan=Head("p-1", "青川县规划", "青川规划", "county", 2026, 2030, 2025, "990121", "青川县", True),
    as_of=date(2026, 9, 30),
    indicators=(
        IndicatorLine(
            "A1", "优良天数比例", "环境质量", "%", "约束性", 2030, "≥92.5%", 2026, "91.2", "审核数据",
            date(2026, 9, 30), "县监测站", "behind", "与路径比较",
        ),
    ),
    measures=(WorkLine("M1", "造林", "", "", None, "under_way", 40, date(2026, 9, 30), ("林业局",)),),
    projects=(
        ProjectLine(
            "P1", "扩建", "", "2026—2028", "unreported", None, None, 12_000_000, None, None, 0, (),
        ),
    ),
    commitments=(WorkLine("C1", "管网", "", "≥30公里", date(2028, 12, 31), "done", 100, None, ()),),
    tasks=Tally(3, 1, 7, 0),
)  # fmt: skip

SUBMISSION = SubmissionBody(
    UID, 1, "990100", "三季度进展平稳。", "陈", AT, SNAPSHOT,
    (Attached("attachments/0001", "季度总结", "总结.txt", len(FILE), hashlib.sha256(FILE).hexdigest()),),
)  # fmt: skip
RECEIPT = ReceiptBody(
    UID, 1, "0" * 64, AT, (MoveLine("send_back", "请核对", "孟", AT),),
    (RemarkLine("projects", "P1", "支付偏慢"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Ed25519Signer:
    return Ed25519Signer(tmp_path_factory.mktemp("sender"))


def packed(key: Ed25519Signer, body: Any = SUBMISSION, **changes: Any) -> bytes:
    kind = PackageKind.RECEIPT if isinstance(body, ReceiptBody) else PackageKind.SUBMISSION
    files = {} if isinstance(body, ReceiptBody) else {"attachments/0001": FILE}
    told: dict[str, Any] = {
        "kind": kind, "sequence": 7, "made_at": AT, "sender": Side("青川县", key.key_id),
        "to": Side("云岭市", "f" * 16), "body": body, "attachments": files, "sign": key.sign, **changes,
    }  # fmt: skip
    return write_package(**told)[0]


def opened(key: Ed25519Signer, data: bytes) -> Package:
    """Read by somebody who believes this key alone."""

    def trusted(key_id: str) -> Any:
        if key_id != key.key_id:
            return None
        return lambda signed, signature: key.is_by(signed, signature, key.public_key)

    return read_package(data, trusted)


def rezipped(data: bytes, **members: bytes | None) -> bytes:
    """The same zip file with some members replaced, added, or (None) left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        held = {name: old.read(name) for name in old.namelist()}
    names = {"manifest": MANIFEST, "signature": SIGNATURE, "body": BODY, "file": "attachments/0001"}
    for name, content in members.items():
        held[names.get(name, name)] = content  # type: ignore[assignment]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in held.items():
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


def resigned(key: Ed25519Signer, data: bytes, manifest: dict[str, Any], **members: bytes | None) -> bytes:
    """A package that its own sender signed, though it is not as it should be."""
    head = canonical(manifest).encode()
    signature = key.sign(signed_bytes(head)).hex().encode()
    return rezipped(data, manifest=head, signature=signature, **members)


def head_of(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found: dict[str, Any] = json.loads(archive.read(MANIFEST))
    return found


class TestWhatIsWrittenIsRead:
    def test_a_submission_with_its_attachment(self, key: Ed25519Signer) -> None:
        package = opened(key, packed(key))
        assert package.body == SUBMISSION
        assert package.attachments == {"attachments/0001": FILE}
        assert (package.manifest.sequence, package.manifest.sender.name) == (7, "青川县")

    def test_a_receipt(self, key: Ed25519Signer) -> None:
        assert opened(key, packed(key, RECEIPT)).body == RECEIPT

    def test_the_same_content_is_the_same_file(self, key: Ed25519Signer) -> None:
        assert packed(key) == packed(key)

    def test_a_snapshot_is_written_in_one_way(self) -> None:
        assert read_snapshot(written(SNAPSHOT)) == SNAPSHOT
        assert written(read_snapshot(written(SNAPSHOT))) == written(SNAPSHOT)

    def test_the_worked_example_of_the_handbook_is_a_package(self) -> None:
        """The handbook's example was signed with the first test key of RFC 8032."""
        page = Path(__file__).resolve().parents[4] / "docs/levels.md"
        text = page.read_text("utf-8")
        manifest = _block(text, "manifest.json").encode()
        signature = bytes.fromhex(_block(text, "manifest.sig"))
        body = _block(text, "body.json").encode()
        public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in ((MANIFEST, manifest), (SIGNATURE, signature.hex().encode()), (BODY, body)):
                archive.writestr(name, content)
        any_key = Ed25519Signer(Path("nowhere"))
        package = read_package(
            file.getvalue(), lambda key_id: lambda data, found: any_key.is_by(data, found, public)
        )
        assert isinstance(package.body, SubmissionBody)
        assert package.body.snapshot.plan.code == "example-2026"


def _block(text: str, name: str) -> str:
    """The fenced block that follows a file's name in the handbook."""
    return text.split(f"`{name}`：", 1)[1].split("```", 2)[1].partition("\n")[2].rstrip("\n")


class TestWhatIsRefused:
    def test_bytes_that_are_no_package(self, key: Ed25519Signer) -> None:
        for data in (b"", b"hello", b"PK\x03\x04", packed(key)[:-30], packed(key)[: len(packed(key)) // 2]):
            with pytest.raises(PackageRefusal, match="不是报送包"):
                opened(key, data)

    def test_an_altered_body(self, key: Ed25519Signer) -> None:
        body = replace(SUBMISSION, words="一切达标。")
        data = rezipped(packed(key), body=canonical(asdict(body)).encode())
        with pytest.raises(PackageRefusal, match=r"body\.json 与清单不符"):
            opened(key, data)

    def test_an_altered_body_with_a_manifest_made_to_fit(self, key: Ed25519Signer) -> None:
        body = canonical(asdict(replace(SUBMISSION, words="一切达标。"))).encode()
        head = head_of(packed(key))
        head["files"][BODY] = {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        data = rezipped(packed(key), body=body, manifest=canonical(head).encode())
        with pytest.raises(PackageRefusal, match="签名不符"):
            opened(key, data)

    def test_a_signature_of_something_else_by_the_same_key(self, key: Ed25519Signer) -> None:
        """The key signs the heads of the audit as well; such a signature is none of a package."""
        with zipfile.ZipFile(io.BytesIO(packed(key))) as archive:
            head = archive.read(MANIFEST)
        data = rezipped(packed(key), signature=key.sign(head).hex().encode())
        with pytest.raises(PackageRefusal, match="签名不符"):
            opened(key, data)

    @pytest.mark.parametrize("signature", [b"", b"zz", "签".encode(), b"00" * 64])
    def test_no_signature_at_all(self, key: Ed25519Signer, signature: bytes) -> None:
        with pytest.raises(PackageRefusal, match="签名不符"):
            opened(key, rezipped(packed(key), signature=signature))

    def test_a_sender_nobody_knows(self, key: Ed25519Signer, tmp_path: Path) -> None:
        with pytest.raises(PackageRefusal, match="不在互信名单中"):
            opened(key, packed(Ed25519Signer(tmp_path)))

    @pytest.mark.parametrize("gone", ["manifest", "signature", "body", "file"])
    def test_something_is_missing(self, key: Ed25519Signer, gone: str) -> None:
        with pytest.raises(PackageRefusal, match=r"缺少|不一致"):
            opened(key, rezipped(packed(key), **{gone: None}))

    @pytest.mark.parametrize(
        "name",
        [
            "../../evil",
            "/etc/passwd",
            "attachments/../body.json",
            "C:\\evil.exe",
            "attachments/",
            "notes.txt",
        ],
    )
    def test_a_member_by_a_name_that_is_none_of_ours(self, key: Ed25519Signer, name: str) -> None:
        with pytest.raises(PackageRefusal, match="不该有的内容"):
            opened(key, rezipped(packed(key), **{name: b"x"}))

    def test_a_member_that_the_manifest_does_not_name(self, key: Ed25519Signer) -> None:
        with pytest.raises(PackageRefusal, match="与清单不一致"):
            opened(key, rezipped(packed(key), **{"attachments/0002": b"x"}))

    def test_a_name_twice(self, key: Ed25519Signer) -> None:
        file = io.BytesIO(packed(key))
        with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
            archive.writestr(BODY, b"{}")
        with pytest.raises(PackageRefusal, match="不该有的内容"):
            opened(key, file.getvalue())

    def test_an_attachment_that_the_body_does_not_name(self, key: Ed25519Signer) -> None:
        data = packed(key, replace(SUBMISSION, attachments=()))
        with pytest.raises(PackageRefusal, match="附件与清单不一致"):
            opened(key, data)

    def test_a_receipt_with_an_attachment(self, key: Ed25519Signer) -> None:
        with pytest.raises(PackageRefusal, match="不应带有附件"):
            opened(key, packed(key, RECEIPT, attachments={"attachments/0001": FILE}))

    def test_a_bomb_is_not_unpacked(self, key: Ed25519Signer, monkeypatch: pytest.MonkeyPatch) -> None:
        bomb = rezipped(packed(key), file=b"0" * (1 << 22))
        assert len(bomb) < 1 << 16
        with pytest.raises(PackageRefusal, match=r"0001 过大"):  # read no further than the manifest allows
            opened(key, bomb)
        monkeypatch.setattr(reading, "_UNPACKED_AT_MOST", 1 << 21)
        with pytest.raises(PackageRefusal, match="展开后过大"):
            opened(key, bomb)

    def test_a_bomb_that_lies_about_its_size(self, key: Ed25519Signer) -> None:
        """The manifest is read to its limit and no further, whatever the zip file says."""
        bomb = rezipped(packed(key), manifest=b" " * (1 << 22))
        with pytest.raises(PackageRefusal, match="过大"):
            opened(key, bomb)

    def test_too_many_members_and_too_big_a_file(
        self, key: Ed25519Signer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "_MEMBERS_AT_MOST", 3)
        with pytest.raises(PackageRefusal, match="文件过多"):
            opened(key, packed(key))
        monkeypatch.setattr(reading, "PACKAGE_AT_MOST", 100)
        with pytest.raises(PackageRefusal, match="超过报送包的上限"):
            opened(key, packed(key))

    @pytest.mark.parametrize(
        ("field", "value", "told"),
        [
            ("edition", 2, "格式版本是 2，本系统只认得 1；请先升级"),
            ("format", "something-else", "不是上下级报送包"),
            ("kind", "order", "不合格式：kind"),
            ("sequence", -1, "不合格式：sequence"),
            ("sequence", True, "不合格式：sequence"),
            ("made_at", "2026-11-20", "不合格式：made_at"),
            ("extra", "x", "不合格式"),
        ],
    )
    def test_a_manifest_of_another_format(
        self, key: Ed25519Signer, field: str, value: Any, told: str
    ) -> None:
        head = {**head_of(packed(key)), field: value}
        with pytest.raises(PackageRefusal, match=told):
            opened(key, resigned(key, packed(key), head))

    def test_json_that_is_not_written_canonically(self, key: Ed25519Signer) -> None:
        head = json.dumps(head_of(packed(key)), indent=1).encode()
        signature = key.sign(signed_bytes(head)).hex().encode()
        with pytest.raises(PackageRefusal, match=r"manifest\.json 不是规范格式"):
            opened(key, rezipped(packed(key), manifest=head, signature=signature))

    @pytest.mark.parametrize(
        "body", [b"[]", b"{}", b"1.5", b"NaN", b"[" * 100_000, b"\xff", b'{"a":1,"a":2}']
    )
    def test_a_body_that_says_nothing(self, key: Ed25519Signer, body: bytes) -> None:
        head = head_of(packed(key))
        head["files"][BODY] = {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        with pytest.raises(PackageRefusal, match=r"不合格式|规范格式"):
            opened(key, resigned(key, packed(key), head, body=body))

    @pytest.mark.parametrize(
        ("section", "field", "value", "where"),
        [
            ("indicators", "status", "excellent", r"indicators\[0\]"),
            ("measures", "percent", 101, r"measures\[0\]"),
            ("measures", "percent", 40.5, "规范格式"),
            ("projects", "paid_yuan", -1, r"projects\[0\]\.paid_yuan"),
            ("commitments", "due_on", "20281231", r"commitments\[0\]\.due_on"),
            ("measures", "name", "x" * 20_001, r"measures\[0\]\.name"),
            ("measures", "name", "a\x00b", r"measures\[0\]\.name"),
            ("projects", "departments", "林业局", r"projects\[0\]\.departments"),
        ],
    )
    def test_a_row_that_cannot_be(
        self, key: Ed25519Signer, section: str, field: str, value: Any, where: str
    ) -> None:
        plain = json.loads(canonical(asdict(SUBMISSION)))
        plain["snapshot"][section][0][field] = value
        body = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        head = head_of(packed(key))
        head["files"][BODY] = {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        with pytest.raises(PackageRefusal, match=where):
            opened(key, resigned(key, packed(key), head, body=body))


class TestDamage:
    """Whatever happens to a package on its way: it is refused in words, or holds exactly what was sent."""

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_a_damaged_package_is_refused_or_says_the_same(self, key: Ed25519Signer, data: Any) -> None:
        whole = packed(key)
        self._refused_or_same(key, damaged(data, whole), opened(key, whole))

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.binary(max_size=400))
    def test_foreign_bytes_are_refused(self, key: Ed25519Signer, data: bytes) -> None:
        for foreign in (data, b"PK\x03\x04" + data, packed(key) + data, data + packed(key)):
            self._refused_or_same(key, foreign, opened(key, packed(key)))

    @staticmethod
    def _refused_or_same(key: Ed25519Signer, data: bytes, sent: Package) -> None:
        try:
            found = opened(key, data)
        except PackageRefusal:
            return
        assert found == sent


def damaged(data: Any, whole: bytes) -> bytes:
    """One to four wounds: a flipped byte, a cut, a piece left out, a piece twice."""
    for _wound in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, max(0, len(whole) - 1)))
        end = min(len(whole), start + data.draw(st.integers(1, 64)))
        kind = data.draw(st.sampled_from(["flip", "cut", "drop", "twice"]))
        if kind == "flip":
            whole = whole[:start] + bytes([data.draw(st.integers(0, 255))]) + whole[start + 1 :]
        elif kind == "cut":
            whole = whole[:start]
        else:
            whole = whole[:start] + (whole[start:end] * 2 if kind == "twice" else b"") + whole[end:]
    return whole
