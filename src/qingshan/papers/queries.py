"""Reading papers: lists with row rights, one paper in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import scope_of
from qingshan.kernel.refs import Ref
from qingshan.papers import ledger, policies
from qingshan.papers.freezing import is_intact
from qingshan.papers.models import (
    Instruction,
    Issue,
    Opinion,
    Organ,
    Paper,
    PaperMove,
    PaperParty,
    PaperText,
)
from qingshan.papers.states import FROZEN, PENDING, OpinionState, PaperState
from qingshan.papers.vocabulary import Freshness, PartyRole

__all__ = [
    "Group",
    "NoSuchPaper",
    "PaperDetail",
    "desk",
    "instructions_on",
    "issues_for",
    "newest_text",
    "organs_for",
    "paper_detail",
    "paper_for",
    "papers_about",
    "papers_for",
    "parties_received",
    "writers_of",
]


#: Who is in a paper in one of these receives it.
_RECEIVING = (PartyRole.RECIPIENT, PartyRole.COPY)


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


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a person's desk: what waits there for them, and why."""

    key: str
    label: str | Promise
    rows: tuple[Paper, ...]


def desk(*, user: Any) -> list[Group]:
    """Return what waits for somebody (公文待办): to check, co-sign, issue, sign for, and to go on drafting.

    What they drafted themselves does not wait for them to be checked or issued.
    """
    # A list of titles: what went out is not read whole for it.
    seen = papers_for(user=user).defer("issue__body", "issue__figures")
    written = Q(created_by=user) | Exists(PaperText.objects.filter(paper=OuterRef("pk"), saved_by=user))
    others = seen.exclude(written)
    here = Q(policies.voice_of(user), paper=OuterRef("pk"))
    asked = Exists(Opinion.objects.filter(here, state=OpinionState.ASKED))
    came = Exists(PaperParty.objects.filter(here, role__in=_RECEIVING, receipt__isnull=True))
    issue, check = (policies.reached(user, verb) for verb in ("issue", "check"))
    return [
        Group("to_issue", _("待签发"), tuple(others.filter(issue, state=PaperState.TO_ISSUE))),
        Group("to_check", _("待核稿"), tuple(others.filter(check, state=PaperState.CHECKING))),
        Group("to_cosign", _("待会签"), tuple(seen.filter(asked))),
        Group("to_receive", _("待签收"), tuple(seen.filter(came, state__in=FROZEN))),
        Group("drafts", _("我起草的"), tuple(seen.filter(written, state__in=PENDING))),
    ]


def writers_of(paper: Paper) -> frozenset[int | None]:
    """Return who drafted a paper or wrote one of its texts: they neither check nor issue it."""
    return frozenset({paper.created_by_id, *(text.saved_by_id for text in paper.texts.all())})


def parties_received(*, user: Any) -> QuerySet[PaperParty]:
    """Return what the departments somebody speaks for have received (收文), newest first."""
    rows = PaperParty.objects.filter(
        department_id__in=policies.own_departments(user),
        role__in=_RECEIVING,
        paper__in=papers_for(user=user).filter(state__in=FROZEN),
    )
    related = ("paper__issue", "paper__department", "paper__district", "department__district", "receipt__by")
    return rows.select_related(*related).order_by("-paper__issue__issued_at", "-pk")


def issues_for(*, user: Any) -> QuerySet[Issue]:
    """Return what went out from organs whose papers somebody sees, newest first (发文登记)."""
    reach = scope_of(user, capability=policies.CAPABILITIES["view"])
    where = reach.rows(district="paper__district", departments="paper__department")
    rows = Issue.objects.filter(where).select_related("paper", "issued_by")
    return rows.order_by("-issued_at", "-pk")


@dataclass(frozen=True, slots=True)
class PaperDetail:
    """One paper in full."""

    paper: Paper
    text: PaperText
    texts: tuple[PaperText, ...]
    parties: Mapping[PartyRole, tuple[PaperParty, ...]]
    opinions: tuple[Opinion, ...]
    moves: tuple[PaperMove, ...]
    instructions: tuple[Instruction, ...]
    figures: tuple[ledger.Compared, ...]
    intact: bool

    @property
    def main(self) -> tuple[PaperParty, ...]:
        """Whom it goes to."""
        return self.parties[PartyRole.RECIPIENT]

    @property
    def copied(self) -> tuple[PaperParty, ...]:
        """Who is copied to."""
        return self.parties[PartyRole.COPY]

    @property
    def cosigners(self) -> tuple[PaperParty, ...]:
        """Who co-signs."""
        return self.parties[PartyRole.COSIGNER]

    @property
    def missing_receipts(self) -> int:
        """How many have not signed for it."""
        return sum(not hasattr(one, "receipt") for one in (*self.main, *self.copied))

    @property
    def stale_figures(self) -> bool:
        """Whether the ledger has moved on from a draft's figures."""
        return any(one.freshness in (Freshness.CHANGED, Freshness.GONE) for one in self.figures)


def paper_detail(*, paper: Paper, user: Any) -> PaperDetail:
    """Return one paper in full; the caller has asked whether it may be seen.

    Instructions are shown to the district they were given in, and to nobody else.
    """
    texts = tuple(paper.texts.select_related("saved_by"))
    parties = list(paper.parties.select_related("department__district", "receipt__by"))
    frozen = paper.phase in FROZEN
    return PaperDetail(
        paper=paper,
        text=texts[0],
        texts=texts,
        parties={role: tuple(one for one in parties if one.role == role) for role in PartyRole},
        opinions=tuple(paper.opinions.select_related("department", "by")),
        moves=tuple(paper.moves.select_related("by")),
        instructions=instructions_on(paper=paper, user=user),
        # What is frozen is not compared: the ledger goes on, the paper does not.
        figures=() if frozen else tuple(ledger.compared(texts[0].printed_figures)),
        intact=not frozen or is_intact(paper.issue),
    )


def instructions_on(*, paper: Paper, user: Any) -> tuple[Instruction, ...]:
    """Return the instructions on a paper given in districts whose papers somebody sees."""
    reach = scope_of(user, capability=policies.CAPABILITIES["view"])
    rows = paper.instructions.filter(reach.rows(district="district")).select_related("by", "district")
    return tuple(rows)


def organs_for(*, user: Any) -> QuerySet[Organ]:
    """Return the organs for which somebody issues papers."""
    reach = scope_of(user, capability=policies.CAPABILITIES["issue"])
    rows = Organ.objects.filter(reach.rows(district="district", departments="department"))
    return rows.select_related("district", "department").order_by("district__code", "name")
