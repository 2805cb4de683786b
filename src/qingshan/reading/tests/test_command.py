"""The command, run as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qingshan.cli import main


def test_it_prints_findings_whose_spans_count_characters_of_the_file(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.txt").write_text(small, encoding="utf-8")
    assert main(["plans", "extract", str(tmp_path / "plan.txt"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    start, end = found["indicators"][2]["span"]
    assert small[start:end].startswith("3\t生态保护\t森林覆盖率")


def test_it_writes_the_text_that_spans_of_other_files_count(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.txt").write_bytes(small.encode("gb18030"))
    text = tmp_path / "decoded.txt"
    assert (
        main(["plans", "extract", str(tmp_path / "plan.txt"), "--format", "json", "--text-out", str(text)])
        == 0
    )
    start, end = json.loads(capsys.readouterr().out)["projects"][0]["span"]
    assert "县城污水处理厂扩建工程" in text.read_text(encoding="utf-8")[start:end]


def test_it_prints_a_summary_by_default(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.txt").write_text(small, encoding="utf-8")
    assert main(["plans", "extract", str(tmp_path / "plan.txt")]) == 0
    assert "指标：3" in capsys.readouterr().out


def test_a_refused_file_gets_one_sentence_and_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.docx").write_bytes(b"")
    text = tmp_path / "decoded.txt"
    assert main(["plans", "extract", str(tmp_path / "empty.docx"), "--text-out", str(text)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "文件是空的" in printed.err
    assert not text.exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plans", "extract", str(tmp_path / "none.pdf")]) == 1
    assert "none.pdf" in capsys.readouterr().err
