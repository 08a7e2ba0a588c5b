"""Word documents on the command line and in the Python interface."""

from __future__ import annotations

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
