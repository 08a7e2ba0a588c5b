"""The opt-in sheet 勾稽审核结果: a worksheet part of our own, appended to the workbook and removed whole."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gouji.hosts import looks
from gouji.hosts.package import style_parts
from gouji.hosts.package.grid import layout
from gouji.hosts.package.markup import relationship_id
from gouji.hosts.package.parts import (
    OURS,
    XML_HEAD,
    Parts,
    SheetPart,
    add_relation,
    is_strict,
    relationship_attribute,
    remove_relations,
    sheets,
    workbook_part,
)
from gouji.hosts.package.relations import Relation
from gouji.hosts.package.spans import Edits, escaped, prefix, quoted
from gouji.hosts.protocol import RESULT_SHEET, ResultRow, ResultSheet
from gouji.sheet import Address, CellRef

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ID = f"{OURS}Result"
_FOOTER = f"&L{looks.FOOTER_LEFT}&R{looks.FOOTER_RIGHT}"
_XF = (
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1">'
    '<alignment horizontal="{}" vertical="{}" wrapText="1"/></xf>'
)
_XFS = (_XF.format("left", "top").encode(), _XF.format("center", "center").encode())


def add_result_sheet(parts: Parts, content: ResultSheet) -> str:
    """Append the sheet to a workbook that has none of ours; its name."""
    source = workbook_part(parts)
    name = looks.free_name([sheet.name for sheet in sheets(parts)])
    data = parts.read(source)
    root = parts.listing(source)
    listed = root.child("sheets")
    part = f"xl/worksheets/{OURS}_result.xml"
    styles = style_parts.styles_part(parts)
    first = style_parts.append_items(parts, styles, "cellXfs", _XFS) if styles else None
    parts.write(part, _sheet_xml(content, root.space, first))
    parts.declare(part, _TYPE)
    add_relation(parts, source, Relation(_ID, "worksheet", part), is_strict(root))
    if listed is not None:
        number = max((int(sheet.number("sheetId", 0)) for sheet in listed.named("sheet")), default=0) + 1
        declaration, attribute = relationship_attribute(data, root)
        form = b'<%ssheet%s name="%s" sheetId="%d" %s="%s"/>'
        edits = Edits(data)
        values = (prefix(data, root), declaration, quoted(name), number, attribute, _ID.encode())
        edits.append(listed, form % values)
        parts.edit(source, edits)
    return name


def strip_result_sheet(parts: Parts) -> tuple[tuple[str, str], ...]:
    """Take our sheet out; remarks when it has to stay. ``cellXfs`` of ours go with it."""
    ours = [sheet for sheet in sheets(parts) if _is_ours(parts, sheet)]
    remarks: list[tuple[str, str]] = []
    for sheet in ours:
        if _is_referred_to(parts, sheet):
            remarks.append(
                (f"工作表“{sheet.name}”之后还有工作表定义了名称，未自动删除，请手工删除。",
                 f"sheet {sheet.name} stands before sheets with names of their own; delete it by hand.")
            )  # fmt: skip
        else:
            _remove(parts, sheet)
    styles = style_parts.styles_part(parts)
    if styles and ours:
        style_parts.strip_items(parts, styles, "cellXfs")
    return tuple(remarks)


def _is_ours(parts: Parts, sheet: SheetPart) -> bool:
    if not sheet.name.startswith(RESULT_SHEET) or sheet.kind != "worksheet":
        return False
    root = parts.derived(sheet.part, layout).root
    return any(looks.is_results(sheet.name, e.text) for f in root.named("headerFooter") for e in f.named("oddFooter"))


def _is_referred_to(parts: Parts, sheet: SheetPart) -> bool:
    """Whether names are bound to it or to sheets after it by position."""
    source = workbook_part(parts)
    names = parts.listing(source).child("definedNames")
    return any(name.number("localSheetId", -1) >= sheet.index for name in (names.children if names else []))


def _remove(parts: Parts, sheet: SheetPart) -> None:
    source = workbook_part(parts)
    data = parts.read(source)
    root = parts.listing(source)
    listed = root.child("sheets")
    edits = Edits(data)
    item = listed.named("sheet")[sheet.index] if listed else root
    edits.remove(item)
    for view in [v for held in root.named("bookViews") for v in held.named("workbookView")]:
        if view.number("activeTab", 0) >= sheet.index or view.number("firstSheet", 0) >= sheet.index:
            tag = data[view.start : view.inner]
            edits.replace(view.start, view.inner, re.sub(rb'\b(activeTab|firstSheet)="\d+"', rb'\1="0"', tag))
    parts.edit(source, edits)
    remove_relations(parts, source, {relationship_id(item.attributes) or ""})
    parts.remove(sheet.part)


def _sheet_xml(content: ResultSheet, space: str, first_style: int | None) -> bytes:
    widths = looks.widths(content)
    heading = None if first_style is None else first_style + 1
    height = looks.row_height(content.headings, widths)
    rows = [
        _row(1, [_rich(content.title, bold=True, size=14)], None, looks.TITLE_HEIGHT),
        _row(2, [_rich(text, bold=True) for text in content.headings], heading, height),
    ]
    links = []
    for number, row in enumerate(content.rows, 3):
        at = looks.link_column(row)
        cells = [_cell(row, index, at) for index in range(len(row.texts))]
        rows.append(_row(number, cells, first_style, looks.row_height(row.texts, widths)))
        if row.link and at is not None:
            links.append(_link(Address(number, at + 1), row.link))
    last = Address(max(len(content.rows) + 2, 2), max(len(widths), 1))
    pieces = (
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="A1:{last}"/>',
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="2" topLeftCell="A3" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
        _columns(widths),
        f"<sheetData>{''.join(rows)}</sheetData>",
        f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
        f"<headerFooter><oddFooter>{escaped(_FOOTER).decode()}</oddFooter></headerFooter>",
        f'<ignoredErrors><ignoredError sqref="A1:{last}" numberStoredAsText="1"/></ignoredErrors>',
    )
    return XML_HEAD + f'<worksheet xmlns="{space}">{"".join(pieces)}</worksheet>'.encode()


def _columns(widths: list[int]) -> str:
    columns = (f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1))
    return f"<cols>{''.join(columns)}</cols>" if widths else ""


def _cell(row: ResultRow, index: int, link_at: int | None) -> str:
    if index == link_at:
        return _rich(row.texts[index], colour=looks.LINK_INK, underlined=True)
    if index == looks.INKED and row.severity:
        return _rich(row.texts[index], colour=looks.INKS[row.severity], bold=True)
    return _rich(row.texts[index])


def _rich(text: str, *, bold: bool = False, underlined: bool = False, colour: str = "", size: int = 11) -> str:
    """An inline string; plain unless something is asked for."""
    words = f'<t xml:space="preserve">{escaped(text).decode()}</t>'
    if not (bold or underlined or colour):
        return f"<is>{words}</is>"
    marks = "<b/>" * bold + f'<sz val="{size}"/>' + f'<color rgb="{colour}"/>' * bool(colour)
    face = f'<rFont val="{looks.TYPEFACE}"/><charset val="134"/>'
    return f"<is><r><rPr>{'<u/>' * underlined}{marks}{face}</rPr>{words}</r></is>"


def _row(number: int, texts: Iterable[str], style: int | None, height: float) -> str:
    shown = "" if style is None else f' s="{style}"'
    cells = (f'<c r="{Address(number, at)}"{shown} t="inlineStr">{text}</c>' for at, text in enumerate(texts, 1))
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


def _link(at: Address, target: CellRef) -> str:
    sheet = target.sheet.replace("'", "''")
    location = quoted(f"'{sheet}'!{target.address}").decode()
    return f'<hyperlink ref="{at}" location="{location}" display="{quoted(str(target)).decode()}"/>'

