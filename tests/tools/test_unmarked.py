"""Finding Chinese words in the code that nobody can read in English."""

import doctest

import yaml
from tools import unmarked


def found(source):
    return [words for _line, words in unmarked.unmarked(source)]


class TestFinding:
    def test_a_bare_string_is_found_wherever_it_stands(self):
        assert found('raise BadDay(f"截止日 {due} 早于起算日")') == ["截止日 ", " 早于起算日"]
        assert found('WORDS = {"done": "已完成"}') == ["已完成"]

    def test_what_is_marked_is_not(self):
        assert found('x = _("完成 %d 项") % n; y = pgettext_lazy("one", "规划"); z = _l("附件")') == []

    def test_docstrings_patterns_and_other_languages_are_not(self):
        assert found('"""工作日历."""\nclass A:\n    """期限."""\nR = re.compile("第.条")\nx = "done"') == []


class TestPermissions:
    def test_each_has_its_reason(self):
        allowed = yaml.safe_load(unmarked.ALLOWED.read_text("utf-8"))
        assert all(reason and len(reason.split()) > 2 for reason in allowed.values())

    def test_one_that_lets_nothing_stand_any_more_is_named(self, monkeypatch, tmp_path, capsys):
        listed = tmp_path / "unmarked.yaml"
        listed.write_text("nowhere/: because it was so once\n", "utf-8")
        monkeypatch.setattr(unmarked, "ALLOWED", listed)
        monkeypatch.setattr(unmarked, "modules", lambda: iter(()))

        assert unmarked.main() == 1
        assert "lets nothing stand any more: nowhere/" in capsys.readouterr().out

    def test_a_string_that_nobody_permitted_is_named_with_its_line(self, monkeypatch, tmp_path, capsys):
        module = tmp_path / "room" / "words.py"
        module.parent.mkdir()
        module.write_text('\nX = "已完成"\n', "utf-8")
        monkeypatch.setattr(unmarked, "PACKAGE", tmp_path)
        (tmp_path / "allowed.yaml").write_text("{}", "utf-8")
        monkeypatch.setattr(unmarked, "ALLOWED", tmp_path / "allowed.yaml")

        assert unmarked.main() == 1
        assert "room/words.py:2: not marked for translation: '已完成'" in capsys.readouterr().out


def test_its_examples_run():
    assert doctest.testmod(unmarked).failed == 0
