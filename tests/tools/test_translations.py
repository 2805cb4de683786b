"""The keeper of the English catalogues, tried on a small house with one room."""

import gettext

import pytest
from tools import translations

MODULE = """
from django.utils.translation import gettext as _, pgettext

def told(count):
    return _("已导入 %(count)d 行，共 %(all)d 行"), _("%s 于 %s 到期"), pgettext("measurement", "单位")
"""
PAGE = """{% load i18n %}<h1>{% translate "工作日历" %}</h1>
    <p>{% count days "天" %} {% count part "%" %}</p>"""
ENGLISH = {
    "已导入 %(count)d 行，共 %(all)d 行": "Imported %(count)d of %(all)d rows",
    "%s 于 %s 到期": "%s is due on %s",
    "单位": "Unit",
    "工作日历": "Working calendar",
    "规划员": "Planner",
    ("天", "天"): ("day", "days"),
}


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room whose English is complete."""
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    return furnish(tmp_path / "calendars")


def furnish(room):
    (room / "templates").mkdir(parents=True)
    (room / "__init__.py").write_text("", encoding="utf-8")
    (room / "words.py").write_text(MODULE, encoding="utf-8")
    (room / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    (room / "roles.yaml").write_text("{planner: {label: 规划员, may: [plans.edit]}}", encoding="utf-8")
    translations.extract()
    for words, english in ENGLISH.items():
        say(room, words, english)
    return room


def say(room, words, english):
    path = translations.catalogue_path(room)
    catalogue = translations.read(path)
    next(message for message in catalogue if message.id == words).string = english
    translations.save(catalogue, path)


def complaints(capsys):
    capsys.readouterr()
    code = translations.main(["check"])
    told = capsys.readouterr().out.splitlines()
    assert code == (1 if told else 0)
    return told


class TestCheck:
    def test_it_says_nothing_about_a_complete_catalogue(self, room, capsys):
        assert complaints(capsys) == []

    def test_it_notices_a_string_missing_from_the_catalogue(self, room, capsys):
        (room / "more.py").write_text('_("起算日")', encoding="utf-8")
        assert complaints(capsys) == ["calendars: not in the catalogue: '起算日'"]

    def test_it_notices_a_string_that_left_the_source(self, room, capsys):
        (room / "templates" / "page.html").write_text('{% count days "天" %}', encoding="utf-8")
        assert complaints(capsys) == ["calendars: no longer in the source: '工作日历'"]

    def test_it_notices_a_string_without_english(self, room, capsys):
        say(room, "工作日历", "")
        assert complaints(capsys) == ["calendars: without English: '工作日历'"]

    def test_it_notices_a_plural_with_one_form_only(self, room, capsys):
        say(room, ("天", "天"), ("day", ""))
        assert complaints(capsys) == ["calendars: without English: ('天', '天')"]

    @pytest.mark.parametrize(
        ("words", "english"),
        [
            ("已导入 %(count)d 行，共 %(all)d 行", "Imported %(count)d rows"),
            ("已导入 %(count)d 行，共 %(all)d 行", "Imported %(number)d of %(all)d rows"),
            ("已导入 %(count)d 行，共 %(all)d 行", "Imported %(count)s of %(all)d rows"),
            ("%s 于 %s 到期", "%s is due"),
            ("工作日历", "%s calendar"),
        ],
    )
    def test_it_notices_a_placeholder_that_is_gone_or_new_or_changed(self, room, capsys, words, english):
        say(room, words, english)
        assert complaints(capsys) == [
            f"calendars: other placeholders in English: {words!r} {english!r}",
        ]

    def test_it_lets_placeholders_with_names_change_places(self, room, capsys):
        say(room, "已导入 %(count)d 行，共 %(all)d 行", "Of %(all)d rows %(count)d are imported")
        assert complaints(capsys) == []

    def test_it_notices_a_string_that_two_rooms_say_differently(self, room, capsys):
        other = furnish(room.with_name("deadlines"))
        say(other, "工作日历", "Calendar")
        assert complaints(capsys) == [
            "one string, two meanings: '工作日历' is 'Working calendar' in calendars; "
            "'Calendar' in deadlines",
        ]


class TestExtract:
    def test_it_keeps_the_english_and_drops_what_left_the_source(self, room):
        (room / "words.py").write_text('_("起算日")', encoding="utf-8")
        translations.extract()
        kept = {
            message.id: message.string for message in translations.read(translations.catalogue_path(room))
        }
        assert kept.keys() - {""} == {"起算日", "工作日历", "规划员", ("天", "天")}
        assert kept["工作日历"] == "Working calendar"

    def test_it_writes_the_same_file_when_nothing_changed(self, room):
        before = translations.catalogue_path(room).read_bytes()
        translations.extract()
        assert translations.catalogue_path(room).read_bytes() == before


class TestCompile:
    def test_what_it_writes_knows_one_from_many_and_one_meaning_from_another(self, room):
        translations.compile_all()
        with translations.catalogue_path(room).with_suffix(".mo").open("rb") as file:
            english = gettext.GNUTranslations(file)
        assert [english.ngettext("天", "天", number) for number in (0, 1, 2)] == ["days", "day", "days"]
        assert english.pgettext("measurement", "单位") == "Unit"
        assert english.gettext("单位") == "单位"


def test_a_word_that_is_no_task_explains_the_tasks(capsys):
    assert translations.main(["translate"]) == 2
    assert "extract" in capsys.readouterr().out
