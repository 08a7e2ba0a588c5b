"""Word packages written by hand, with what real programs put into them."""

from __future__ import annotations

from pathlib import Path

from tests.hosts.packages import HEAD, REL, Parts, rels, types, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MS_REL = "http://schemas.microsoft.com/office"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{REL}" xmlns:mc="{MC}" xmlns:w14="{W14}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
Links = tuple[tuple[str, str, str], ...]
STYLES = (
    f'{HEAD}<w:styles {SPACES}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
    '</w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr>'
    '<w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="二级"/>'
    '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:type="paragraph" '
    'w:styleId="c"><w:name w:val="又一级"/><w:basedOn w:val="b"/></w:style></w:styles>'
).encode()


def run(text: str, properties: str = "", *, preserve: bool = False) -> str:
    """A run of plain characters."""
    space = ' xml:space="preserve"' if preserve else ""
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{style}<w:t{space}>{text}</w:t></w:r>"


def paragraph(*content: str, properties: str = "") -> str:
    """A paragraph of runs; plain words become one."""
    inside = "".join(each if each.startswith("<") else run(each) for each in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def table(*rows: str) -> str:
    """A table of rows, each the XML of its cells."""
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    """A cell with one paragraph."""
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{paragraph(text)}</w:tc>"


def body(*blocks: str, root: str = SPACES) -> bytes:
    """A document part."""
    return f'{HEAD}<w:document {root}><w:body>{"".join(blocks)}<w:sectPr/></w:body></w:document>'.encode()


def package(document: bytes, more: Parts | None = None, links: Links = ()) -> Parts:
    """The parts of a .docx; ``links`` are relationships of the document part to ``more`` (id, kind, target)."""
    kinds = {f"word/{target}": f"{WORD_TYPE}.{kind.rpartition('/')[2]}+xml" for _, kind, target in links}
    return {
        "[Content_Types].xml": types(
            {"word/document.xml": f"{WORD_TYPE}.document.main+xml", "word/styles.xml": f"{WORD_TYPE}.styles+xml"}
            | kinds
        ),
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": rels(("rId1", "styles", "styles.xml"), *links),
        "word/styles.xml": STYLES,
        **(more or {}),
    }


def written(path: Path, document: bytes, more: Parts | None = None, links: Links = ()) -> Path:
    """The file of ``package``."""
    path.write_bytes(zipped(package(document, more, links)))
    return path

