"""A year's file, and what no notice can say."""

import pytest

from qingshan.workflow.calendar_files import BadCalendar, read_arrangement

WHOLE = """
year: 2030
notice: {title: 通知, number: 文号, issued_on: 2029-11-01, address: ""}
confirmed: 核对
holidays:
  - {name: 元旦, from: 2030-01-01, to: 2030-01-03, make_up: []}
  - {name: 国庆节, from: 2030-10-01, to: 2030-10-07, make_up: [2030-09-29]}
"""


def faults(text):
    with pytest.raises(BadCalendar) as refused:
        read_arrangement(text)
    return "\n".join(refused.value.faults)


class TestReadArrangement:
    def test_a_whole_file_is_read(self):
        arrangement = read_arrangement(WHOLE)
        assert arrangement.year == 2030
        assert [holiday.name for holiday in arrangement.holidays] == ["元旦", "国庆节"]

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("2030-09-29", "2030-09-30", "2030-09-30 是周一；调休上班日应为周六或周日"),
            ("2030-09-29", "2030-10-05", "2030-10-05 既是“国庆节”假期"),
            ("to: 2030-10-07", "to: 2030-09-07", "终止日应不早于起始日"),
            ("to: 2030-10-07", "to: 2030-11-07", "不超过 15 天"),
            ("from: 2030-01-01", "from: 1月1日", "'1月1日'；应为 2026-10-01 这样的日期"),
            ("from: 2030-01-01", "from: 2029-01-01", "2029-01-01 不在 2030 年"),
            ("from: 2030-10-01", "from: 2030-01-02", "终止日应不早于起始日，且不超过 15 天"),
            ("year: 2030", "year: 二〇三〇", "应为 2000 至 2099 的整数"),
            ("confirmed: 核对", "checked: 核对", "缺少 confirmed"),
            ("confirmed: 核对", "checked: 核对", "不认识 checked"),
            ("make_up: []", "make_up: 2030-01-05", "应为日期列表"),
            ("2030-09-29", "2030-09-31", "不是可读的 YAML"),
        ],
    )
    def test_each_fault_is_named_with_its_place(self, old, new, words):
        assert old in WHOLE
        assert words in faults(WHOLE.replace(old, new, 1))

    def test_all_faults_are_named_at_once(self):
        text = WHOLE.replace("2030-09-29", "2030-09-30").replace("from: 2030-01-01", "from: x")
        assert len(faults(text).splitlines()) == 2

    def test_a_day_in_two_holidays_is_a_fault(self):
        text = WHOLE + "  - {name: 中秋节, from: 2030-10-07, to: 2030-10-08, make_up: []}\n"
        assert "2030-10-07 同时属于“国庆节”和“中秋节”" in faults(text)

    @pytest.mark.parametrize("text", ["", "[]", "- 1", "year: [", "just words", "{year: 2030}"])
    def test_what_is_no_arrangement_at_all_is_refused(self, text):
        assert faults(text)
