"""Real programs open an annotated document: LibreOffice shows the comments, the Open XML SDK finds no new fault."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import docx
import pytest

from gouji.document import Document, Paragraph, Span, SpanNote
from gouji.hosts.protocol import AUTHOR
from gouji.hosts.word.new import new_document
from gouji.hosts.word.reading import read_document
from gouji.hosts.word.writing import annotate_document, clear_document
from tests import programs
from tests.hosts import packages
from tests.hosts.word import documents as d
from tests.hosts.word.test_word_writing import A01, LINK, PERSON, words

TITLE, SENTENCE = "一、总体情况", "2020年本年收入3,972.0万元，占 99.8 %。"


def made(folder: Path, *, hand: bool) -> Path:
    """A document as python-docx writes it, or one by hand with a link, a tracked insertion and a person's comment."""
    path = folder / "说明.docx"
    if hand:
        document = d.body(
            d.paragraph(TITLE, properties='<w:pStyle w:val="1"/>'),
            d.paragraph(
                d.run("2020年本年", "<w:b/>"), '<w:commentRangeStart w:id="7"/>', d.run("收入3,9"),
                '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>', d.run("72.0万元，"),
                '<w:ins w:id="3" w:author="张" w:date="2021-03-04T05:06:00Z">' + d.run("占") + "</w:ins>",
                '<w:hyperlink w:anchor="a">' + d.run(" 99.8 %。", preserve=True) + "</w:hyperlink>",
            ),
        ).replace(b"<w:sectPr/>", b'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>')  # fmt: skip
        return d.written(path, document, {"word/comments.xml": PERSON}, LINK)
    written = docx.Document()
    written.add_heading(TITLE, 1)
    paragraph = written.add_paragraph("2020年本年收入3,9")
    paragraph.add_run("72.0").bold = True
    paragraph.add_run("万元，占 99.8 %。")
    written.save(str(path))
    return path


def annotated(path: Path) -> list[str]:
    """Annotate overlapping words; the words that have comments of ours."""
    told = [words(path, each) for each in (TITLE, "3,972.0", "收入3,972", "占 99", "99.8 %")]
    last = len(read_document(path).paragraphs) - 1
    annotate_document(path, [*told, SpanNote(Span(last, 0, 4), ("【勾稽 B01】另一处。",))], backup=False)
    return [TITLE, "3,972.0", "收入3,972", "占 99", "99.8 %", "2020"]


def plain(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml.replace("<text:s/>", " "))


@pytest.mark.office
@pytest.mark.parametrize("hand", [False, True])
def test_libreoffice_shows_the_comments_on_their_words(tmp_path: Path, hand: bool) -> None:
    path = made(tmp_path, hand=hand)
    expected = annotated(path)
    flat = programs.converted(path, "fodt", tmp_path).read_text("utf-8")
    ours = [each for each in re.findall(r"<office:annotation .*?</office:annotation>", flat, re.S) if AUTHOR in each]
    names = [re.search(r'office:name="([^"]+)"', each) for each in ours]
    shown = []
    for name in filter(None, names):
        inside = re.search(rf'<office:annotation [^>]*office:name="{name[1]}".*?name="{name[1]}"/>', flat, re.S)
        assert inside
        shown.append(plain(re.sub(r"<office:annotation .*?</office:annotation>", "", inside[0], flags=re.S)))
    assert sorted(shown) == sorted(expected)
    assert sum(A01 in plain(each) for each in ours) == 5
    everything = plain(re.sub(r"<office:annotation .*?</office:annotation>", "", flat, flags=re.S))
    assert SENTENCE in everything
    assert ("请核" in flat) == hand


@pytest.mark.validator
@pytest.mark.parametrize("hand", [False, True])
def test_the_sdk_finds_no_new_fault(tmp_path: Path, hand: bool) -> None:
    command = programs.validator(Path(tempfile.gettempdir()) / "gouji-ooxml-validator")
    path = made(tmp_path, hand=hand)
    original = Path(shutil.copy(path, tmp_path / "原.docx"))
    before = programs.schema_errors(command, original)
    annotated(path)
    assert programs.schema_errors(command, path) <= before
    clear_document(path, backup=False)
    assert packages.entries(path) == packages.entries(original)


@pytest.mark.validator
def test_the_sdk_finds_no_fault_in_a_new_document(tmp_path: Path) -> None:
    command = programs.validator(Path(tempfile.gettempdir()) / "gouji-ooxml-validator")
    path = tmp_path / "说明.docx"
    paragraphs = (Paragraph("一", 1), Paragraph("二", 2), Paragraph("三", 3), Paragraph("收入<1>【此处填写原因】。"))
    path.write_bytes(new_document(Document("标题 & 说明", paragraphs)))
    assert programs.schema_errors(command, path) == set()
