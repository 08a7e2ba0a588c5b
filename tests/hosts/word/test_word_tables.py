"""Standard forms printed in a Word document are recognised as in a workbook."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl

from gouji.flow import forms_of
from gouji.hosts.word.reading import read_document
from gouji.packs.load import held_pack
from gouji.sheet import Book
from gouji.tables.recognise import recognise

BOOK = Path(__file__).resolve().parents[3] / "templates" / "examples" / "heilongjiang-2020-corrected.xlsx"


def printed(path: Path, words: list[str], source: Path = BOOK) -> None:
    """Sheets of the example as tables of a Word document: title and unit above, merged cells merged."""
    document = docx.Document()
    book = openpyxl.load_workbook(source, data_only=True)
    for word in words:
        sheet = next(each for each in book.worksheets if word in each.title)
        document.add_paragraph("以下是报表，说明见后。")
        rows = list(sheet.iter_rows())
        table = document.add_table(len(rows), sheet.max_column)
        cells = [row.cells for row in table.rows]
        for row in rows:
            for cell in row:
                if cell.value is not None:
                    shown = f"{cell.value:,.1f}" if isinstance(cell.value, float) else str(cell.value)
                    cells[cell.row - 1][cell.column - 1].text = shown
        for area in sheet.merged_cells.ranges:
            first = cells[area.min_row - 1][area.min_col - 1]
            text = first.text
            first.merge(cells[area.max_row - 1][area.max_col - 1]).text = text
    document.save(str(path))


def test_forms_in_a_word_document_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "说明.docx"
    printed(path, ["收入决算表", "三公"])
    found = read_document(path)
    pack = held_pack("heilongjiang-2020")
    recognition = recognise(Book(path.name, found.tables), forms_of(pack))
    assert [table.definition.name for table in recognition.tables] == ["收入表", "三公"]
    income = recognition.named("收入表")[0]
    line = next(each for each in income.sections[0].lines if each.key == "2013101")
    place = income.sections[0].place(line, "本年收入合计")
    assert place is not None
    value = income.values[place]
    assert (value.status, value.text) == ("figure", "1,888.9")


def test_a_title_above_the_table_names_it(tmp_path: Path) -> None:
    path = tmp_path / "说明.docx"
    document = docx.Document()
    for line in ("这里是正文，到此为止。", "收入决算表", "金额单位：万元"):
        document.add_paragraph(line)
    rows = [
        ["科目编码", "科目名称", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入",
         "附属单位上缴收入", "其他收入"],
        ["", "合计", "3,972.0", "3,971.9", "0.0", "0.0", "0.0", "0.0", "0.1"],
        ["201", "一般公共服务支出", "3,972.0", "3,971.9", "0.0", "0.0", "0.0", "0.0", "0.1"],
    ]  # fmt: skip
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.save(str(path))
    recognition = recognise(Book("说明.docx", read_document(path).tables), forms_of(held_pack("mof-2020")))
    assert [(each.definition.name, each.sections[0].unit.name) for each in recognition.tables] == [("收入表", "万元")]
