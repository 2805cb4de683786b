"""The plain text of a paper: what is written is read back, and what is wrong is told with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.papers.errors import BadMarkup
from qingshan.papers.markup import read_markup, written
from qingshan.papers.shapes import Block, Heading, Paragraph, Table, tidied
from qingshan.papers.tests.conftest import BODY

TYPED = """
# 一、总体情况

截至2026年9月30日，全县空气质量优良天数比例为{fig:share}。
表题：表1 任务进展
| 单位 | 逾期任务 |
| 县水利局 | {fig:late} |
| 县住建局 | 无 |
请各单位抓紧推进。
"""


class TestMarkup:
    def test_what_people_type_is_read(self) -> None:
        assert read_markup(TYPED) == BODY

    def test_what_is_written_is_what_people_type(self) -> None:
        assert written(BODY) == TYPED.strip().replace("\n\n", "\n")

    def test_two_tables_one_after_another_stay_two(self) -> None:
        two = (Table("表1", ("甲",), ()), Table("表2", ("乙",), (("1",),)))
        assert read_markup(written(two)) == two

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("正文\n##### 太深", "第 2 行：标题有 5 级"),
            ("#", "第 1 行：标题没有文字"),
            ("|甲|", "第 1 行：表格之前要有一行表题"),
            ("表题：\n|甲|", "第 1 行：表题没有文字"),
            ("表题：表1\n正文", "第 1 行：表题之后没有表格行"),
            ("表题：表1\n|甲|乙|\n|1|", "第 3 行：有 1 格；表头有 2 栏"),
            ("表题：表1\n|甲", "第 2 行：表格行应以"),
            ("表题：表1\n|", "第 2 行：表格行没有格"),
        ],
    )
    def test_a_wrong_line_is_named(self, text: str, told: str) -> None:
        with pytest.raises(BadMarkup, match=told):
            read_markup(text)


words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=12)
cells = st.one_of(st.just(""), words)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    row = st.tuples(*[cells] * width)
    return Table(draw(words), draw(row), tuple(draw(st.lists(row, max_size=3))))


class TestThereAndBack:
    @given(
        st.lists(
            st.one_of(
                st.builds(Heading, words.filter(lambda text: not text.startswith("#")), st.integers(1, 4)),
                st.builds(Paragraph, words),
                tables(),
            ),
            max_size=6,
        )
    )
    def test_any_blocks_come_back_the_same(self, blocks: list[Block]) -> None:
        assert read_markup(written(tidied(blocks))) == tidied(blocks)
