"""The commands of this room, called as the terminal calls them."""

import pytest

from qingshan.cli import main


def test_list_prints_every_edition_with_its_days(capsys):
    assert main(["standards", "list", "GB 3095"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["GB 3095-2012", "2016-01-01 — 2026-02-28"],
        ["GB 3095-2026", "2026-03-01 — ……"],
    ]


def test_list_can_be_narrowed_to_a_subject(capsys):
    assert main(["standards", "list", "--subject", "nothing"]) == 0
    assert capsys.readouterr().out == ""


def test_show_prints_what_is_in_force_on_a_day(capsys):
    command = [
        "standards",
        "show",
        "GB 3095",
        "--on",
        "2031-01-01",
        "--table",
        "limits",
        "--key",
        "parameter=PM2.5",
    ]
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "GB 3095-2026/final" in shown
    assert "limits[parameter=PM2.5, averaging=24h, grade=2]\t50 µg/m³\t表1\tprimary_text" in shown


def test_show_refuses_a_day_before_the_first_edition(capsys):
    assert main(["standards", "show", "GB 3095", "--on", "1999-01-01"]) == 1
    assert "2016-01-01" in capsys.readouterr().err


def test_show_prints_an_empty_place_as_empty(capsys):
    assert main(["standards", "show", "HJ 633-2012", "--table", "above_scale"]) == 0
    assert "（空）" in capsys.readouterr().out


def test_diff_prints_both_values(capsys):
    assert main(["standards", "diff", "HJ 633-2012", "HJ 633-2026"]) == 0
    assert "breakpoints[parameter=PM2.5, averaging=24h, sub_index=100]\t75 → 60" in capsys.readouterr().out


def test_diff_refuses_an_unknown_edition(capsys):
    assert main(["standards", "diff", "HJ 633-2012", "HJ 633-1"]) == 1
    assert "HJ 633-1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "GB 1"], "no known standard"),
        (["list", "--folder", "nowhere"], "no such folder"),
        (["show", "GB 1", "--on", "2026-01-01"], "no known standard"),
        (["show", "GB 3095-2026/moon"], "no phase 'moon'"),
        (["show", "GB 3095-2026", "--table", "nothing"], "no table 'nothing'"),
        (["show", "GB 3095-2026", "--key", "parameter=PM1"], "no value with parameter=PM1"),
        (["diff", "GB 3095-2012", "HJ 633-2012"], "different standards"),
    ],
)
def test_what_is_not_known_is_said(words, said, capsys):
    assert main(["standards", *words]) == 1
    assert said in capsys.readouterr().err


def test_a_label_without_a_word_is_a_wrong_call(capsys):
    with pytest.raises(SystemExit):
        main(["standards", "show", "GB 3095-2026", "--key", "parameter"])
    assert "write NAME=WORD" in capsys.readouterr().err


@pytest.mark.parametrize("raw", [None, b"\xff\xfe\x00"], ids=["not there", "not text"])
def test_check_names_a_file_that_cannot_be_read(tmp_path, capsys, raw):
    path = tmp_path / "x.yaml"
    if raw is not None:
        path.write_bytes(raw)
    assert main(["standards", "check", str(path)]) == 1
    assert "错误\tx.yaml" in capsys.readouterr().out


@pytest.mark.parametrize(("text", "status"), [("standard: x", 1), (None, 0)])
def test_check_fails_on_a_damaged_file_only(tmp_path, capsys, text, status):
    path = tmp_path / "x.yaml"
    path.write_text(text or "", encoding="utf-8")
    assert main(["standards", "check", *([str(path)] if text else [])]) == status
    assert "处错误" in capsys.readouterr().out
