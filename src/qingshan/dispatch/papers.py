"""What a closed round is told by: bulletin (通报), letters by rule (预警函、提醒函), agenda (议程).

Every number stands in the text by a mark, with the closing it was frozen in as its source, so that a reader
of the paper comes back to the round.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.areas.public import Department, current_departments
from qingshan.dispatch.figures import DepartmentFigures, RoundFigures, figures_from
from qingshan.dispatch.models import Closing, Round
from qingshan.dispatch.queries.figures import closing_in_force, previous_of
from qingshan.dispatch.rules import LetterRule, Measure, Rules, rules
from qingshan.dispatch.states import PartState
from qingshan.kernel.refs import Ref
from qingshan.papers.public import (
    Block,
    Heading,
    PaperKind,
    Paragraph,
    PrintedFigure,
    Table,
    draft_paper,
    mark,
)

__all__ = ["Letter", "bulletin_blocks", "draft_all", "figure_now", "letters_due"]

#: So many belated projects are named in the bulletin; the workbook holds all.
_NAMED = 20


@dataclass(slots=True)
class Figures:
    """The figures of one paper, as its text comes to print them."""

    round: Round
    closing: Closing | None
    found: RoundFigures
    printed: dict[str, PrintedFigure] = field(default_factory=dict)

    def put(self, key: str, label: str, value: int | str, unit: str = "") -> str:
        """Print a figure; return its mark."""
        self.printed[key] = PrintedFigure(
            key=key, label=label, value=str(value), unit=unit, as_of=self.found.day, source=self._source(),
            url=reverse("dispatch:round", args=[self.round.pk]), simulated=self.round.simulated,
        )  # fmt: skip
        return mark(key)

    def _source(self) -> str:
        return str(Ref("dispatch", "closing", str(self.closing.pk))) if self.closing else ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that a rule asks for: to whom, how much was found, its text."""

    rule: LetterRule
    department: DepartmentFigures
    count: int
    text: str


def letters_due(round: Round, found: RoundFigures, held: Rules) -> list[Letter]:
    """Return the letters that the rules ask for, department by department, in the order of the file."""
    return [
        Letter(rule, one, count, rule.text.format(found=count, period=round.period_name, worst=one.worst))
        for one in found.departments
        for rule in held.letters
        if (count := getattr(one, rule.measure)) >= rule.at_least
    ]


def draft_all(
    round: Round,
    closing: Closing,
    found: RoundFigures,
    before: tuple[Round, RoundFigures] | None,
    held: Rules,
    *,
    by: Any,
    at: datetime,
) -> None:
    """Draft bulletin, letters and agenda; each goes its own way from there, through check to issue."""
    letters = letters_due(round, found, held)
    departments = _departments(found, at)
    everybody = [one for found_here in departments.values() for one in found_here]
    given: dict[str, Any] = {
        "district": round.district, "department": by.department, "about": round.ref,
        "simulated": round.simulated, "by": by, "at": at,
    }  # fmt: skip
    name = {"plan": round.plan_name, "period": round.period_name}
    figures = Figures(round, closing, found)
    body = bulletin_blocks(figures, before, held)
    draft_paper(
        kind=PaperKind.BULLETIN, title=_("关于%(plan)s实施情况%(period)s调度的通报") % name, body=body,
        figures=list(figures.printed.values()), recipients=everybody, **given,
    )  # fmt: skip
    for letter in letters:
        figures = Figures(round, closing, found)
        body = _letter_blocks(figures, letter)
        draft_paper(
            kind=PaperKind.LETTER, title=letter.rule.title, body=body, figures=list(figures.printed.values()),
            recipients=departments[letter.department.department_id], **given,
        )  # fmt: skip
    figures = Figures(round, closing, found)
    body = _agenda_blocks(figures, letters)
    draft_paper(
        kind=PaperKind.AGENDA, title=_("%(plan)s实施情况%(period)s调度会议议程") % name, body=body,
        figures=list(figures.printed.values()), recipients=everybody, **given,
    )  # fmt: skip


def _departments(found: RoundFigures, at: datetime) -> dict[int, list[Department]]:
    """Whom a paper for a department goes to: itself, or who has its duties now."""
    return {
        one.department_id: list(current_departments(one.department_id, found.day))
        for one in found.departments
    }


