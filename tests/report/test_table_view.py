"""The picture of what was recognised: sheet columns, the names they were recognised as, rows, and what was not."""

from __future__ import annotations

import json

from gouji.flow import recognise_tables
from gouji.report.spans import Options
from gouji.report.table_map import WorkbookMap, workbook_map
from gouji.report.table_view import as_json, plain, view
from tests.tables.sheets import book, sheet
from tests.tables.test_recognise import ITEMS_IN_ROWS, PLAIN

STRANGE = (
    PLAIN.replace("| 项目支出 |", "| 项目支出 | 其中：专项 |").replace("| 10.5", "| 10.5 | 3.0")
    .replace("\n2013101 |", "\n小计 | | 30.5 | 见附注 | 10.5\n2013101 |")
)


def found(*texts: str) -> WorkbookMap:
    sheets = [sheet(text, f"表{number}") for number, text in enumerate(texts, 1)]
    given, pack, recognition = recognise_tables(book(*sheets), pack="mof-2020")
    return workbook_map(given.name, pack, recognition)


def test_a_table_understood_as_a_whole() -> None:
    drawn = plain(found(PLAIN), Options(columns=76))
    assert drawn.splitlines()[3:13] == [
        "✓ 支出决算表  表1!A1:H8",
        "  认出 100%，题在 A1  万元，1 位小数  标题“支出决算表”，表头 8 栏，3 行",
        "  ┌───┬────────────────────────┬──────────────┬──────────┬──────────┐",
        "  │   │ A B                    │ C            │ D        │ E        │",
        "  │   │ 行名                   │ 本年支出合计 │ 基本支出 │ 项目支出 │",
        "  ├───┼────────────────────────┼──────────────┼──────────┼──────────┤",
        "  │ 5 │ 合计                   │         30.5 │     20.0 │     10.5 │",
        "  │ 6 │   201 一般公共服务支出 │         30.5 │     20.0 │     10.5 │",
        "  │ 7 │     2013101 行政运行   │         30.5 │     20.0 │     10.5 │",
        "  └───┴────────────────────────┴──────────────┴──────────┴──────────┘",
    ]
    assert max(map(len, drawn.splitlines())) <= 76


def test_what_was_not_understood_is_marked_where_it_stands() -> None:
    drawn = plain(found(STRANGE, "目录"), Options())
    assert "! 支出决算表" in drawn
    assert "没有认出：F3“专项”、A7“小计”" in drawn
    assert "小计 ?" in drawn
    assert "✗ 见附注" in drawn
    assert drawn.splitlines()[-2:] == ["不是标准表", "  表2  没有标准表的标题"]


def test_a_form_whose_rows_and_columns_may_swap() -> None:
    drawn = plain(found(ITEMS_IN_ROWS), Options())
    assert "预算数" in drawn
    assert "30.0" in drawn
    assert "100%" in drawn


def test_long_tables_are_cut_and_drawn_whole_when_asked() -> None:
    rows = "\n".join(f"2013{n:03} | 某事务 | 1.0 | 1.0" for n in range(101, 131))
    text = PLAIN.replace("\n2013101 |", f"\n{rows}\n2013101 |").replace("2013101 | 行政运行 | 30.5 | 20.0 | 10.5\n", "")
    assert "共 32 行" in plain(found(text), Options())
    whole = plain(found(text), Options(detail=1))
    assert "共 32 行" not in whole
    assert whole.count("某事务") >= 30


def test_json_says_the_same() -> None:
    content = json.loads(as_json(found(STRANGE), "en"))
    (table,) = content["tables"]
    assert (content["schema"], table["table"], table["sheet"], table["unit"]) == (
        "gouji/tables/1", "支出决算表", "表1", "万元")
    assert table["left_out"] == [{"text": "专项", "cell": "表1!F3"}, {"text": "小计", "cell": "表1!A7"}]
    (section,) = table["sections"]
    assert section["columns"][0] == {"name": "本年支出合计", "type": "金额", "at": ["C"]}
    assert section["rows"][1] == {
        "sheet": "表1", "row": 6, "lane": 0, "code": "201", "label": "一般公共服务支出", "depth": 1, "known": True,
        "figures": ["30.5", "20.0", "10.5", "", "", ""],
    }
    assert table["grounds"].startswith("title 支出决算表, 9 columns")


def test_every_line_fits_the_encoding() -> None:
    for line in view(found(STRANGE), Options(encoding="cp936")):
        "".join(span.text for span in line).encode("cp936")
