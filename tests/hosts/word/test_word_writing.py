from __future__ import annotations

from pathlib import Path

import docx
import pytest

from gouji.document import Span, SpanNote
from gouji.errors import WorkbookError
from gouji.hosts.protocol import AUTHOR, CellNote
from gouji.hosts.word.reading import read_document
from gouji.hosts.word.writing import annotate_document, clear_document
from gouji.sheet import CellRef
from tests.hosts import packages
from tests.hosts.word import documents as d

A01 = "【勾稽 A01】本年收入与收入决算表不符。"
B01 = "【勾稽 B01】占比不符。"
PERSON = (
    f'<w:comments {d.SPACES}><w:comment w:id="7" w:author="张" w:date="2021-03-04T05:06:00Z" w:initials="Z">'
    '<w:p w14:paraId="00000001"><w:r><w:t>请核</w:t></w:r></w:p></w:comment></w:comments>'
).encode()
LINK = (("rId5", "comments", "comments.xml"),)


def words(document: Path, text: str, *paragraphs: str) -> SpanNote:
    """A note on these words, where they first stand."""
    for index, each in enumerate(read_document(document).paragraphs):
        if text in each.text:
            at = each.text.index(text)
            return SpanNote(Span(index, at, at + len(text)), paragraphs or (A01,))
    raise AssertionError(text)


def comments(path: Path) -> list[tuple[str, str]]:
    return [(each.author, each.text) for each in docx.Document(str(path)).comments]


def covered(path: Path) -> dict[str, str]:
    """The words that each comment covers, by its id."""
    found: dict[str, str] = {}
    opened: set[str] = set()
    for element in packages.xml(packages.entries(path)["word/document.xml"]).iter():
        name, number = element.tag.rpartition("}")[2], element.get(f"{{{d.W}}}id", "")
        if name == "commentRangeStart":
            opened.add(number)
            found[number] = ""
        elif name == "commentRangeEnd":
            opened.discard(number)
        elif name == "t":
            for each in opened:
                found[each] += element.text or ""
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Words in several runs, a link, a tracked insertion and a table; a person's comment on 收入."""
    document = d.body(
        d.paragraph(
            d.run("2020年本年", "<w:b/>"), '<w:commentRangeStart w:id="7"/>', d.run("收入3,9", '<w:sz w:val="32"/>'),
            '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>', d.run("72.0万元，"),
            '<w:ins w:id="3" w:author="张">' + d.run("占比") + "</w:ins>",
            '<w:hyperlink w:anchor="a">' + d.run("99.8 %左右") + "</w:hyperlink>",
        ),
        d.table(d.cell("合计") + d.cell("3,972.0")),
        d.paragraph(""), "<w:p/>",
    )  # fmt: skip
    return d.written(tmp_path / "说明.docx", document, {"word/comments.xml": PERSON}, LINK)


def test_comments_stand_on_the_exact_words_and_a_persons_stays(path: Path) -> None:
    before = packages.entries(path)
    notes = [words(path, "3,972.0"), words(path, "占比99.8", B01), words(path, "8 %", A01, B01)]
    outcome = annotate_document(path, notes)
    assert covered(path) == {"7": "收入3,9", "8": "3,972.0", "9": "占比99.8", "10": "8 %"}
    assert comments(path) == [("张", "请核"), (AUTHOR, A01), (AUTHOR, B01), (AUTHOR, f"{A01}\n{B01}")]
    assert outcome.words == tuple(note.span for note in notes)
    after = packages.entries(path)
    assert {name for name in after if after[name] != before[name]} == {"word/document.xml", "word/comments.xml"}
    assert after["word/comments.xml"].startswith(PERSON.removesuffix(b"</w:comments>"))


def test_the_halves_of_a_run_keep_its_looks(path: Path) -> None:
    annotate_document(path, [words(path, "年本")])
    runs = [(run.text, run.bold) for run in docx.Document(str(path)).paragraphs[0].runs if run.text]
    assert runs[:3] == [("2020", True), ("年本", True), ("年", True)]


def test_clear_gives_the_file_back_and_says_how_many(path: Path) -> None:
    data = path.read_bytes()
    annotate_document(path, [words(path, "3,972.0"), words(path, "占比")])
    outcome = clear_document(path)
    assert (outcome.removed, outcome.words, outcome.changed) == (2, (), True)
    assert path.read_bytes() == data
    assert not clear_document(path).changed


