"""Official papers: drafted, checked, co-signed, issued under a number, received, filed (公文)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from qingshan.dispatch import public as dispatch
from qingshan.papers import public as papers
from qingshan.simulation.courses.assigned import task_of
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]


def courses(stage: Stage) -> Iterator[Course]:
    """A course for the organ's word, and one for each paper."""
    story = stage.told("papers")
    yield _organ(stage, story["organ"])
    yield from (_paper(stage, row) for row in story["papers"])


def _organ(stage: Stage, told: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(told["on"])
    papers.register_organ(
        district=stage.plan.district, department=stage.departments[told["department"]],
        name=told["department"], sign=told["sign"], word=told["word"], by=stage.people[told["by"]], at=at,
    )  # fmt: skip


def _paper(stage: Stage, told: dict[str, Any]) -> Course:
    if "draft" in told:
        at = yield stage.hours.on_or_after(told["draft"]["on"])
        paper = _drafted(stage, told, at)
    else:
        at = yield stage.hours.on_or_after(told["steps"][0][2])
        paper = _bulletin(stage, told, at)
    for move, username, day, words in told["steps"]:
        at = yield stage.hours.on_or_after(day)
        person = stage.people[username]
        person.refresh_from_db()
        _MOVES[move](paper, person, at, words)


def _drafted(stage: Stage, told: dict[str, Any], at: datetime) -> papers.Paper:
    """A paper of its own, about the plan or about one of its tasks."""
    draft = told["draft"]
    by, about = stage.people[draft["by"]], stage.plan.ref
    if "about" in draft:
        about = task_of(stage, draft["about"]["year"], draft["about"]["code"], draft["on"]).ref
    parties = {
        role: [stage.today_of(stage.departments[name], draft["on"]) for name in draft[role]]
        for role in ("recipients", "copies", "cosigners")
    }
    return papers.draft_paper(
        kind=papers.PaperKind(draft["kind"]), district=stage.plan.district, department=by.department,
        title=draft["title"], body=[_block(one) for one in draft["body"]], remark=draft["remark"],
        recipients=parties["recipients"], copies_to=parties["copies"], cosigners=parties["cosigners"],
        about=about, receipt_due_on=told["receipt_due_on"], by=by, at=at,
    )  # fmt: skip


def _block(told: str | Mapping[str, str]) -> papers.Block:
    return papers.Paragraph(told) if isinstance(told, str) else papers.Heading(told["heading"])


def _bulletin(stage: Stage, told: dict[str, Any], at: datetime) -> papers.Paper:
    """The bulletin that the closing of a round drafted for its departments, with a day to sign by."""
    by = stage.people[told["steps"][0][1]]
    closed = next(
        one
        for one in dispatch.rounds_for(user=by)
        if one.plan_id == stage.plan.pk and one.starts_on <= told["bulletin"] <= one.ends_on
    )
    drafts = papers.papers_about(ref=closed.ref, user=by)
    paper = next(one for one in drafts if one.kind == papers.PaperKind.BULLETIN)
    recipients = [one.department for one in paper.parties.select_related("department")]
    papers.set_parties(
        paper=paper, recipients=recipients, copies_to=(), cosigners=(), by=by, at=at,
        receipt_due_on=told["receipt_due_on"],
    )  # fmt: skip
    return paper


def _cosign(paper: papers.Paper, by: Any, at: datetime, words: str) -> None:
    asked = paper.opinions.get(department=by.department)
    papers.answer_opinion(opinion=asked, agreed=True, words=words, by=by, at=at)


def _receive(paper: papers.Paper, by: Any, at: datetime, _words: str) -> None:
    party = paper.parties.exclude(role=papers.PartyRole.COSIGNER).get(department=by.department)
    papers.receive_paper(party=party, by=by, at=at)


Move = Callable[[papers.Paper, Any, datetime, str], None]


def _move(action: Callable[..., Any]) -> Move:
    def take(paper: papers.Paper, by: Any, at: datetime, words: str) -> None:
        paper.refresh_from_db()
        action(paper=paper, by=by, at=at, note=words)

    return take


_MOVES: Mapping[str, Move] = {
    "submit": _move(papers.submit_paper),
    "check": _move(papers.check_paper),
    "send_back": _move(papers.send_back_paper),
    "cosign": _cosign,
    "issue": _move(papers.issue_paper),
    "receive": _receive,
    "archive": _move(papers.archive_paper),
}
