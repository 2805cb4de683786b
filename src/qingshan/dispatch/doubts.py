"""What a reviewer is to look at (疑点). Pure: what stood before, what is said now, evidence or none."""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.dispatch.vocabulary import Doubt

__all__ = ["Said", "doubts_about"]

_FULL = 100


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says, or what was said last: whether it is done, per cent, words."""

    done: bool
    percent: int | None
    text: str


def doubts_about(now: Said, before: Said, *, evidence: bool) -> list[Doubt]:
    """Return what is doubtful about a row that is handed in.

    Parameters
    ----------
    now, before : Said
        What is said now, and what stood in the ledger when the round was opened.
    evidence : bool
        Whether at least one file is attached.

    Examples
    --------
    >>> before = Said(False, 60, "完成 6 公里")
    >>> [str(one) for one in doubts_about(Said(False, 55, "完成 5.5 公里"), before, evidence=True)]
    ['percent_down']
    >>> [str(one) for one in doubts_about(Said(True, 100, "全部完成"), before, evidence=False)]
    ['done_without_evidence']
    >>> doubts_about(Said(False, 70, "完成 7 公里"), before, evidence=False)
    []
    """
    found = []
    if now.percent is not None and before.percent is not None and now.percent < before.percent:
        found.append(Doubt.PERCENT_DOWN)
    if (now.done or now.percent == _FULL) and not evidence:
        found.append(Doubt.DONE_WITHOUT_EVIDENCE)
    if now.text.strip() and now.text.strip() == before.text.strip():
        found.append(Doubt.SAME_WORDS)
    return found
