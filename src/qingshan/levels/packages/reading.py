"""Reading a package that anybody may have written: nothing is believed before the signature, and nothing is
read further than it may be.

In this order: how big the file is; which members it has, by name, number and size; the manifest and its
signature; then every member against the manifest, byte for byte; then what the body says. No name of a
member ever becomes a path of this machine: a member is looked up by a name we know, and nothing is unpacked
onto a disk.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.audit.public import canonical
from qingshan.levels.errors import PackageRefusal
from qingshan.levels.packages.bodies import ReceiptBody, SubmissionBody
from qingshan.levels.packages.manifest import EDITION, FORMAT, Manifest, signed_bytes
from qingshan.levels.packages.writing import BODY, MANIFEST, SIGNATURE
from qingshan.levels.snapshots import snapshot_from
from qingshan.levels.strict import Misfit, read_record
from qingshan.levels.vocabulary import PackageKind

__all__ = ["PACKAGE_AT_MOST", "Package", "read_package"]

PACKAGE_AT_MOST = 200 * 1024**2
_UNPACKED_AT_MOST = 400 * 1024**2
_HEAD_AT_MOST = 1024**2
_BODY_AT_MOST = 50 * 1024**2
_MEMBERS_AT_MOST = 500
_MEMBER = re.compile(r"manifest\.json|manifest\.sig|body\.json|attachments/[0-9]{4}")
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What the standard library raises on bytes that are no zip file, or a damaged one.
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)

#: Signature of bytes under a key that the caller trusts.
Check = Callable[[bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was found whole, and signed by somebody who is believed."""

    manifest: Manifest
    digest: str
    body: SubmissionBody | ReceiptBody
    attachments: Mapping[str, bytes]


def read_package(data: bytes, trusted: Callable[[str], Check | None]) -> Package:
    """Return what a package holds.

    Parameters
    ----------
    trusted : callable
        Takes the id of the key that the package names; returns what checks a signature by it, or None
        where nobody with that key is believed.

    Raises
    ------
    PackageRefusal
        Too big, no package, incomplete, altered, of a later format, or signed by nobody who is believed.
    """
    if len(data) > PACKAGE_AT_MOST:
        raise PackageRefusal(
            _("文件有 %(size)d MB，超过报送包的上限 %(most)d MB。")
            % {"size": -(-len(data) // 1024**2), "most": PACKAGE_AT_MOST // 1024**2}
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, trusted)
    except PackageRefusal:
        raise
    except _DAMAGED as problem:
        raise PackageRefusal(_("这不是报送包，或文件已损坏、被截断；请重新取得。")) from problem


def _read(archive: zipfile.ZipFile, trusted: Callable[[str], Check | None]) -> Package:
    members = _members(archive)
    head = _member(archive, members, MANIFEST, _HEAD_AT_MOST)
    manifest = _manifest(head)
    _signed(manifest, head, _member(archive, members, SIGNATURE, _HEAD_AT_MOST), trusted)
    if set(members) != {MANIFEST, SIGNATURE, *manifest.files} or BODY not in manifest.files:
        raise PackageRefusal(_("包内文件与清单不一致：可能被人增减。"))
    found = {name: _whole(archive, members, name, manifest) for name in manifest.files}
    body = _body(manifest, found.pop(BODY))
    if isinstance(body, SubmissionBody):
        _attached(body, manifest)
    elif found:
        raise PackageRefusal(_("回执包不应带有附件。"))
    return Package(manifest, hashlib.sha256(head).hexdigest(), body, found)


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    listed = archive.infolist()
    if len(listed) > _MEMBERS_AT_MOST or sum(one.file_size for one in listed) > _UNPACKED_AT_MOST:
        raise PackageRefusal(_("包内文件过多，或展开后过大；不予读取。"))
    members = {one.filename: one for one in listed}
    strange = [
        one.filename
        for one in listed
        if not _MEMBER.fullmatch(one.filename) or one.flag_bits & 1 or one.compress_type not in _KINDS
    ]
    if strange or len(members) != len(listed):
        name = (strange or ["—"])[0][:80]
        raise PackageRefusal(_("包内有不该有的内容：%s。") % name)
    return members


def _member(
    archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], name: str, at_most: int
) -> bytes:
    """The bytes of a member, and never more than it may have, whatever the archive says of its size."""
    if name not in members:
        raise PackageRefusal(_("这不是报送包，或不完整：缺少 %s。") % name)
    with archive.open(members[name]) as file:
        data = file.read(at_most + 1)
    if len(data) > at_most:
        raise PackageRefusal(_("包内 %s 过大；不予读取。") % name)
    return data


def _whole(
    archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], name: str, manifest: Manifest
) -> bytes:
    state = manifest.files[name]
    if state.size > (_BODY_AT_MOST if name == BODY else PACKAGE_AT_MOST):
        raise PackageRefusal(_("包内 %s 过大；不予读取。") % name)
    data = _member(archive, members, name, state.size)
    if len(data) != state.size or hashlib.sha256(data).hexdigest() != state.sha256:
        raise PackageRefusal(_("包内 %s 与清单不符：内容被改动或损坏。") % name)
    return data


