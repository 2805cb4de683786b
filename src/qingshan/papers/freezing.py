"""What was issued, sealed by a digest that anybody can compute again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from qingshan.papers.models import Issue

__all__ = ["digest", "is_intact"]

#: Every field that a reader of the paper sees; in the digest by name, so that a later field changes none.
SEALED = (
    "word", "year", "number", "title", "sign", "organ", "recipients", "copies", "body", "figures",
    "remark", "simulated",
)  # fmt: skip


def digest(issue: Issue) -> str:
    """Return the SHA-256 of an issue: its fields as JSON, keys sorted, no spaces, UTF-8; the day as ISO."""
    plain: dict[str, Any] = {name: getattr(issue, name) for name in SEALED}
    plain["kind"] = issue.paper.kind
    plain["issued_on"] = issue.issued_on.isoformat()
    written = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def is_intact(issue: Issue) -> bool:
    """Whether an issue still is what was sealed."""
    return digest(issue) == issue.sha256
