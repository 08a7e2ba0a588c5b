"""A new Word document, set as official documents are: A4, 小标宋 for the title, 仿宋 for the text, pages numbered.

Fonts that a computer may lack name another one to be used instead. The same text gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

from gouji.document import Document, Paragraph
from gouji.hosts.package.parts import XML_HEAD
from gouji.hosts.package.spans import escaped, quoted
from gouji.hosts.word.names import TRANSITIONAL

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = f'xmlns:w="{TRANSITIONAL}" xmlns:r="{_OFFICE}"'
_GAP = re.compile("(【此处[^】]*】)")
_DATE = (1980, 1, 1, 0, 0, 0)
_INSTEAD = {"方正小标宋简体": "宋体", "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "黑体": "SimHei", "宋体": "SimSun"}
_LINE = "560"
"""28 points between lines, in twentieths."""


class _Look(NamedTuple):
    """A style of paragraphs: its id and name, font, size in half points, place on the line, outline level from 0."""

    id: str
    name: str
    font: str
    size: int
    layout: str
    level: int | None = None
    keep: bool = False
    bold: bool = False


_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_PLAIN = _Look("a", "Normal", "仿宋_GB2312", 32, _INDENT + '<w:jc w:val="both"/>')
_LOOKS = (
    _Look("Title", "Title", "方正小标宋简体", 44, '<w:ind w:firstLine="0"/><w:jc w:val="center"/>', keep=True),
    _Look("Heading1", "heading 1", "黑体", 36, '<w:ind w:firstLine="0"/><w:jc w:val="center"/>', 0, keep=True),
    _Look("Heading2", "heading 2", "黑体", 32, "", 1, keep=True),
    _Look("Heading3", "heading 3", "楷体_GB2312", 32, "", 2, keep=True, bold=True),
)
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/>'
    '<w:docGrid w:linePitch="312"/></w:sectPr>'
)
_FOOTER = (
    '<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
    '<w:jc w:val="center"/></w:pPr>{0}<w:t xml:space="preserve">— </w:t></w:r>'
    '{0}<w:fldChar w:fldCharType="begin"/></w:r>{0}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '{0}<w:fldChar w:fldCharType="separate"/></w:r>{0}<w:t>1</w:t></w:r>{0}<w:fldChar w:fldCharType="end"/></w:r>'
    '{0}<w:t xml:space="preserve"> —</w:t></w:r></w:p>'
).format('<w:r><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>')


def new_document(document: Document) -> bytes:
    """A .docx with the document's name as its title; its gaps 【此处…】 are highlighted."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": _body(document),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("fontTable", "fontTable.xml"), ("footer", "footer1.xml")
        ),
        "word/styles.xml": _part("styles", _defaults() + "".join(_style(look) for look in (_PLAIN, *_LOOKS))),
        "word/fontTable.xml": _part("fonts", "".join(_font(*each) for each in _INSTEAD.items())),
        "word/footer1.xml": _part("ftr", _FOOTER),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _body(document: Document) -> bytes:
    title = _paragraph(Paragraph(document.name), "Title")
    blank = '<w:p><w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr></w:p>'
    written = "".join(_paragraph(each, f"Heading{min(each.heading, 3)}" if each.heading else "")
                      for each in document.paragraphs)  # fmt: skip
    return _part("document", f"<w:body>{title}{blank}{written}{_PAGE}</w:body>")


def _paragraph(paragraph: Paragraph, style: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    pieces = (piece for piece in _GAP.split(paragraph.text) if piece)
    return f"<w:p>{properties}{''.join(map(_run, pieces))}</w:p>"


def _run(text: str) -> str:
    look = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>' if _GAP.fullmatch(text) else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text).decode()}</w:t></w:r>'


def _defaults() -> str:
    return (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        'w:eastAsia="仿宋_GB2312" w:cs="Times New Roman"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _style(look: _Look) -> str:
    base = ' w:default="1"' if look is _PLAIN else ""
    based = "" if look is _PLAIN else '<w:basedOn w:val="a"/><w:next w:val="a"/>'
    level = "" if look.level is None else f'<w:outlineLvl w:val="{look.level}"/>'
    keep = "<w:keepNext/>" if look.keep else ""
    before = ' w:before="240" w:after="120"' if look.level == 0 else ""
    centred = '<w:ind w:firstLineChars="0" w:firstLine="0"/>' if "center" in look.layout else ""
    layout = centred + look.layout.replace('<w:ind w:firstLine="0"/>', "")
    return (
        f'<w:style w:type="paragraph"{base} w:styleId="{look.id}"><w:name w:val="{look.name}"/>{based}<w:qFormat/>'
        f'<w:pPr>{keep}<w:spacing{before} w:line="{_LINE}" w:lineRule="exact"/>{layout}{level}</w:pPr>'
        f'<w:rPr><w:rFonts w:eastAsia="{look.font}"/>{"<w:b/>" if look.bold else ""}<w:sz w:val="{look.size}"/>'
        f'<w:szCs w:val="{look.size}"/></w:rPr></w:style>'
    )


def _font(name: str, instead: str) -> str:
    return (
        f'<w:font w:name="{quoted(name).decode()}"><w:altName w:val="{instead}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/></w:font>'
    )


def _part(name: str, content: str) -> bytes:
    return XML_HEAD + f"<w:{name} {_SPACES}>{content}</w:{name}>".encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return XML_HEAD + f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'.encode()


def _content_types() -> bytes:
    kinds = {"document": "document.main", "styles": "styles", "fontTable": "fontTable", "footer1": "footer"}
    listed = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return XML_HEAD + (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{listed}</Types>"
    ).encode()
