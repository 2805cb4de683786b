"""Writing a package: a zip file of a signed manifest, the body and the attachments."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime

from qingshan.audit.public import canonical
from qingshan.levels.packages.bodies import ReceiptBody, SubmissionBody
from qingshan.levels.packages.manifest import (
    EDITION,
    FORMAT,
    FileState,
    Manifest,
    Side,
    signed_bytes,
    written_manifest,
)
from qingshan.levels.vocabulary import PackageKind

__all__ = ["BODY", "MANIFEST", "SIGNATURE", "attachment_path", "write_package"]

MANIFEST, SIGNATURE, BODY = "manifest.json", "manifest.sig", "body.json"
#: Zip keeps a time with each member; ours is always this one, so that the same content is the same file.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def attachment_path(number: int) -> str:
    """Return where the attachment of a number lies; its real name is in the body alone.

    Examples
    --------
    >>> attachment_path(1)
    'attachments/0001'
    """
    return f"attachments/{number:04d}"


def write_package(
    *,
    kind: PackageKind,
    sequence: int,
    made_at: datetime,
    sender: Side,
    to: Side,
    body: SubmissionBody | ReceiptBody,
    attachments: Mapping[str, bytes],
    sign: Callable[[bytes], bytes],
) -> tuple[bytes, bytes]:
    """Return a package and its manifest.

    Parameters
    ----------
    attachments : mapping
        Path in the package -> content.
    sign : callable
        Signs under the key that ``sender`` names.
    """
    members = {BODY: canonical(asdict(body)).encode(), **attachments}
    manifest = written_manifest(
        Manifest(
            FORMAT, EDITION, kind.value, sequence, made_at, sender, to,
            {name: FileState(len(data), hashlib.sha256(data).hexdigest()) for name, data in members.items()},
        )
    )  # fmt: skip
    signature = sign(signed_bytes(manifest)).hex().encode()
    return _zipped({MANIFEST: manifest, SIGNATURE: signature, **members}), manifest


def _zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return file.getvalue()
