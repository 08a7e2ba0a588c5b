"""Cells taken out in one sweep: the same as the parser alone finds, or the sweep steps back."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.errors import WorkbookError
from gouji.hosts.package import plain_cells, sheet_xml
from gouji.hosts.package.cells import CellReader
from gouji.hosts.package.sheet_xml import SheetContent, read_sheet
from gouji.sheet import Area, Cell, CellKind
from tests.hosts import packages

STRINGS = ("收入", "3,972.0")
FORMATS = ("General", "0.00")


def reader() -> CellReader:
    return CellReader(STRINGS, FORMATS)


def outcome(data: bytes, *, swept: bool) -> SheetContent | str:
    """What a part holds, or why it cannot be read; without the sweep when it is not to be used."""
    with patch.object(plain_cells, "MAX_SIZE", plain_cells.MAX_SIZE if swept else 0):
        try:
            return read_sheet(data, "表.xml", reader())
        except WorkbookError as error:
            return error.chinese


def both(data: bytes) -> SheetContent | str:
    """The outcome, which must not depend on the sweep."""
    found = outcome(data, swept=True)
    assert found == outcome(data, swept=False)
    return found


def taken(rows: str) -> int | None:
    """How many cells were taken out of a sheet and kept; ``None`` where the sweep stepped back."""
    data = packages.sheet(f"<sheetData>{rows}</sheetData>")
    if sheet_xml._swept(data, "表.xml", reader()) is None:
        return None
    swept = plain_cells.sweep(data, reader())
    assert swept is not None
    return len(swept.cells)


def test_plain_cells_are_taken_out_over_whole_rows() -> None:
    rows = "".join(
        f'<row r="{n}" spans="1:3" ht="17.5" customHeight="1"><c r="A{n}" s="1"><v>{n}</v></c><c r="B{n}" s="1"/>'
        f'<c r="C{n}" t="s"><v>0</v></c></row>'
        for n in range(1, 5)
    )
    swept = plain_cells.sweep(packages.sheet(f"<sheetData>{rows}</sheetData>"), reader())
    assert swept is not None
    assert swept.runs == 1
    assert swept.rest.count("<c") == 1
    assert len(swept.cells) == 8
    assert taken(rows) == 8


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ('<c r="A1"><v>1</v></c>', 1),
        ('<c r="A1" t="inlineStr"><is><t>一 二</t></is></c>', 1),
        ('<c r="A1" t="str"><f>"甲"</f><v>甲</v></c>', 1),
        ('<c r="A1"/>', 0),
        ('<c r="AAA1"><v>1</v></c>', 1),
        ('<c r="A1" t="inlineStr"><is><t>a &lt; b</t></is></c>', 0),
        ('<c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c>', 0),
        ('<c r="A1" cm="1"><v>1</v></c>', 0),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', 0),
    ],
)
def test_any_other_cell_is_left_to_the_parser(cell: str, kept: int) -> None:
    rows = f'<row r="1">{cell}</row><row r="2"><c r="A2"><v>7</v></c></row>'
    assert taken(rows) == kept + 1
    both(packages.sheet(f"<sheetData>{rows}</sheetData>"))


def test_what_is_left_of_a_part_is_known_when_it_comes_again() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    header = "<headerFooter><oddHeader>&amp;C甲</oddHeader></headerFooter>"
    for number in ("1", "2"):
        row = f'<row r="1"><c r="A1"><v>{number}</v></c></row>'
        found = both(packages.sheet(f"<sheetData>{row}</sheetData>{merged}{header}"))
        assert isinstance(found, SheetContent)
        assert found == ({(1, 1): Cell(CellKind.NUMBER, number)}, (Area(1, 1, 2, 2),), "", "&C甲")


def test_a_cell_that_the_parser_reads_is_read_in_every_workbook() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s" cm="1"><v>0</v></c></row>'
    data = packages.sheet(f"<sheetData>{row}</sheetData>")
    for string, cells in (("", 1), ("收入", 2)):
        assert len(read_sheet(data, "表.xml", CellReader((string,))).cells) == cells


PLAIN = '<c r="A1"><v>1</v></c>'
STEPPED_BACK = {
    "in a comment": f"<!-- {PLAIN} -->",
    "in CDATA": f"<![CDATA[{PLAIN}]]>",
    "in an element of others": f'<row r="1"><x xmlns="urn:x">{PLAIN}</x></row>',
    "followed by one without place": f'<row r="1">{PLAIN}<c><v>&#50;</v></c></row>',
    "before a row without number": f'<row r="1">{PLAIN}</row><row><c><v>&#50;</v></c></row>',
    "twice in one place": f'<row r="1">{PLAIN}<c r="A1"><v>&#50;</v></c></row>',
    "a string that is not there": '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
    "an impossible place": '<row r="1"><c r="XFE1"/></row>',
    "after the end": f'</sheetData></worksheet>{PLAIN}',
}


@pytest.mark.parametrize("name", STEPPED_BACK)
def test_where_it_is_not_certain_the_part_is_read_as_it_stands(name: str) -> None:
    assert taken(STEPPED_BACK[name]) is None
    both(packages.sheet(f"<sheetData>{STEPPED_BACK[name]}</sheetData>"))


def test_a_cell_in_a_comment_does_not_stand_for_one_that_is_odd() -> None:
    rows = f'<!-- {PLAIN} --><row r="2"><c r="B2"><v>&#50;</v></c></row>'
    found = both(packages.sheet(f"<sheetData>{rows}</sheetData>"))
    assert isinstance(found, SheetContent)
    assert dict(found.cells) == {(2, 2): Cell(CellKind.NUMBER, "2")}


MALFORMED = {
    "attribute": f'<row r="1" x="{PLAIN}"/>',
    "tag": f"<row {PLAIN} />",
    "nesting": f'<x>{PLAIN}</row><row r="2">{PLAIN.replace("1", "2")}</x>',
    "control": '<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>',
    "no character": '<row r="1"><c r="A1" t="str"><v>\uffff</v></c></row>',
    "cut": f'<row r="1">{PLAIN}',
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_not_well_formed_is_refused_all_the_same(name: str) -> None:
    found = both(packages.sheet(f"<sheetData>{MALFORMED[name]}</sheetData>"))
    assert isinstance(found, str)
    assert found.startswith("工作簿的部件 表.xml 无法读取：")


@pytest.mark.parametrize("coding", ["UTF-8", "utf-8", "GBK", "UTF-16", "ISO-8859-1"])
def test_codings(coding: str) -> None:
    text = '<row r="1"><c r="A1" t="str"><v>é</v></c></row>'
    head = f'<?xml version="1.0" encoding="{coding}"?>'
    sheet = f'{head}<worksheet xmlns="{packages.MAIN}"><sheetData>{text}</sheetData></worksheet>'
    found = both(sheet.encode(coding, "ignore"))
    if coding != "GBK":
        assert isinstance(found, SheetContent)
        assert found.cells[1, 1].text == "é"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_bytes_of_another_coding_that_are_also_utf_8(mark: str) -> None:
    head = f'{mark}<?xml version="1.0" encoding="ISO-8859-1"?><worksheet xmlns="{packages.MAIN}"><sheetData>'
    row = '<row r="1"><c r="A1" t="str"><v>é</v></c></row></sheetData></worksheet>'
    found = both((head + row).encode())
    if not mark:
        assert isinstance(found, SheetContent)
        assert found.cells[1, 1].text == "Ã©"


texts = st.text(st.sampled_from("a1.-é收<&>\r\n\t \x01_x0041_"), max_size=6)
references = st.sampled_from(["A1", "B1", "A2", "C3", "XFD1048576", "XFE1", "A0", "a1", ""])


@st.composite
def cells(draw: st.DrawFn) -> str:
    reference = draw(references)
    place = f' r="{reference}"' if reference else ""
    style = draw(st.sampled_from(["", ' s="1"', ' s="7"', ' s="x"']))
    kind = draw(st.sampled_from(["", ' t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="e"', ' t="n"', ' cm="1"']))
    text = draw(st.one_of(texts, st.sampled_from(["0", "1", "9", "1.5", "1e3", "&amp;", "&#49;", "#REF!"])))
    inner = draw(
        st.sampled_from(
            [f"<v>{text}</v>", f"<f>A1</f><v>{text}</v>", "<f>A1</f>", f"<is><t>{text}</t></is>", "<v/>", "",
             f'<is><t xml:space="preserve">{text}</t></is>', f"<f>{text}</f><v>1</v>", '<f t="shared" si="0">B1</f>']
        )
    )  # fmt: skip
    return f"<c{place}{style}{kind}>{inner}</c>" if inner or draw(st.booleans()) else f"<c{place}{style}{kind}/>"


ROWS = ('<row r="1">', '<row r="2" ht="3">', "<row>", '<row r="3" x:y="1">', '<row r="0">')
DAMAGES = (b"", b"<", b">", b'"', b"</row>", b"<c>", b"\xff")


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    pieces = []
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.sampled_from(ROWS))
        pieces.append(row + "".join(draw(st.lists(cells(), max_size=4))) + "</row>")
    wrapped = draw(st.sampled_from(["{}", "<!-- {} -->", "<![CDATA[{}]]>", '<ext xmlns="urn:x">{}</ext>', "{}{}"]))
    inside = "".join(wrapped.replace("{}", piece) for piece in pieces)
    return packages.sheet(f"<sheetData>{inside}</sheetData>", root=draw(st.sampled_from(["", ' xmlns:x="urn:x"'])))


@settings(deadline=None, max_examples=400)
@given(sheets(), st.integers(0, 2000), st.sampled_from(DAMAGES), st.booleans())
def test_the_sweep_changes_nothing(data: bytes, at: int, damage: bytes, damaged: bool) -> None:
    if damaged:
        at %= len(data)
        data = data[:at] + damage + data[at + 1 :]
    both(data)
