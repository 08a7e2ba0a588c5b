"""Any words of any document: annotated, they are noted and the text is the same; cleared, the file is as it was."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.document import Span, SpanNote
from gouji.hosts.word.reading import read_document
from gouji.hosts.word.writing import annotate_document, clear_document
from tests.hosts.packages import entries, xml
from tests.hosts.word import documents as d

LETTERS = st.text(alphabet=" 决算收入支出1,8.9%&<>\"'；;“”𠮷é", max_size=9)
PROPERTIES = st.sampled_from(["", "<w:b/>", '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>', "<w:vanish/>"])
KEPT = ' xml:space="preserve"'


def words(text: str, start: str, end: str, kept: bool) -> str:
    return f"<w:t{KEPT if kept else ''}>{start}{escape(text)}{end}</w:t>"


TEXT = st.builds(
    words, LETTERS, st.sampled_from(["", "", " ", "\n  "]),
    st.sampled_from(["", "", " ", "&#32;", "&amp;", "<!-- x -->"]), st.booleans(),
)  # fmt: skip
CHILD = st.one_of(
    TEXT, TEXT, TEXT,
    st.sampled_from([
        "<w:tab/>", "<w:br/>", "<w:t/>", "<w:t></w:t>", '<w:sym w:font="Wingdings" w:char="F0FC"/>', "<w:softHyphen/>",
        "<w:t><![CDATA[甲<乙]]></w:t>", "<w:lastRenderedPageBreak/>", '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>', "<w:instrText>PAGE</w:instrText>",
    ]),
)  # fmt: skip


@st.composite
def runs(draw: st.DrawFn) -> str:
    properties = draw(PROPERTIES)
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    attribute = draw(st.sampled_from(["", ' w:rsidR="00FC693F"']))
    return f"<w:r{attribute}>{style}{''.join(draw(st.lists(CHILD, max_size=4)))}</w:r>"


WRAPPERS = (
    "{}", "{}", '<w:hyperlink w:anchor="a">{}</w:hyperlink>', '<w:ins w:id="90" w:author="张">{}</w:ins>',
    '<w:del w:id="91" w:author="张"><w:r><w:delText>删</w:delText></w:r></w:del>{}',
    '<w:fldSimple w:instr="DATE">{}</w:fldSimple>', "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    '<w:smartTag w:uri="u" w:element="e">{}</w:smartTag>', '<w:bookmarkStart w:id="5" w:name="x"/>{}',
    "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>{}",
)  # fmt: skip


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    pieces = [draw(st.sampled_from(WRAPPERS)).format("".join(draw(st.lists(runs(), max_size=3)))) for _ in range(3)]
    inside = "".join(pieces[: draw(st.integers(0, 3))])
    return draw(st.sampled_from(["<w:p>{}</w:p>", "<w:p><w:pPr/>{}</w:p>"])).format(inside) if inside else "<w:p/>"


@settings(max_examples=60, deadline=None)
@given(st.lists(paragraphs(), min_size=1, max_size=4), st.data())
def test_words_are_noted_the_text_stays_and_clearing_gives_it_back(blocks: list[str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = d.written(Path(folder) / "说明.docx", d.body(*blocks))
        original = path.read_bytes()
        before = read_document(path)
        notes = []
        for number in range(data.draw(st.integers(1, 5))):
            place = data.draw(st.integers(0, len(before.paragraphs) - 1))
            length = len(before.paragraphs[place].text)
            start = data.draw(st.integers(0, length))
            span = Span(place, start, data.draw(st.integers(start, length)))
            notes.append(SpanNote(span, (f"【勾稽 {number}】",)))
        written = annotate_document(path, notes, backup=False)
        annotated = path.read_bytes()
        assert set(written.words) == {note.span for note in notes}
        assert read_document(path).paragraphs == before.paragraphs
        listed = docx.Document(str(path)).comments
        assert sorted(each.text for each in listed) == sorted(
            "\n".join(note.paragraphs[0] for note in notes if note.span == span) for span in written.words
        )
        assert not annotate_document(path, notes, backup=False).changed
        assert path.read_bytes() == annotated
        assert clear_document(path, backup=False).removed == len(written.words)
        assert path.read_bytes() == original


PLAIN_RUNS = st.lists(
    st.builds(
        lambda properties, pieces: f"<w:r>{properties}{''.join(pieces)}</w:r>",
        st.sampled_from(["", "<w:rPr><w:b/></w:rPr>"]),
        st.lists(st.one_of(st.builds(words, LETTERS, st.just(""), st.just(""), st.booleans()), st.just("<w:tab/>")),
                 min_size=1, max_size=3),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def told(document: bytes) -> tuple[str, dict[str, str]]:
    """The whole text as a program shows it, and what each comment covers.

    Blanks at the ends of a w:t count only when preserved.
    """
    text = ""
    opened: dict[str, int] = {}
    covered: dict[str, str] = {}
    for element in xml(document).iter():
        name = element.tag.rpartition("}")[2]
        number = element.get(f"{{{d.W}}}id", "")
        if name == "commentRangeStart":
            opened[number] = len(text)
        elif name == "commentRangeEnd":
            covered[number] = text[opened[number] :]
        elif name == "tab":
            text += "\t"
        elif name == "t":
            kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
            text += (element.text or "") if kept else (element.text or "").strip()
    return text, covered


@settings(max_examples=60, deadline=None)
@given(PLAIN_RUNS, st.data())
def test_a_comment_covers_the_very_words(runs: list[str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        document = d.body(f"<w:p>{''.join(runs)}</w:p>")
        path = d.written(Path(folder) / "说明.docx", document)
        text = read_document(path).paragraphs[0].text
        assert told(document)[0] == text
        ends = [sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))) for _ in range(3)]
        spans = list(dict.fromkeys(Span(0, start, end) for start, end in ends if start < end))
        annotate_document(path, [SpanNote(span, ("【勾稽 A】",)) for span in spans], backup=False)
        after, covered = told(entries(path)["word/document.xml"])
        assert after == text
        strict = not re.search(r"<w:t> |<w:t>[^<]* </w:t>", "".join(runs))
        for number, span in enumerate(spans):
            exact = text[span.start : span.end]
            assert covered[str(number)] == exact or (not strict and exact in covered[str(number)])