def _manifest(head: bytes) -> Manifest:
    data = _plain(head, MANIFEST)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise PackageRefusal(_("这不是上下级报送包。"))
    if data.get("edition") != EDITION:
        told = {"found": str(data.get("edition"))[:20], "known": EDITION}
        raise PackageRefusal(_("报送包的格式版本是 %(found)s，本系统只认得 %(known)s；请先升级。") % told)
    try:
        manifest: Manifest = read_record(Manifest, data)
    except Misfit as misfit:
        raise PackageRefusal(_("报送包清单不合格式：%s。") % misfit.where) from None
    if manifest.kind not in PackageKind.values:
        raise PackageRefusal(_("报送包清单不合格式：%s。") % "kind")
    return manifest


def _signed(
    manifest: Manifest, head: bytes, signature: bytes, trusted: Callable[[str], Check | None]
) -> None:
    check = trusted(manifest.sender.key_id)
    if check is None:
        told = {"who": manifest.sender.name[:80], "key": manifest.sender.key_id[:16]}
        raise PackageRefusal(
            _("发出者（自称“%(who)s”，密钥 %(key)s）不在互信名单中；请先与对方核对指纹并登记。") % told
        )
    try:
        raw = bytes.fromhex(signature.decode("ascii"))
    except ValueError:
        raw = b""
    if not check(signed_bytes(head), raw):
        raise PackageRefusal(_("签名不符：报送包被改动，或不是所称的发出者签发。"))


def _plain(data: bytes, name: str) -> Any:
    """JSON in its one canonical form; whatever is written otherwise was not written by a sender of ours."""
    try:
        found = json.loads(data.decode(), parse_float=_no_float, parse_constant=_no_float)
        same = canonical(found).encode() == data
    except (ValueError, TypeError, RecursionError):
        same = False
    if not same:
        raise PackageRefusal(_("包内 %s 不是规范格式的 JSON。") % name)
    return found


def _no_float(text: str) -> Any:
    raise ValueError(text)


def _body(manifest: Manifest, data: bytes) -> SubmissionBody | ReceiptBody:
    plain = _plain(data, BODY)
    kind: type[Any] = SubmissionBody if manifest.kind == PackageKind.SUBMISSION else ReceiptBody
    if kind is SubmissionBody and isinstance(plain, dict):
        snapshot_from(plain.get("snapshot"))  # its words are checked besides its shape
    try:
        body: SubmissionBody | ReceiptBody = read_record(kind, plain)
    except Misfit as misfit:
        raise PackageRefusal(_("报送内容不合格式：%s。请双方核对系统版本。") % misfit.where) from None
    return body


def _attached(body: SubmissionBody, manifest: Manifest) -> None:
    """The body names every attachment of the manifest once, as the manifest has it."""
    told = {one.path: (one.size, one.sha256) for one in body.attachments}
    held = {name: (one.size, one.sha256) for name, one in manifest.files.items() if name != BODY}
    if told != held or len(told) != len(body.attachments):
        raise PackageRefusal(_("附件与清单不一致：可能被人增减。"))
