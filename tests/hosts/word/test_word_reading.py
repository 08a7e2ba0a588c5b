from __future__ import annotations

from pathlib import Path

import docx
import pytest

from gouji.document import Document, Paragraph
from gouji.errors import WorkbookError
from gouji.hosts.word.reading import read_document
from gouji.sheet import Area
from tests.hosts import packages
from tests.hosts.word import documents as d


def read(folder: Path, *blocks: str, more: packages.Parts | None = None, links: d.Links = ()) -> Document:
    return read_document(d.written(folder / "说明.docx", d.body(*blocks), more, links))


def texts(folder: Path, *blocks: str) -> list[str]:
    return [paragraph.text for paragraph in read(folder, *blocks).paragraphs]


def test_words_in_several_runs_are_one_paragraph_with_tabs_and_breaks(tmp_path: Path) -> None:
    blocks = d.paragraph(d.run("本年"), d.run("收入3,", "<w:b/>"), "<w:r><w:t>972.0</w:t><w:tab/><w:t>万元</w:t>"
                         "<w:br/><w:t>其中</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>甲</w:t></w:r>"),  # fmt: skip
    assert texts(tmp_path, *blocks) == ["本年收入3,972.0\t万元 其中-甲"]


def test_python_docx_reads_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "说明.docx"
    made = docx.Document()
    made.add_heading("一、总体情况", 1)
    made.add_paragraph("本年收入").add_run("3,972.0").bold = True
    made.save(str(path))
    assert read_document(path).paragraphs == (Paragraph("一、总体情况", 1), Paragraph("本年收入3,972.0"))
    assert [each.text for each in docx.Document(str(path)).paragraphs] == ["一、总体情况", "本年收入3,972.0"]


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ('<w:pStyle w:val="1"/>', 1),
        ('<w:pStyle w:val="b"/>', 2),
        ('<w:pStyle w:val="c"/>', 2),
        ('<w:outlineLvl w:val="3"/>', 4),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', None),
        ('<w:pStyle w:val="a"/>', None),
        ("", None),
    ],
)
def test_a_heading_is_told_by_its_outline_level(tmp_path: Path, properties: str, level: int | None) -> None:
    assert read(tmp_path, d.paragraph("收入", properties=properties)).paragraphs == (Paragraph("收入", level),)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<w:ins w:id="1" w:author="a"><w:r><w:t>新</w:t></w:r></w:ins>', "前新后"),
        ('<w:del w:id="1" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>', "前后"),
        ('<w:moveFrom w:id="1" w:author="a"><w:r><w:t>旧</w:t></w:r></w:moveFrom>', "前后"),
        ('<w:moveTo w:id="1" w:author="a"><w:r><w:t>新</w:t></w:r></w:moveTo>', "前新后"),
        ('<w:hyperlink w:anchor="x"><w:r><w:t>链</w:t></w:r></w:hyperlink>', "前链后"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>今</w:t></w:r></w:fldSimple>', "前今后"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
         '<w:r><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "前7后"),
        ("<w:sdt><w:sdtContent><w:sdt><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt></w:sdtContent>"
         "</w:sdt>", "前控后"),
        ('<w:r><w:sym w:font="Wingdings" w:char="2713"/></w:r>', "前✓后"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", "前后"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>', "前显后"),
        ("<m:oMath><m:r><m:t>a÷b</m:t></m:r></m:oMath>", "前a÷b后"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby>"
         "</w:r>", "前拼后"),
        ("<w:r><w:t> 空 </w:t></w:r>", "前空后"),
        ('<w:r><w:t xml:space="preserve"> 空 </w:t></w:r>', "前 空 后"),
        ('<w:commentRangeStart w:id="1"/><w:bookmarkStart w:id="0" w:name="a"/>', "前后"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_and_nothing_else(tmp_path: Path, content: str, text: str) -> None:
    assert texts(tmp_path, d.paragraph("前", content, "后")) == [text]


def test_where_the_end_of_a_paragraph_was_deleted_the_next_carries_on(tmp_path: Path) -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    assert texts(tmp_path, d.paragraph("本年", properties=gone), d.paragraph("收入"), d.paragraph("支出")) == [
        "本年收入", "支出"]  # fmt: skip


def test_boxes_and_notes_follow_their_paragraph_and_page_headers_come_last(tmp_path: Path) -> None:
    box = "<w:txbxContent>" + d.paragraph("框里") + "</w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
    notes = f'<w:footnotes {d.SPACES}><w:footnote w:id="2">{d.paragraph("注：单位万元")}</w:footnote></w:footnotes>'
    found = read(
        tmp_path,
        d.paragraph("一", both + "</mc:Fallback></mc:AlternateContent></w:r>", "二",
                    '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        d.paragraph("三"),
        more={
            "word/footnotes.xml": notes.encode(),
            "word/header1.xml": f"<w:hdr {d.SPACES}>{d.paragraph('2020年度决算')}</w:hdr>".encode(),
        },
        links=(("rId2", "footnotes", "footnotes.xml"), ("rId3", "header", "header1.xml")),
    )  # fmt: skip
    assert [each.text for each in found.paragraphs] == ["一二", "框里", "注：单位万元", "三", "2020年度决算"]


def test_a_table_is_a_sheet_with_the_lines_above_it_as_its_header(tmp_path: Path) -> None:
    long = "这是一段说明文字。"
    found = read(
        tmp_path,
        d.paragraph(long), d.paragraph("收入决算表"), d.paragraph(""), d.paragraph("金额单位：万元"),
        d.table(
            d.cell("科目", '<w:gridSpan w:val="2"/>') + d.cell("金额"),
            d.cell("201", '<w:vMerge w:val="restart"/>') + d.cell("一般公共服务") + d.cell("1,899.0"),
            d.cell("", "<w:vMerge/>") + d.cell("其他") + d.cell(""),
        ),
        d.paragraph("后文"),
    )  # fmt: skip
    (sheet,) = found.tables
    assert (sheet.name, sheet.header) == ("表1", "收入决算表\n金额单位：万元")
    assert {place: cell.text for place, cell in sheet.cells.items()} == {
        (1, 1): "科目", (1, 3): "金额", (2, 1): "201", (2, 2): "一般公共服务", (2, 3): "1,899.0", (3, 2): "其他",
    }  # fmt: skip
    assert sheet.merged == (Area(1, 1, 1, 2), Area(2, 1, 3, 1))
    assert [each.text for each in found.paragraphs][-1] == "后文"


def test_a_single_cell_is_a_frame_and_a_table_in_a_table_is_one_of_its_own(tmp_path: Path) -> None:
    inner = d.table(d.cell("甲") + d.cell("1"))
    outer = d.table(f"<w:tc>{inner}{d.paragraph('外')}</w:tc>" + d.cell("2"))
    found = read(tmp_path, d.table(d.cell("框")), outer)
    assert [each.text for each in found.paragraphs] == ["框"]
    assert [(sheet.name, sorted(cell.text for cell in sheet.cells.values())) for sheet in found.tables] == [
        ("表1", ["2", "外"]), ("表2", ["1", "甲"])]  # fmt: skip


def test_strict_documents_and_another_prefix_are_read(tmp_path: Path) -> None:
    document = f'<document xmlns="{d.STRICT}"><body><p><r><t>收入</t></r></p></body></document>'
    path = d.written(tmp_path / "说明.docx", document.encode())
    assert read_document(path).paragraphs == (Paragraph("收入"),)


def test_what_is_embedded_and_not_read_is_said(tmp_path: Path) -> None:
    assert "altChunk" in read(tmp_path, '<w:altChunk r:id="rId9"/>').remarks[0][0]


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "说明.docx 是空文件（0 字节）。请重新导出或复制该文档。"),
        ("说明".encode(), "说明.docx 不是 Word 文档：内容不是 .docx 格式。请用 Word 或 WPS 打开后另存为 .docx。"),
        (OLE2, "说明.docx 是旧格式文件（.doc、.wps 或 .xls）。请用 Word 或 WPS 打开后另存为 .docx 再审核。"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"),
         "说明.docx 已加密，需要打开密码。请先在 Word 或 WPS 中取消打开密码，另存后再审核。"),
        (packages.zipped({"mimetype": b"", "content.xml": b""}),
         "说明.docx 不是 .docx 文档，而是 OpenDocument（.odt）。请用 Word 或 WPS 打开后另存为 .docx。"),
        (packages.zipped(packages.workbook({"表": packages.sheet()})),
         "说明.docx 不是 .docx 文档，而是 Excel 工作簿。请核对给出的是哪个文件。"),
        (packages.zipped(d.package(d.body(d.paragraph("一"))))[:-300],
         "说明.docx 已损坏或不完整（可能没有下载或复制完）。请重新取得该文件。"),
        (packages.zipped(d.package(b"<w:document")),
         "文档的部件 word/document.xml 无法读取：XML 有误（unclosed token）"),
        (packages.zipped(d.package(f"<w:document {d.SPACES}/>".encode())),
         "文档的部件 word/document.xml 无法读取：没有正文（w:body）"),
        (packages.zipped(d.package(d.body("<w:tbl><w:tr><w:tc/><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400))),
         "文档的部件 word/document.xml 无法读取：嵌套过深"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_named_with_the_next_step(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "说明.docx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as error:
        read_document(path)
    assert error.value.chinese == message


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_plain_text_in_every_coding(tmp_path: Path, coding: str) -> None:
    path = tmp_path / "说明.txt"
    path.write_bytes("一、收入\r\n\n本年收入3,972.0万元。".encode(coding))
    assert read_document(path).paragraphs == (Paragraph("一、收入"), Paragraph(""), Paragraph("本年收入3,972.0万元。"))


def test_markdown_has_headings_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "说明.md"
    path.write_text("## 一、收入\n收入决算表\n| 项目 | 金额 |\n|---|---:|\n| 合计 | 3,972.0 |\n\n后文\n", "utf-8")
    found = read_document(path)
    assert found.paragraphs == (
        Paragraph("一、收入", 2), Paragraph("收入决算表"), Paragraph(""), Paragraph("后文"), Paragraph(""),
    )  # fmt: skip
    assert {place: cell.text for place, cell in found.tables[0].cells.items()} == {
        (1, 1): "项目", (1, 2): "金额", (2, 1): "合计", (2, 2): "3,972.0"}  # fmt: skip
    assert found.tables[0].header == "一、收入\n收入决算表"


@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff", b"PK\3\4aaaa", b"%PDF-1.4", OLE2])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "说明.txt"
    path.write_bytes(content)
    with pytest.raises(WorkbookError, match="不是纯文本"):
        read_document(path)
