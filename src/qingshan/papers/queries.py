"""Reading papers: lists with row rights, one paper in full."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from qingshan.kernel.refs import Ref
from qingshan.papers import policies
from qingshan.papers.models import Paper, PaperText

__all__ = ["NoSuchPaper", "newest_text", "paper_for", "papers_about", "papers_for"]


class NoSuchPaper(LookupError):
    """There is no such paper, or the asker may not see it: the answer is the same."""


def papers_for(*, user: Any) -> QuerySet[Paper]:
    """Return the papers somebody sees, newest first; those on their way and those that are out."""
    return policies.seen_by(user).select_related("district", "department", "issue").order_by("-pk")


def paper_for(*, user: Any, pk: int) -> Paper:
    """Return one paper that somebody may see.

    Raises
    ------
    NoSuchPaper
    """
    found = papers_for(user=user).filter(pk=pk).first()
    if found is None:
        raise NoSuchPaper(pk)
    return found


def papers_about(*, ref: Ref, user: Any) -> list[Paper]:
    """Return the papers about a record that somebody sees, newest first."""
    return list(papers_for(user=user).filter(about=str(ref)))


def newest_text(paper: Paper) -> PaperText:
    """Return the text of a paper that holds now."""
    return paper.texts.order_by("-number")[0]