def bulletin_blocks(figures: Figures, before: tuple[Round, RoundFigures] | None, held: Rules) -> list[Block]:
    """Return the text of the bulletin; its figures are put into ``figures``."""
    found = figures.found
    return [
        Paragraph(_overview(figures)),
        Heading(_("报送情况")),
        Paragraph(_who(found)),
        _departments_table(figures),
        Heading(_("分章进展")),
        *_chapters(figures, before),
        Heading(_("进度滞后的事项")),
        *_lagging(figures, held),
        Heading(_("与上期相比")),
        *_trend(figures, before),
    ]


def _overview(figures: Figures) -> str:
    found = figures.found
    told = {
        "plan": figures.round.plan_name, "period": figures.round.period_name,
        "parts": figures.put("parts", _("参加调度的单位"), len(found.departments), _("个")),
        "rows": figures.put("rows", _("调度事项"), found.total("rows"), _("项")),
        "reported": figures.put("reported", _("已报送事项"), found.total("reported"), _("项")),
        "accepted": figures.put("accepted", _("经审核采纳的事项"), found.total("accepted"), _("项")),
    }  # fmt: skip
    return (
        _("%(plan)s%(period)s调度涉及%(parts)s单位、%(rows)s事项，报送%(reported)s，经审核采纳%(accepted)s。")
        % told
    )


def _who(found: RoundFigures) -> str:
    sentences = []
    for state in (PartState.ON_TIME, PartState.LATE, PartState.PARTLY, PartState.SILENT):
        names = "、".join(one.name for one in found.departments if one.phase is state)
        if names:
            sentences.append(_("%(state)s：%(names)s。") % {"state": state.label, "names": names})
    return "".join(sentences)


def _departments_table(figures: Figures) -> Table:
    rows = []
    for one in figures.found.departments:
        key = f"d{one.part_id}"
        numbers = {
            "rows": _("应报事项"), "reported": _("已报事项"), "late": _("迟报事项"),
            "sent_back": _("退回次数"), "accepted": _("采纳事项"),
        }  # fmt: skip
        cells = [
            figures.put(f"{key}_{word}", f"{one.name}{label}", getattr(one, word))
            for word, label in numbers.items()
        ]
        rows.append((one.name, str(one.phase.label), *cells))
    columns = (
        _("单位"),
        _("报送情况"),
        _("应报（项）"),
        _("已报（项）"),
        _("迟报（项）"),
        _("退回（次）"),
        _("采纳（项）"),
    )
    return Table(_("各单位报送情况"), columns, tuple(rows))


def _chapters(figures: Figures, before: tuple[Round, RoundFigures] | None) -> Iterable[Block]:
    held = {one.name: one for one in before[1].chapters} if before else {}
    rows = []
    for number, one in enumerate(figures.found.chapters, start=1):
        key = f"c{number}"
        rows.append(
            (
                one.name,
                figures.put(f"{key}_total", _("%s事项") % one.name, one.total),
                figures.put(f"{key}_done", _("%s完成") % one.name, one.done),
                figures.put(f"{key}_mean", _("%s平均进度") % one.name, one.mean or _("—（尚无进度）")),
                held[one.name].mean if one.name in held and held[one.name].mean else "—",
            )
        )
    if not rows:
        yield Paragraph(_("规划正文没有分章的措施和项目。"))
        return
    columns = (_("章"), _("事项（项）"), _("完成（项）"), _("平均进度（%）"), _("上期（%）"))
    yield Table(_("分章进展"), columns, tuple(rows))
    yield Paragraph(_("平均进度按已报进度的事项计算，已完成的计为 100%，未报进度的不计入。"))


def _lagging(figures: Figures, held: Rules) -> Iterable[Block]:
    late = [one for one in figures.found.lagging if one.points >= held.behind_points]
    if not late:
        yield Paragraph(_("没有比时序进度滞后 %d 个百分点以上的事项。") % held.behind_points)
        return
    rows = tuple(
        (
            one.title,
            one.department,
            figures.put(f"l{number}_percent", _("%s进度") % one.title, one.percent),
            figures.put(f"l{number}_expected", _("%s时序进度") % one.title, one.expected),
            figures.put(f"l{number}_points", _("%s滞后") % one.title, one.points),
        )
        for number, one in enumerate(late[:_NAMED], start=1)
    )
    told = {
        "points": held.behind_points,
        "count": figures.put("behind", _("进度滞后的事项"), len(late), _("项")),
    }
    yield Paragraph(_("比时序进度滞后 %(points)d 个百分点以上的事项%(count)s。") % told)
    columns = (_("事项"), _("单位"), _("进度（%）"), _("时序进度（%）"), _("滞后（百分点）"))
    yield Table(_("进度滞后的事项"), columns, rows)


