"""What notices say."""

import pytest

from qingshan.messages import wording
from qingshan.messages.wording import BadWording, Text, UnknownTemplate, check_wording, fill, read_templates


class TestTemplates:
    def test_every_room_template_speaks_every_language_with_the_same_words(self):
        names = set(wording.templates())
        assert {"jobs.done", "workflow.deadline_near", "workflow.desk_handed_over"} <= names

    def test_an_unknown_name_is_refused_with_the_names_there_are(self):
        with pytest.raises(UnknownTemplate, match=r"jobs\.done"):
            wording.template("jobs.finished")

    def test_languages_that_ask_for_different_words_are_refused(self, tmp_path):
        path = tmp_path / "notices.yaml"
        path.write_text(
            "x.y: {purpose: p, urgent: false, receipt: false,"
            " zh-hans: {subject: '{a}', body: b}, en: {subject: '{b}', body: b}}",
            "utf-8",
        )
        with pytest.raises(BadWording, match="different words"):
            read_templates(path)

    def test_a_missing_language_is_refused(self, tmp_path):
        path = tmp_path / "notices.yaml"
        path.write_text(
            "x.y: {purpose: p, urgent: false, receipt: false, zh-hans: {subject: s, body: b}}", "utf-8"
        )
        with pytest.raises(BadWording, match="needed are"):
            read_templates(path)


class TestFilling:
    def test_words_are_put_in_by_name(self):
        assert fill(Text("{a}", "{a} 与 {b}"), {"a": "甲", "b": 2}) == Text("甲", "甲 与 2")

    def test_a_word_not_given_is_refused(self):
        with pytest.raises(BadWording, match="b"):
            fill(Text("{a}", "{b}"), {"a": 1})

    def test_nothing_is_ever_evaluated(self):
        text = Text("{a.__class__}", "{a[0]} {a!r} {0}")
        assert fill(text, {"a": "甲"}) == text

    def test_a_word_is_not_filled_in_twice(self):
        assert fill(Text("{a}", "{a}"), {"a": "{b}", "b": "秘密"}).body == "{b}"

    def test_a_line_break_cannot_enter_a_subject(self):
        assert fill(Text("{a}", "x"), {"a": "甲\nBcc: all@example.org"}).subject == "甲 Bcc: all@example.org"


class TestChecking:
    def test_a_word_senders_do_not_give_is_refused_with_those_they_do(self):
        with pytest.raises(BadWording, match=r"\{whom\}；可用的词：\{what\}"):
            check_wording(wording.template("tests.plain"), Text("{whom}", "x"))

    @pytest.mark.parametrize("text", [Text(" ", "x"), Text("x", " "), Text("a\nb", "x")])
    def test_an_empty_part_or_a_broken_subject_is_refused(self, text):
        with pytest.raises(BadWording):
            check_wording(wording.template("tests.plain"), text)
