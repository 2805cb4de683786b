"""The left half of the screen: nothing of the text is lost, and every passage is marked where it stands."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from qingshan.intake.models import Finding
from qingshan.intake.views.source import Heading, Passage, source_html


def passage(key: str, text: str, words: str, kind: str = "commitment", **more: Any) -> Passage:
    start = text.index(words)
    return Passage(key, start, start + len(words), kind, "诺", decided=False, **more)


def bare(page: str) -> str:
    """What a reader sees, without signs and white space."""
    without_signs = re.sub(r'<a class="sign.*?</a>', "", page)
    return re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]+>", "", without_signs)))


def marked(page: str, key: str) -> str:
    found = re.findall(rf'<mark class="[^"]*" data-f="(?:[^"]* )?{key}(?: [^"]*)?">(.*?)</mark>', page)
    return bare("".join(found))


class TestTheText:
    def test_every_character_is_shown_once_and_none_as_markup(self) -> None:
        text = '第一章 <总则> & "引"\n\n到2025年，森林覆\n盖率达到45%。\n1\t指标\t≥45\n'
        shown = bare(source_html(text, [passage("1", text, "森林覆\n盖率")], []))
        assert shown == re.sub(r"\s", "", text)

    def test_a_sentence_that_its_page_broke_is_one_paragraph_with_its_first_line(self) -> None:
        text = "推进生态环境保护与污染防治协同治理，完善农村\n\n生活污水处理设施。\n\n二、加强监管\n"
        page = source_html(text, [], [])
        assert page.count("<p ") == 2
        assert 'data-line="1"' in page
        assert 'data-line="5"' in page

    def test_a_row_of_a_table_is_one_line_whose_cells_are_apart(self) -> None:
        text = "1 \n\t森林覆\n盖率\n\t%\n\t45\n2 \n\t水质\n\t%\n\t98\n"
        rows = [
            passage("1", text, "1 \n\t森林覆\n盖率\n\t%\n\t45", "indicator"),
            passage("2", text, "2 \n\t水质\n\t%\n\t98", "indicator"),
        ]
        page = source_html(text, rows, [])
        assert page.count('class="row"') == 2
        assert marked(page, "1") == "1森林覆盖率%45"
        assert page.count('<i class="cell"></i>') == 6

    def test_a_heading_is_drawn_as_one_and_a_title_within_a_paragraph_is_only_a_place(self) -> None:
        text = "第一章 总则\n（一）推进治理。到2028年完成改造，并建立清单。\n"
        run_in = text.index("（一）")
        page = source_html(
            text, [], [Heading(1, "第一章 总则", 0, 6), Heading(4, "（一）推进治理。", run_in, run_in + 8)]
        )
        assert 'class="l1" id="h0"' in page
        assert f'class="run-in" id="h{run_in}"' in page


class TestThePassages:
    text = "到2028年，新建污水管网86公里，改造老旧管网35公里。"

    def test_overlapping_passages_are_each_marked_wholly(self) -> None:
        page = source_html(
            self.text,
            [
                passage("1", self.text, "新建污水管网86公里"),
                passage("2", self.text, "污水管网86公里，改造老旧", "duty"),
                passage("c3", self.text, "86公里", "conflict", part="b"),
            ],
            [],
        )
        assert marked(page, "1") == "新建污水管网86公里"
        assert marked(page, "2") == "污水管网86公里，改造老旧"
        assert marked(page, "c3") == "86公里"
        assert page.count('class="sign') == 3
        assert 'id="sc3b"' in page

    def test_what_is_decided_no_longer_asks_for_attention(self) -> None:
        decided = Passage("1", 0, 5, "duty", "责", decided=True)
        assert 'class="k-duty d-duty"' in source_html(self.text, [decided], [])
        open_too = Passage("2", 0, 5, "duty", "责", decided=False)
        assert "d-duty" not in source_html(self.text, [decided, open_too], [])

    def test_a_passage_beyond_the_text_ends_with_it(self) -> None:
        page = source_html(self.text, [Passage("1", 20, 999, "duty", "责", decided=False)], [])
        assert marked(page, "1") == self.text[20:]


@pytest.mark.django_db
def test_every_finding_of_a_review_has_its_passage_and_its_sign(review: Any, text: str) -> None:
    passages = [
        Passage(str(one.pk), one.start, one.end, one.kind, "·", decided=False)
        for one in Finding.objects.filter(intake=review)
    ]
    page = source_html(text, passages, [])
    for one in passages:
        assert f'id="s{one.key}"' in page
        assert marked(page, one.key) == re.sub(r"\s", "", text[one.start : one.end])
