"""The tags that print figures, counts and states."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from qingshan.kernel.figure import Figure
from qingshan.pages.badges import SIGNS, Badge
from qingshan.pages.bare_numbers import BareNumber
from qingshan.pages.templatetags import figures


def printed(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


class TestFigureTag:
    def test_it_prints_value_unit_day_and_source(self) -> None:
        shown = Figure(Decimal("95.4"), "%", date(2020, 12, 31), "规划文本")
        html = printed("{% figure shown %}", shown=shown)
        assert '<span class="value">95.4</span><span class="unit">%</span>' in html
        assert 'title="截至 2020-12-31；规划文本"' in html

    def test_it_links_a_figure_to_its_origin(self) -> None:
        html = printed("{% figure shown %}", shown=Figure(3, origin="/plans/x/"))
        assert html.startswith('<a class="figure" href="/plans/x/"')

    def test_it_marks_a_simulated_figure(self) -> None:
        assert "模拟" in printed("{% figure shown %}", shown=Figure(3, simulated=True))
        assert "模拟" not in printed("{% figure shown %}", shown=Figure(3))

    def test_it_says_why_a_figure_is_missing_instead_of_printing_zero(self) -> None:
        html = printed("{% figure shown %}", shown=Figure(None, "%", missing="表体缺失"))
        assert "表体缺失" in html
        assert "0" not in html

    def test_it_prints_a_qualitative_value_in_words(self) -> None:
        assert "制定实施" in printed("{% figure shown %}", shown=Figure(None, text="制定实施"))

    def test_it_escapes_what_people_typed(self) -> None:
        html = printed("{% figure shown %}", shown=Figure(1, "<b>", source='"><script>'))
        assert "<script>" not in html
        assert "<b>" not in html

    def test_a_figure_refuses_a_binary_float(self) -> None:
        with pytest.raises(TypeError, match="binary float"):
            Figure(0.1)  # type: ignore[arg-type]


class TestStateTag:
    def test_every_tone_has_a_sign_so_colour_never_speaks_alone(self) -> None:
        for tone, sign in SIGNS.items():
            html = printed("{% state shown %}", shown=Badge("词", tone))
            assert sign in html
            assert "词" in html

    def test_it_prints_the_words_of_a_plain_state(self) -> None:
        assert "起草" in printed("{% state '起草' %}")


class TestOtherTags:
    def test_a_count_is_grouped_and_carries_its_unit(self) -> None:
        assert printed("{% count 100000 '项' %}") == (
            '<span class="count"><span class="value">100,000</span><span class="unit">项</span></span>'
        )

    def test_one_thing_of_a_kind_is_one_in_english_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(figures, "ngettext", lambda _one, _many, n: "item" if n == 1 else "items")
        assert "item</span>" in printed("{% count 1 '项' %}")
        assert "items</span>" in printed("{% count 2 '项' %}")

    def test_a_share_says_both_numbers_in_words(self) -> None:
        html = printed("{% share 3 12 '完成' %}")
        assert "3 / 12" in html
        assert 'value="3"' in html

    def test_a_share_of_nothing_does_not_divide_by_zero(self) -> None:
        assert "0 / 0" in printed("{% share 0 0 %}")


class TestBareNumbers:
    @pytest.mark.parametrize("number", [Decimal("1.5"), 1.5])
    def test_a_fraction_between_double_braces_is_refused(self, number: object) -> None:
        with pytest.raises(BareNumber):
            printed("{{ number }}", number=number)

    def test_a_key_may_be_printed(self) -> None:
        assert printed("{{ key }}", key=12) == "12"
