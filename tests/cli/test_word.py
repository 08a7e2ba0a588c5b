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
from tests.hosts.packages import entries, xml
from tests.hosts.word.test_word_tables import printed

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


WRONG = "2020年度收、支总计4,100.2万元。"


@pytest.fixture
def text(workbook: Path) -> Path:
    """A text with one wrong figure."""
    made = docx.Document()
    made.add_heading("一、收入支出决算总体情况说明", 1)
    made.add_paragraph(WRONG)
    path = workbook.with_name("说明.docx")
    made.save(str(path))
    return path


def comments(path: Path) -> list[str]:
    return [each.text for each in docx.Document(str(path)).comments]


def test_annotate_writes_into_the_workbook_and_on_the_words_of_the_text(
    workbook: Path, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = entries(text)
    assert main(["annotate", str(workbook), "--text", str(text), "-q", "--no-backup"]) == 0
    assert f"已写入 {text}：1 处有批注。\n" in capsys.readouterr().out
    [said] = comments(text)
    assert said.startswith("【勾稽·错误 ")
    assert "列示 4,100.2 万元" in said
    assert main(["annotate", str(workbook), "--text", str(text), "-q"]) == 0
    assert f"{text} 无需改动：1 处的批注已是最新。\n" in capsys.readouterr().out
    assert main(["clear", str(text), "--no-backup"]) == 0
    assert entries(text) == parts


def test_copies_of_both_are_written_when_both_are_named(workbook: Path, text: Path) -> None:
    before = text.read_bytes(), workbook.read_bytes()
    out, text_out = workbook.with_name("审核.xlsx"), workbook.with_name("说明审核.docx")
    assert main(["annotate", str(workbook), "--text", str(text), "-o", str(out), "--text-output", str(text_out)]) == 0
    assert (text.read_bytes(), workbook.read_bytes()) == before
    assert len(comments(text_out)) == 1
    assert out.exists()


def test_a_text_alone_is_annotated(text: Path) -> None:
    made = docx.Document()
    made.add_paragraph("本年收入合计100.0万元，与2019年度相比，增加10.0万元，增长20.00%。")
    made.save(str(text))
    assert main(["annotate", str(text), "--no-backup"]) == 0
    assert any("增" in said for said in comments(text))


def test_standard_tables_in_a_text_are_annotated_cell_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "说明.docx"
    printed(path, ["收入决算表"], EXAMPLE.with_name("heilongjiang-2020.xlsx"))
    assert main(["annotate", str(path), "--no-backup", "-q"]) == 0
    assert [said[:12] for said in comments(path)] == ["【勾稽·错误 A09】党", "【勾稽·错误 A06】行"]
    root = xml(entries(path)["word/document.xml"])
    starts = [each for each in root.iter() if each.tag.endswith("}commentRangeStart")]
    cells = ["".join(cell.itertext()) for cell in root.iter() if cell.tag.endswith("}tc")
             if any(start in list(cell.iter()) for start in starts)]  # fmt: skip
    assert cells == ["3119", "1899"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["-o", "审核.xlsx", "--text", "说明.docx"], "请用 --text-output 给出说明的副本"),
        (["--text-output", "副本.docx"], "--text-output 要与 --text 同用"),
        (["--text", "说明.docx", "--text-output", "说明.docx"], "就是原文件"),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage_and_nothing_is_written(
    workbook: Path, text: Path, more: list[str], message: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(workbook.parent)
    before = sorted(workbook.parent.iterdir())
    assert main(["annotate", "决算.xlsx", *more]) == 2
    assert message in capsys.readouterr().err
    assert sorted(workbook.parent.iterdir()) == before


def test_annotate_of_python_writes_on_the_text(workbook: Path, text: Path) -> None:
    copy = workbook.with_name("说明审核.docx")
    done = gouji.annotate(workbook, backup=False, text=text, text_out=copy)
    assert done.written.text is not None
    assert (len(done.written.text.words), len(comments(copy)), comments(text)) == (1, 1, [])
