"""Who is told of what, and never twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from qingshan.assessment import public as assessment
from qingshan.assessment.tests.conftest import AT, published
from qingshan.messages import public as messages

LATER = AT + timedelta(hours=1)


def told(cast: Any) -> dict[str, list[str]]:
    names = ("lin", "han", "chen", "gao", "xie", "luo", "wu", "zhao", "zhou")
    found = {name: [one.subject for one in messages.inbox(getattr(cast, name))] for name in names}
    return {name: subjects for name, subjects in found.items() if subjects}


class TestTold:
    def test_who_is_named_is_told_once(self, cast: Any, evaluation: Any) -> None:
        event = assessment.EvaluatorNamed(evaluation.pk, cast.xie.pk, cast.chen.pk, AT)
        for _time in range(2):  # delivered at least once
            assessment.tell_evaluator_named(event, at=LATER)
        assert told(cast) == {"xie": ["请开展评估：青川“十四五”规划2025年终期评估"]}

    def test_a_published_evaluation_is_told_to_the_departments_on_its_sheet(
        self, cast: Any, evaluation: Any
    ) -> None:
        published(cast, evaluation)
        event = assessment.EvaluationPublished(evaluation.pk, cast.lin.pk, AT)
        for _time in range(2):
            assessment.tell_evaluation_published(event, at=LATER)
        assert set(told(cast)) == {"han", "chen", "gao", "wu", "zhao"}
        assert "总分 71.15，等级 合格" in messages.inbox(cast.wu)[0].body

    def test_an_appeal_is_told_to_who_answers_and_its_answer_to_who_made_it(
        self, cast: Any, evaluation: Any
    ) -> None:
        published(cast, evaluation)
        appeal = assessment.make_appeal(
            evaluation=evaluation, department=cast.departments["水务局"], kind="indicators", code="I4",
            reason="漏计", by=cast.wu, at=AT,
        )  # fmt: skip
        assessment.tell_appeal_made(assessment.AppealMade(appeal.pk, cast.wu.pk, AT), at=LATER)
        assert set(told(cast)) == {"chen", "gao"}
        assessment.answer_appeal(appeal=appeal, upheld=False, answer="佐证不足", by=cast.gao, at=LATER)
        event = assessment.AppealAnswered(appeal.pk, None, cast.gao.pk, LATER)
        assessment.tell_appeal_answered(event, at=LATER)
        assert told(cast)["wu"] == ["申诉未采纳：I4"]
