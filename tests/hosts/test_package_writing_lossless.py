"""Packages of every make: annotate must touch only what it must, clear must give every part back to the byte."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import CellNote, ResultRow, ResultSheet
from gouji.sheet import CellRef
from tests.hosts import packages
from tests.hosts.packages import DATA, HEAD, MAIN, REL, SHEET_TYPE, STRICT_MAIN, STRICT_REL, TC, Parts

TEXT = "【勾稽 A06】收入合计：列示 1,899.0，各来源之和 1,888.9，相差 10.1。"
HERE = (CellNote(CellRef("一", 2, 1), (TEXT,), "error"), CellNote(CellRef("一", 7, 30), (TEXT,), "warning"))
RESULTS = ResultSheet("勾稽审核结果", ("级别", "单元格"), (ResultRow(("错误", "A2"), HERE[0].cell, "error"),))

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
WITH_NOTES = {"xl/comments1.xml": f"{SHEET_TYPE}.comments+xml"}
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"


def with_comments(inside: str, shapes: bytes, authors: str = "<author>张</author>") -> Parts:
    return packages.workbook(
        {"一": packages.sheet(DATA + '<legacyDrawing r:id="rId2"/>'), "二": packages.sheet()},
        {
            "xl/comments1.xml": packages.comments(inside, authors),
            "xl/drawings/vmlDrawing1.vml": shapes,
            SHEET_RELS: packages.rels(
                ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"), ("rId3", "comments", "/xl/comments1.xml")
            ),
        },
        more_types=WITH_NOTES, defaults={"vml": VML_TYPE},
    )  # fmt: skip


RICH = (
    '<comment ref="A2" authorId="0"><text><r><rPr><b/><sz val="9"/><color indexed="81"/><rFont val="宋体"/></rPr>'
    '<t>张:</t></r><r><rPr><sz val="9"/></rPr><t xml:space="preserve">\n 已核对 </t></r>'
    '<phoneticPr fontId="1"/></text></comment>'
)
PLAIN = '<comment ref="A2" authorId="0"><text><t>已核对 &amp; &lt;无误&gt;</t></text></comment>'
EMPTY = '<comment ref="A2" authorId="0"><text/></comment>'
BOX = packages.drawing(packages.box(1, 0))
HEADER_VML = packages.drawing('<v:shape id="LH" type="#_x0000_t75"><v:imagedata o:relid="rId1"/></v:shape>', block=2)
TAIL = (
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    '<drawing r:id="rId8"/><legacyDrawingHF r:id="rId9"/><tableParts count="0"/>'
)
DRAWING = f'{HEAD}<wsDr xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'.encode()


def header_footer() -> Parts:
    return packages.workbook(
        {"一": packages.sheet(DATA + TAIL)},
        {
            "xl/drawings/vmlDrawing9.vml": HEADER_VML,
            "xl/drawings/drawing1.xml": DRAWING,
            SHEET_RELS: packages.rels(
                ("rId8", "drawing", "../drawings/drawing1.xml"), ("rId9", "vmlDrawing", "../drawings/vmlDrawing9.vml")
            ),
        },
        more_types={"xl/drawings/drawing1.xml": "application/vnd.openxmlformats-officedocument.drawing+xml"},
        defaults={"vml": VML_TYPE},
    )  # fmt: skip


def prefixed() -> Parts:
    whole = (
        f'{HEAD}<x:worksheet xmlns:x="{MAIN}" xmlns:rel="{REL}"><x:sheetData><x:row r="2"><x:c r="A2"><x:v>1</x:v>'
        '</x:c></x:row></x:sheetData><x:conditionalFormatting sqref="A1"><x:cfRule type="expression" priority="3">'
        "<x:formula>FALSE</x:formula></x:cfRule></x:conditionalFormatting><x:extLst/></x:worksheet>"
    )
    parts = packages.workbook({"一": whole.encode()})
    styles = parts["xl/styles.xml"].decode().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    parts["xl/styles.xml"] = styles.replace("xmlns=", "xmlns:x=").encode()
    return parts


def prefixed_comments() -> Parts:
    parts = with_comments(PLAIN, BOX)
    listed = parts["xl/comments1.xml"].decode().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    parts["xl/comments1.xml"] = listed.replace("xmlns=", "xmlns:x=").encode()
    return parts


def strict() -> Parts:
    sheet = packages.sheet(main=STRICT_MAIN, rel=STRICT_REL)
    return packages.workbook({"一": sheet}, main=STRICT_MAIN, rel=STRICT_REL)


def declared_by_override() -> Parts:
    parts = packages.workbook({"一": packages.sheet()})
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    types = parts["[Content_Types].xml"].decode()
    types = types.replace(f'<Default Extension="rels" ContentType="{kind}"/>', "")
    own = "".join(f'<Override PartName="/{n}" ContentType="{kind}"/>' for n in parts if n.endswith(".rels"))
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{own}</Types>").encode()
    return parts


def self_closed() -> Parts:
    inside = "<sheetData/><mergeCells count='1'><mergeCell ref='A2:C7'/></mergeCells>"
    parts = packages.workbook({"一": packages.sheet(inside)})
    parts[SHEET_RELS] = f'{HEAD}<Relationships xmlns="{packages.PACKAGE}/relationships" />'.encode()
    return parts


def alternatives() -> Parts:
    inside = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x14"><controls><control shapeId="1" name="legacyDrawing" r:id="rId1"/></controls>'
        "</mc:Choice></mc:AlternateContent>"
    )
    misleading = "<!-- </sheetData> <legacyDrawing/> -->"
    return packages.workbook({"一": packages.sheet(f"{misleading}{DATA}{inside}<extLst></extLst>")})


def utf16() -> Parts:
    parts = packages.workbook({"一": packages.sheet()})
    text = parts["xl/worksheets/sheet1.xml"].decode().replace('"UTF-8"', '"UTF-16"')
    parts["xl/worksheets/sheet1.xml"] = b"\xff\xfe" + text.encode("utf-16-le")
    return parts


def no_boxes() -> Parts:
    """Comments as some programs write them: without any drawing."""
    parts = with_comments(PLAIN, BOX)
    del parts["xl/drawings/vmlDrawing1.vml"]
    parts["xl/worksheets/sheet1.xml"] = packages.sheet()
    parts[SHEET_RELS] = packages.rels(("rId3", "comments", "../comments1.xml"))
    return parts


def controls_only() -> Parts:
    """A drawing that holds a form control and a line break that XML does not allow."""
    button = '<v:shape id="_x0000_s1030"><v:textbox>按钮<br>二</v:textbox><x:ClientData ObjectType="Button"/></v:shape>'
    parts = with_comments(PLAIN, packages.drawing(button))
    del parts["xl/comments1.xml"]
    parts[SHEET_RELS] = packages.rels(("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"))
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"/xl/comments1.xml", b"/xl/other.xml")
    return parts


def no_lists() -> Parts:
    parts = with_comments("", packages.drawing(), authors="")
    parts["xl/comments1.xml"] = f'{HEAD}<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
    parts["xl/styles.xml"] = packages.STYLES.replace(b'<dxfs count="0"/>', b"")
    return parts


def other_encodings_of_vml() -> Parts:
    return with_comments(PLAIN, b'<xml xmlns:v="urn:schemas-microsoft-com:vml" />\r\n')


def threads() -> Parts:
    root = "{00000000-0000-0000-0000-00000000000A}"
    note = '<comment ref="A2" authorId="0"><text><t>[Threaded comment]\n\nComment:\n    对吗</t></text></comment>'
    parts = with_comments(note, BOX, authors=f"<author>tc={root}</author>")
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'{HEAD}<ThreadedComments xmlns="{TC}"><threadedComment ref="A2" dT="2021-03-04T05:06:07.00" '
        f'personId="{{00000000-0000-0000-0000-00000000000B}}" id="{root}"><text>对吗</text></threadedComment>'
        "</ThreadedComments>"
    ).encode()
    parts["xl/persons/person.xml"] = (
        f'{HEAD}<personList xmlns="{TC}"><person displayName="张" id="{{00000000-0000-0000-0000-00000000000B}}" '
        'userId="z" providerId="None"/></personList>'
    ).encode()
    microsoft = "http://schemas.microsoft.com/office/2017/10/relationships"
    for name, kind, target in (
        (SHEET_RELS, "threadedComment", "../threadedComments/threadedComment1.xml"),
        ("xl/_rels/workbook.xml.rels", "person", "persons/person.xml"),
    ):
        more = f'<Relationship Id="rIdT" Type="{microsoft}/{kind}" Target="{target}"/></Relationships>'
        parts[name] = parts[name].replace(b"</Relationships>", more.encode())
    own = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.ms-excel.{kind}+xml"/>'
        for name, kind in (
            ("xl/threadedComments/threadedComment1.xml", "threadedcomments"), ("xl/persons/person.xml", "person"),
        )
    )  # fmt: skip
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", f"{own}</Types>".encode())
    return parts


PACKAGES = {
    "plain": packages.workbook({"一": packages.sheet(), "二": packages.sheet()}),
    "rich text note": with_comments(RICH, BOX),
    "plain text note": with_comments(PLAIN, BOX),
    "empty note": with_comments(EMPTY, BOX),
    "note without a box": with_comments(PLAIN, packages.drawing()),
    "notes without boxes": no_boxes(),
    "header and footer pictures": header_footer(),
    "prefixed names": prefixed(),
    "prefixed comments": prefixed_comments(),
    "strict": strict(),
    "relationships declared by override": declared_by_override(),
    "self-closed": self_closed(),
    "alternate content": alternatives(),
    "utf-16": utf16(),
    "form controls, vml that is no xml": controls_only(),
    "empty lists": no_lists(),
    "self-closed vml": other_encodings_of_vml(),
    "threads": threads(),
}


@pytest.fixture(params=PACKAGES, ids=str)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return packages.save(tmp_path, PACKAGES[request.param])


@pytest.mark.parametrize("more", [False, True], ids=["notes", "notes, colours, results"])
def test_clear_gives_every_byte_back(path: Path, more: bool) -> None:
    data = path.read_bytes()
    outcome = annotate_package(path, HERE, highlight=more, result_sheet=RESULTS if more else None)
    assert outcome.changed
    annotated = path.read_bytes()
    assert not annotate_package(path, HERE, highlight=more, result_sheet=RESULTS if more else None).changed
    assert path.read_bytes() == annotated
    assert clear_package(path).removed == 2
    assert path.read_bytes() == data


def test_only_what_must_change_changes(path: Path) -> None:
    before = packages.entries(path)
    annotate_package(path, HERE)
    after = packages.entries(path)
    allowed = {
        "[Content_Types].xml", SHEET_RELS, "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/persons/person.xml",
        "xl/drawings/vmlDrawing1.vml", "xl/threadedComments/threadedComment1.xml",
    }  # fmt: skip
    assert list(after)[: len(before)] == list(before)
    assert {name for name in before if before[name] != after[name]} <= allowed
    assert {name for name in after if name not in before} <= {
        SHEET_RELS, "xl/comments_gouji1.xml", "xl/drawings/vmlDrawing_gouji1.vml",
    }  # fmt: skip


def test_every_part_stays_well_formed_and_reachable(path: Path) -> None:
    annotate_package(path, HERE, highlight=True, result_sheet=RESULTS)
    parts = packages.entries(path)
    for name, data in parts.items():
        if not name.endswith(".vml"):
            packages.xml(data)
    types = parts["[Content_Types].xml"].decode()
    for name in parts:
        extension = name.rpartition(".")[2]
        assert f'PartName="/{name}"' in types or f'Extension="{extension}"' in types or name == "[Content_Types].xml"


@pytest.mark.parametrize("name", sorted(PACKAGES.keys() - {"strict"}))  # openpyxl reads no strict workbooks
def test_openpyxl_reads_the_notes(tmp_path: Path, name: str) -> None:
    path = packages.save(tmp_path, PACKAGES[name])
    before = openpyxl.load_workbook(path)["一"]["A2"].comment
    annotate_package(path, HERE)
    sheet = openpyxl.load_workbook(path)["一"]
    assert sheet["A2"].comment.text == (TEXT if before is None else f"{before.text}\n{TEXT}")
    assert sheet["AD7"].comment.text == TEXT


class TestPlaces:
    """Where the pieces go."""

    @staticmethod
    def annotated(tmp_path: Path, name: str) -> dict[str, str]:
        path = packages.save(tmp_path, PACKAGES[name])
        annotate_package(path, HERE)
        return {
            part: data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8")
            for part, data in packages.entries(path).items()
        }

    def test_the_drawing_comes_after_drawing_and_before_the_header_pictures(self, tmp_path: Path) -> None:
        parts = self.annotated(tmp_path, "header and footer pictures")
        sheet = parts["xl/worksheets/sheet1.xml"]
        assert '<drawing r:id="rId8"/><legacyDrawing r:id="goujiBoxes"/><legacyDrawingHF r:id="rId9"/>' in sheet
        assert parts["xl/drawings/vmlDrawing9.vml"] == HEADER_VML.decode()

    def test_shape_ids_avoid_those_of_other_drawings(self, tmp_path: Path) -> None:
        drawing = self.annotated(tmp_path, "header and footer pictures")["xl/drawings/vmlDrawing_gouji1.vml"]
        assert 'data="3"' in drawing
        assert 'id="_x0000_s3073"' in drawing
        assert 'id="_x0000_s3074"' in drawing

    def test_shape_ids_go_on_after_a_persons(self, tmp_path: Path) -> None:
        drawing = self.annotated(tmp_path, "plain text note")["xl/drawings/vmlDrawing1.vml"]
        assert drawing.count('id="_x0000_s1025"') == 1
        assert drawing.count('id="_x0000_s1026"') == 1

    def test_prefixes_are_those_of_the_part(self, tmp_path: Path) -> None:
        parts = self.annotated(tmp_path, "prefixed names")
        assert '<x:legacyDrawing rel:id="goujiBoxes"/><x:extLst/>' in parts["xl/worksheets/sheet1.xml"]
        parts = self.annotated(tmp_path, "prefixed comments")
        assert "<x:t>已核对 &amp; &lt;无误&gt;</x:t></x:r\t><x:r>" in parts["xl/comments1.xml"]

    def test_strict_parts_get_strict_relationships(self, tmp_path: Path) -> None:
        parts = self.annotated(tmp_path, "strict")
        assert f'Type="{STRICT_REL}/comments"' in parts[SHEET_RELS]
        assert f'<comments xmlns="{STRICT_MAIN}">' in parts["xl/comments_gouji1.xml"]

    def test_names_inside_alternatives_and_remarks_are_not_taken_for_elements(self, tmp_path: Path) -> None:
        sheet = self.annotated(tmp_path, "alternate content")["xl/worksheets/sheet1.xml"]
        assert '</sheetData><legacyDrawing r:id="goujiBoxes"/><mc:AlternateContent' in sheet

    def test_rich_text_is_kept_to_the_byte(self, tmp_path: Path) -> None:
        listed = self.annotated(tmp_path, "rich text note")["xl/comments1.xml"]
        head, tail = RICH.split("<phoneticPr")
        assert head + "<r><rPr>" in listed
        assert "</r><phoneticPr" + tail in listed

    def test_a_reply_joins_the_thread(self, tmp_path: Path) -> None:
        path = packages.save(tmp_path, PACKAGES["threads"])
        outcome = annotate_package(path, HERE)
        assert [chinese for chinese, _ in outcome.remarks] == [
            "工作表“一”的 A2 已有讨论串批注，意见作为回复写入其中。"
        ]
        parts = packages.entries(path)
        thread = packages.xml(parts["xl/threadedComments/threadedComment1.xml"])
        first, reply = thread
        people = {p.get("id"): p.get("displayName") for p in packages.xml(parts["xl/persons/person.xml"])}
        assert reply.get("parentId") == first.get("id")
        assert (reply.get("ref"), reply[0].text) == ("A2", TEXT)
        assert people[reply.get("personId")] == "gouji 勾稽"

    def test_a_thread_without_persons_is_said(self, tmp_path: Path) -> None:
        parts = dict(PACKAGES["threads"])
        del parts["xl/persons/person.xml"]
        path = packages.save(tmp_path, parts)
        outcome = annotate_package(path, HERE)
        assert "缺少人员表" in outcome.remarks[0][0]
        clear_package(path)
        assert packages.entries(path) == parts


def test_what_openpyxl_would_lose_and_ours_does_not(tmp_path: Path) -> None:
    """The same package through a load and save of openpyxl and through gouji, part by part."""
    parts = threads() | {
        "xl/printerSettings/printerSettings1.bin": b"\1\2",
        "customXml/item1.xml": b"<a/>",
        "xl/drawings/drawing1.xml": DRAWING,
        "xl/calcChain.xml": f'{HEAD}<calcChain xmlns="{MAIN}"><c r="C2" i="1"/></calcChain>'.encode(),
    }
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/octet-stream"/></Types>'
    )
    path = packages.save(tmp_path, parts)

    openpyxl.load_workbook(path).save(tmp_path / "saved.xlsx")
    saved = packages.entries(tmp_path / "saved.xlsx")
    assert {name for name in parts if saved.get(name) == parts[name]} == set()
    assert {name for name in parts if name not in saved} >= {
        "xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml", "customXml/item1.xml",
        "xl/printerSettings/printerSettings1.bin", "xl/drawings/drawing1.xml", "xl/calcChain.xml",
    }  # fmt: skip
    assert b"<v>3798</v>" in parts["xl/worksheets/sheet1.xml"]
    assert b"<v>3798</v>" not in saved["xl/worksheets/sheet1.xml"]

    annotate_package(path, HERE)
    ours = packages.entries(path)
    assert {name for name in parts if ours[name] != parts[name]} == {
        "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/persons/person.xml",
        "xl/threadedComments/threadedComment1.xml",
    }  # fmt: skip
    clear_package(path)
    assert packages.entries(path) == parts
