"""The add-in as a file: a workbook package with the VBA project, the ribbon and a sheet of messages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from gouji.addin.excel.vba_project import Module, document, vba_project

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_MICROSOFT = "http://schemas.microsoft.com/office"
_MAIN = f"{_OFFICE}/spreadsheetml/2006/main"
_RELATIONSHIPS = f"{_OFFICE}/officeDocument/2006/relationships"
_PACKAGE = f"{_OFFICE}/package/2006"
_WORKBOOK_CLASS = "{00020819-0000-0000-C000-000000000046}"
_SHEET_CLASS = "{00020820-0000-0000-C000-000000000046}"


class AddinText(NamedTuple):
    """What an add-in says and does: its VBA ``modules``, its ``ribbon`` (XML) and its ``messages`` by name."""

    title: str
    description: str
    modules: tuple[Module, ...]
    ribbon: bytes
    messages: tuple[tuple[str, str], ...]


def addin_package(text: AddinText) -> bytes:
    """The .xlam, the same bytes for the same text."""
    modules = (document("ThisWorkbook", _WORKBOOK_CLASS), document("Sheet1", _SHEET_CLASS), *text.modules)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{_RELATIONSHIPS}/officeDocument", "xl/workbook.xml"),
            (f"{_MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(text.title, text.description),
        "customUI/customUI14.xml": text.ribbon,
        "xl/workbook.xml": _workbook(),
        "xl/_rels/workbook.xml.rels": _relations(
            (f"{_RELATIONSHIPS}/worksheet", "worksheets/sheet1.xml"),
            (f"{_RELATIONSHIPS}/styles", "styles.xml"),
            (f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": _sheet(text.messages),
        "xl/styles.xml": _styles(),
        "xl/vbaProject.bin": vba_project("Gouji", modules),
    }
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Stored, not deflated: what a deflater gives depends on its version."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.create_system = 0
            archive.writestr(entry, content)
    return stream.getvalue()


def _part(body: str) -> bytes:
    return (_HEAD + body).encode("utf-8")


def _content_types() -> bytes:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    named = {
        "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "/xl/worksheets/sheet1.xml": f"{main}.worksheet+xml",
        "/xl/styles.xml": f"{main}.styles+xml",
        "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named.items())
    return _part(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return _part(f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>')


def _properties(title: str, description: str) -> bytes:
    """What the list of add-ins shows of it."""
    return _part(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:description>{escape(description)}</dc:description>"
        "</cp:coreProperties>"
    )


def _workbook() -> bytes:
    return _part(
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONSHIPS}"><workbookPr codeName="ThisWorkbook"/>'
        '<sheets><sheet name="messages" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(messages: Sequence[tuple[str, str]]) -> bytes:
    rows = "".join(
        f'<row r="{number}">{_cell("A", number, name)}{_cell("B", number, message)}</row>'
        for number, (name, message) in enumerate(messages, 1)
    )
    return _part(f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet1"/><sheetData>{rows}</sheetData></worksheet>')


def _cell(column: str, row: int, text: str) -> str:
    return f'<c r="{column}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _styles() -> bytes:
    """The least that a workbook must have."""
    return _part(
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
