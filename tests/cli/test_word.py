"""Word documents on the command line and in the Python interface."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

import gouji
from gouji.cli import main
from gouji.document import Span, SpanNote
from gouji.hosts.word.writing import annotate_document

NOTES = [SpanNote(Span(0, 0, 4), ("【勾稽·错误 A01】不符。",))]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("本年收入3,972.0万元。")
    path = tmp_path / "说明.docx"
    made.save(str(path))
    return path


def test_clear_takes_our_comments_out_of_a_word_document(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = document.read_bytes()
    annotate_document(document, NOTES, backup=False)
    assert main(["clear", str(document), "--no-backup"]) == 0
    assert capsys.readouterr().out == f"已清除 {document}：1 处勾稽批注。\n"
    assert document.read_bytes() == data
    assert main(["clear", str(document)]) == 0
    assert capsys.readouterr().out == f"{document} 里没有勾稽批注。\n"


def test_clear_of_python_takes_a_word_document(document: Path) -> None:
    data = document.read_bytes()
    annotate_document(document, NOTES, backup=False)
    assert gouji.clear(document, backup=False).removed == 1
    assert document.read_bytes() == data


EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "examples" / "heilongjiang-2020-corrected.xlsx"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "决算.xlsx"))


def test_a_draft_is_written_beside_the_workbook_and_never_over_a_text(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["text", "draft", str(workbook)]) == 0
    path = workbook.with_name("决算情况说明.docx")
    assert capsys.readouterr().out.startswith(f"已写出 {path}：79 处留空待填（【此处填写…】）。\n")
    data = path.read_bytes()
    assert main(["text", "draft", str(workbook)]) == 2
    assert "已经有了，没有改动它" in capsys.readouterr().err
    assert path.read_bytes() == data


def test_a_draft_as_plain_text(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = workbook.with_name("说明.txt")
    assert main(["text", "draft", str(workbook), "--last-year", str(workbook), "-o", str(out), "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith(f"Wrote {out}: ")
    assert main(["text", "draft", str(workbook), "--last-year", str(workbook), "-o", "-"]) == 0
    assert capsys.readouterr().out == out.read_text("utf-8-sig")
    assert "与2019年度相比持平" in out.read_text("utf-8-sig")


def test_another_suffix_is_wrong_usage(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", "draft", str(workbook), "-o", "说明.pdf"]) == 2
    assert "后缀应是 .docx 或 .txt" in capsys.readouterr().err
