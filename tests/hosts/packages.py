"""Workbook packages written by hand, with what real programs put into them and openpyxl would lose."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TC = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Parts = dict[str, bytes]


def rels(*items: tuple[str, str, str], base: str = REL) -> bytes:
    """A relationships part of (id, kind or whole type, target)."""
    listed = "".join(
        f'<Relationship Id="{number}" Type="{kind if ":" in kind else f"{base}/{kind}"}" Target="{target}"/>'
        for number, kind, target in items
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'.encode()


def types(overrides: Mapping[str, str], defaults: Mapping[str, str] | None = None) -> bytes:
    """A content types part; names without the leading slash."""
    extensions = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    extensions |= defaults or {}
    listed = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in extensions.items())
    listed += "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{listed}</Types>'.encode()


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/>'
    "</styleSheet>"
).encode()

DATA = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>收入决算表</t></is></c></row>'
    '<row r="2" ht="30" customHeight="1"><c r="A2" s="1"><v>1899</v></c><c r="C2" s="1"><f>A2*2</f><v>3798</v></c>'
    "</row></sheetData>"
)


def sheet(inside: str = DATA, *, main: str = MAIN, rel: str = REL, root: str = "") -> bytes:
    """A worksheet part."""
    return f'{HEAD}<worksheet xmlns="{main}" xmlns:r="{rel}"{root}>{inside}</worksheet>'.encode()


def workbook(
    sheets: Mapping[str, bytes], more: Parts | None = None, *, main: str = MAIN, rel: str = REL,
    more_types: Mapping[str, str] | None = None, more_rels: tuple[tuple[str, str, str], ...] = (),
    defaults: Mapping[str, str] | None = None,
) -> Parts:  # fmt: skip
    """A whole package: sheets by name, other parts by part name."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(sheets, 1)
    )
    targets = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    overrides = {"xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml", "xl/styles.xml": f"{SHEET_TYPE}.styles+xml"}
    overrides |= {f"xl/worksheets/sheet{n}.xml": f"{SHEET_TYPE}.worksheet+xml" for n in range(1, len(sheets) + 1)}
    parts = {
        "[Content_Types].xml": types(overrides | dict(more_types or {}), defaults),
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml"), base=rel),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{main}" xmlns:r="{rel}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{listed}</sheets></workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": rels(*targets, ("rIdS", "styles", "styles.xml"), *more_rels, base=rel),
        "xl/styles.xml": STYLES.replace(MAIN.encode(), main.encode()),
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": data for number, data in enumerate(sheets.values(), 1)}
    return parts | dict(more or {})


def comments(inside: str, authors: str = "<author>张</author>", main: str = MAIN) -> bytes:
    """A comments part."""
    return (
        f'{HEAD}<comments xmlns="{main}"><authors>{authors}</authors><commentList>{inside}</commentList></comments>'
    ).encode()


def box(row: int, column: int, number: int = 1025, extra: str = "") -> str:
    """A person's box, of a size of its own."""
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style=\'position:absolute;width:208pt;height:99pt;'
        f"visibility:hidden' fillcolor=\"infoBackground [80]\"><v:textbox><div style='text-align:left'>{extra}</div>"
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        "<x:Anchor>3, 12, 1, 8, 6, 33, 7, 1</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def drawing(*shapes: str, block: int = 1) -> bytes:
    """A VML part as Excel writes it."""
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"\r\n xmlns:o="urn:schemas-microsoft-com:office:office"\r\n'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n <o:shapelayout v:ext="edit">\r\n'
        f'  <o:idmap v:ext="edit" data="{block}"/>\r\n </o:shapelayout>'
        '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"\r\n'
        '  path="m,l,21600r21600,l21600,xe"></v:shapetype>' + "".join(shapes) + "</xml>"
    ).encode()


def zipped(parts: Mapping[str, bytes], *, stored: bool = False, comment: bytes = b"", stream: bool = False) -> bytes:
    """The parts as a zip file; ``stream`` writes data descriptors after the entries."""
    buffer = io.BytesIO()
    out = _Unseekable(buffer) if stream else buffer
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8)), data, archive.compression)
        archive.comment = comment
    return buffer.getvalue()


class _Unseekable(io.RawIOBase):
    def __init__(self, target: io.BytesIO) -> None:
        self.target = target

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self.target.write(data)


def entries(data: bytes | Path) -> dict[str, bytes]:
    """The content of every entry, in order."""
    with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def xml(data: bytes) -> ET.Element:
    """A part of a package made here, parsed."""
    return ET.fromstring(data)  # noqa: S314 - nothing foreign is read


def save(folder: Path, parts: Mapping[str, bytes], name: str = "决算.xlsx") -> Path:
    """Write a package to a folder."""
    path = folder / name
    path.write_bytes(zipped(parts))
    return path