def test_a_document_without_comments_gets_a_part_and_loses_it_again(tmp_path: Path) -> None:
    path = d.written(tmp_path / "说明.docx", d.body(d.paragraph("本年收入3,972.0万元")))
    before = packages.entries(path)
    data = path.read_bytes()
    annotate_document(path, [words(path, "3,972.0")], backup=False)
    after = packages.entries(path)
    assert after.keys() - before.keys() == {"word/comments.xml"}
    assert {name for name in before if after[name] != before[name]} == {
        "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}  # fmt: skip
    assert comments(path) == [(AUTHOR, A01)]
    clear_document(path, backup=False)
    assert path.read_bytes() == data


def test_other_notes_take_the_place_of_ours(path: Path) -> None:
    annotate_document(path, [words(path, "3,972.0"), words(path, "占比")])
    outcome = annotate_document(path, [words(path, "占比"), words(path, "2020", B01)])
    assert (outcome.removed, covered(path)) == (1, {"7": "收入3,9", "8": "占比", "9": "2020"})
    assert annotate_document(path, []).removed == 2


def test_notes_on_the_same_words_are_one_comment(path: Path) -> None:
    annotate_document(path, [words(path, "占比"), words(path, "占比", B01, A01)])
    assert comments(path)[1:] == [(AUTHOR, f"{A01}\n{B01}")]


def test_empty_paragraphs_and_cells_of_tables_can_be_noted(path: Path) -> None:
    data = path.read_bytes()
    last = len(read_document(path).paragraphs) - 1
    notes: list[SpanNote | CellNote] = [
        SpanNote(Span(last, 0, 0), (A01,)), SpanNote(Span(last - 1, 0, 0), (A01,)),
        CellNote(CellRef("表1", 1, 2), (B01,), "error"),
    ]  # fmt: skip
    outcome = annotate_document(path, notes, backup=False)
    assert (outcome.noted, covered(path)["10"]) == ((CellRef("表1", 1, 2),), "3,972.0")
    assert len(comments(path)) == 4
    clear_document(path, backup=False)
    assert path.read_bytes() == data


def test_where_comments_cannot_stand_they_go_to_the_text_these_belong_to(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{d.paragraph('框')}</w:txbxContent></v:textbox></v:shape>"
    note = '<w:r><w:t>注</w:t><w:footnoteReference w:id="2"/></w:r>'
    path = d.written(
        tmp_path / "说明.docx",
        d.body(d.paragraph("首段"), d.paragraph("前", box + "</w:pict></w:r>", note, "后")),
        {
            "word/footnotes.xml":
                f'<w:footnotes {d.SPACES}><w:footnote w:id="2">{d.paragraph("脚")}</w:footnote></w:footnotes>'.encode(),
            "word/footer1.xml": f"<w:ftr {d.SPACES}>{d.paragraph('页脚')}</w:ftr>".encode(),
        },
        (("rId2", "footnotes", "footnotes.xml"), ("rId3", "footer", "footer1.xml")),
    )  # fmt: skip
    data = path.read_bytes()
    outcome = annotate_document(path, [words(path, each) for each in ("框", "脚", "页脚")], backup=False)
    assert covered(path) == {"0": "框", "1": "注", "2": "首段"}
    assert "文本框、脚注、页眉页脚" in outcome.remarks[0][0]
    clear_document(path, backup=False)
    assert path.read_bytes() == data


def test_after_another_program_saved_it_ours_are_gone_and_every_word_is_there(path: Path) -> None:
    text = [each.text for each in read_document(path).paragraphs]
    annotate_document(path, [words(path, "3,972.0"), words(path, "占比")])
    saved = docx.Document(str(path))
    saved.add_paragraph("后来加的")
    saved.save(str(path))
    assert annotate_document(path, [words(path, "占比")]).removed == 1
    assert clear_document(path).removed == 1
    assert comments(path) == [("张", "请核")]
    assert covered(path) == {"7": "收入3,9"}
    assert [each.text for each in read_document(path).paragraphs] == [*text, "后来加的"]


def test_what_a_person_wrote_into_our_comment_stays(path: Path) -> None:
    annotate_document(path, [words(path, "占比")])
    saved = docx.Document(str(path))
    next(each for each in saved.comments if each.author == AUTHOR).add_paragraph("已改")
    saved.save(str(path))
    assert clear_document(path).removed == 1
    assert comments(path) == [("张", "请核"), (AUTHOR, "已改")]
    assert covered(path)["8"] == "占比"


def test_a_reply_to_ours_becomes_a_comment_of_its_own(tmp_path: Path) -> None:
    both = PERSON.replace(
        b"<w:comment ",
        f'<w:comment w:id="3" w:author="{AUTHOR}"><w:p w14:paraId="0000000A"><w:r><w:t>{A01}</w:t></w:r></w:p>'
        "</w:comment><w:comment ".encode(), 1,
    )  # fmt: skip
    threads = (
        f'<w15:commentsEx xmlns:w15="{d.W15}"><w15:commentEx w15:paraId="0000000A" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="0000000A" w15:done="0"/></w15:commentsEx>'
    ).encode()
    ids = (
        f'<w16cid:commentsIds xmlns:w16cid="{d.CID}"><w16cid:commentId w16cid:paraId="0000000A" '
        'w16cid:durableId="1"/><w16cid:commentId w16cid:paraId="00000001" w16cid:durableId="2"/></w16cid:commentsIds>'
    ).encode()
    marked = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in (3, 7)) + d.run("收入") + "".join(
        f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>' for n in (3, 7))  # fmt: skip
    path = d.written(
        tmp_path / "说明.docx", d.body(d.paragraph("本年", marked)),
        {"word/comments.xml": both, "word/commentsExtended.xml": threads, "word/commentsIds.xml": ids},
        (*LINK, ("rId6", f"{d.MS_REL}/2011/relationships/commentsExtended", "commentsExtended.xml"),
         ("rId7", f"{d.MS_REL}/2016/09/relationships/commentsIds", "commentsIds.xml")),
    )  # fmt: skip
    assert clear_document(path).removed == 1
    after = packages.entries(path)
    assert after["word/comments.xml"] == PERSON
    assert after["word/commentsExtended.xml"].count(b"commentEx ") == 1
    assert b"0000000A" not in after["word/commentsExtended.xml"] + after["word/commentsIds.xml"]
    assert covered(path) == {"7": "收入"}


def test_a_copy_leaves_the_file_as_it_is_and_the_first_write_keeps_the_original(path: Path) -> None:
    data = path.read_bytes()
    copy = path.with_name("审核.docx")
    assert annotate_document(path, [words(path, "占比")], out=copy).path == copy
    assert path.read_bytes() == data
    assert len(comments(copy)) == 2
    outcome = annotate_document(path, [words(path, "占比")])
    assert outcome.backup == path.with_name("说明.原件.docx")
    assert outcome.backup.read_bytes() == data
    assert path.read_bytes() == copy.read_bytes()


@pytest.mark.parametrize(
    ("name", "lock"),
    [("说明.docx", "~$说明.docx"), ("决算情况说明七.docx", "~$算情况说明七.docx"),
     ("部门决算情况说明.docx", "~$决算情况说明.docx"), ("说明.docx", ".~lock.说明.docx#")],
)  # fmt: skip
def test_a_file_open_in_word_is_not_written(path: Path, name: str, lock: str) -> None:
    path = path.rename(path.with_name(name))
    path.with_name(lock).write_bytes(b"")
    with pytest.raises(WorkbookError, match="正在其他程序中打开"):
        annotate_document(path, [words(path, "占比")])


def test_a_hostile_document_is_refused(tmp_path: Path) -> None:
    deep = d.body("<w:tbl><w:tr><w:tc/><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400)
    with pytest.raises(WorkbookError, match="嵌套过深"):
        clear_document(d.written(tmp_path / "说明.docx", deep))


@pytest.mark.parametrize(
    "note",
    [SpanNote(Span(99, 0, 1), (A01,)), SpanNote(Span(0, 0, 999), (A01,)),
     CellNote(CellRef("表9", 1, 1), (A01,), "error")],
)  # fmt: skip
def test_words_that_are_not_there_are_refused_and_nothing_written(path: Path, note: SpanNote | CellNote) -> None:
    data = path.read_bytes()
    with pytest.raises(WorkbookError, match="没有要加批注的文字"):
        annotate_document(path, [note])
    assert path.read_bytes() == data


def test_a_paragraph_without_the_marker_is_a_fault_of_the_caller(path: Path) -> None:
    with pytest.raises(ValueError, match="【勾稽"):
        annotate_document(path, [words(path, "占比", "别的话")])


def test_plain_text_takes_no_comments(tmp_path: Path) -> None:
    path = tmp_path / "说明.txt"
    path.write_text("收入", "utf-8")
    with pytest.raises(WorkbookError, match="是纯文本，不能写批注"):
        annotate_document(path, [])


def test_documents_in_utf_16_and_with_another_prefix(tmp_path: Path) -> None:
    plain = f'<document xmlns="{d.STRICT}"><body><p><r><t>本年收入</t></r></p></body></document>'
    for document in (plain.encode(), ("<?xml version='1.0' encoding='UTF-16'?>" + plain).encode("utf-16")):
        path = d.written(tmp_path / "说明.docx", document)
        data = path.read_bytes()
        annotate_document(path, [words(path, "收")], backup=False)
        root = packages.xml(packages.entries(path)["word/document.xml"])
        assert [each.get(f"{{{d.STRICT}}}id") for each in root.iter(f"{{{d.STRICT}}}commentReference")] == ["0"]
        clear_document(path, backup=False)
        assert path.read_bytes() == data
