"""What a verification found, in words the audit administrator can act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Attack", "Finding", "Report"]


class Attack(StrEnum):
    """What was done to the chain, as far as it shows."""

    EDITED = "edited"
    REMOVED = "removed"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    RECOMPUTED = "recomputed"
    HEADS = "heads"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: of what kind, at which record, in words."""

    attack: Attack
    seq: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """Outcome of a verification (校验报告).

    Parameters
    ----------
    records, unsealed : int
        Sealed records read; records waiting for their seal.
    heads, tips : int
        Signed heads and noted seals outside the database that were compared.
    keys : tuple of str
        Names of the keys that signed the heads; compare them with the one noted on paper.
    findings : tuple of Finding
        Empty for a sound chain. At most `verification.FINDINGS_AT_MOST`.
    notices : tuple of str
        What is in order but should be known, such as a restore.
    """

    records: int
    unsealed: int
    heads: int
    tips: int
    keys: tuple[str, ...]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing is wrong."""
        return not self.findings