def _trend(figures: Figures, before: tuple[Round, RoundFigures] | None) -> Iterable[Block]:
    if before is None:
        yield Paragraph(_("这是本规划的第一轮同类调度，没有上期可比。"))
        return
    round_before, held = before
    rows = tuple(
        (
            str(state.label),
            figures.put(f"t_{state}", _("本期%s单位") % state.label, figures.found.count(state)),
            str(held.count(state)),
            _signed(figures.found.count(state) - held.count(state)),
        )
        for state in (PartState.ON_TIME, PartState.LATE, PartState.PARTLY, PartState.SILENT)
    )
    columns = (_("报送情况"), _("本期（个）"), _("上期（个）"), _("增减"))
    yield Table(_("与%s相比") % round_before.period_name, columns, rows)


def _signed(change: int) -> str:
    """A change with its sign; none has no sign."""
    return f"{change:+d}" if change else "0"


def _letter_blocks(figures: Figures, letter: Letter) -> list[Block]:
    one, rule = letter.department, letter.rule
    printed = figures.put(_letter_key(one, rule.measure), rule.title, letter.count)
    text = rule.text.format(found=printed, period=figures.round.period_name, worst=one.worst)
    basis = _("依据：%(plan)s%(period)s调度，应报%(rows)s项，已报%(reported)s项。") % {
        "plan": figures.round.plan_name, "period": figures.round.period_name,
        "rows": figures.put(f"d{one.part_id}_rows", _("应报事项"), one.rows),
        "reported": figures.put(f"d{one.part_id}_reported", _("已报事项"), one.reported),
    }  # fmt: skip
    return [Paragraph(text), Paragraph(basis)]


def _letter_key(one: DepartmentFigures, measure: Measure) -> str:
    return f"d{one.part_id}_{measure}"


def _agenda_blocks(figures: Figures, letters: list[Letter]) -> list[Block]:
    found = figures.found
    blocks: list[Block] = [
        Heading(_("通报本期调度情况")),
        Paragraph(_overview(figures)),
        Heading(_("有关单位说明情况")),
    ]
    if letters:
        reasons: dict[str, list[str]] = {}
        for letter in letters:
            reasons.setdefault(letter.department.name, []).append(letter.rule.title)
        rows = tuple((name, "；".join(titles)) for name, titles in reasons.items())
        blocks.append(Table(_("请说明情况的单位"), (_("单位"), _("事由")), rows))
    else:
        blocks.append(Paragraph(_("本期没有单位达到预警条件。")))
    blocks += [Heading(_("研究进度滞后的事项"))]
    late = found.lagging[:_NAMED]
    if late:
        blocks += [Paragraph(f"{one.title}（{one.department}）") for one in late]
    else:
        blocks.append(Paragraph(_("本期没有进度滞后的事项。")))
    return [*blocks, Heading(_("部署下一步工作")), Paragraph(_("主要负责人讲话。"))]


def figure_now(figure: PrintedFigure) -> PrintedFigure | None:
    """Return what the round's closing in force prints under the same key; None where it prints none."""
    old = Closing.objects.filter(pk=Ref.read(figure.source).key).select_related("round").first()
    now = closing_in_force(old.round) if old else None
    if now is None:
        return None
    figures = Figures(now.round, now, figures_from(now.figures))
    bulletin_blocks(figures, previous_of(now.round), rules())
    for one in figures.found.departments:
        for measure in Measure:
            figures.put(_letter_key(one, measure), "", getattr(one, measure))
    return figures.printed.get(figure.key)


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as a page shows it: its kind, and its texts with the figures filled in."""

    kind: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def as_shown(blocks: Iterable[Block], figures: Figures) -> list[Shown]:
    """Return blocks with their figures filled in, for the preview; the paper itself keeps the marks."""

    def filled(text: str) -> str:
        for key, figure in figures.printed.items():
            text = text.replace(mark(key), figure.printed)
        return text

    shown = []
    for block in blocks:
        if isinstance(block, Table):
            rows = tuple(tuple(filled(cell) for cell in row) for row in block.rows)
            shown.append(Shown("table", filled(block.caption), block.columns, rows))
        else:
            shown.append(Shown("heading" if isinstance(block, Heading) else "paragraph", filled(block.text)))
    return shown
