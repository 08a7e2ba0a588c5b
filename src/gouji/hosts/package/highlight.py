"""Colours over flagged cells as a conditional format that is always true.

So the cells keep their own style, cells that do not exist need not be made, and clearing, even after a spreadsheet
program has saved the file, leaves nothing behind: the formula carries our marker.
"""

from __future__ import annotations

from collections.abc import Mapping

from gouji.hosts.looks import ALWAYS, FILLS
from gouji.hosts.package import spans, style_parts
from gouji.hosts.package.grid import insertion_point, layout
from gouji.hosts.package.parts import Parts, SheetPart
from gouji.hosts.package.spans import Edits, Element
from gouji.hosts.protocol import MARKER
from gouji.packs.model import Severity
from gouji.sheet import Address

_DXF = (
    '<dxf><fill><patternFill patternType="solid"><fgColor rgb="{0}"/><bgColor rgb="{0}"/></patternFill></fill>'
    "</dxf>"
)
_AREAS = 400
"""Areas named in one element."""


def add_colours(parts: Parts) -> dict[Severity, int] | None:
    """Append the colours to the styles: their indices, or ``None`` when the workbook has no styles."""
    name = style_parts.styles_part(parts)
    if name is None:
        return None
    first = style_parts.append_items(parts, name, "dxfs", [_DXF.format(c).encode() for c in FILLS.values()])
    return {severity: first + index for index, severity in enumerate(FILLS)}


def highlight(
    parts: Parts, sheet: SheetPart, cells: Mapping[Address, Severity], colours: Mapping[Severity, int]
) -> None:
    """Colour cells, each over its whole merged area; ``colours`` are indices as ``add_colours`` gives them."""
    data = parts.read(sheet.part)
    root, grid = parts.derived(sheet.part, layout)
    prefix = spans.prefix(data, root)
    priority = _last_priority(root)
    pieces = []
    for severity, index in colours.items():
        areas = dict.fromkeys(grid.area_at(cell) for cell in sorted(cells) if cells[cell] == severity)
        names = [str(area) if area[:2] != area[2:] else str(area).partition(":")[0] for area in areas]
        for start in range(0, len(names), _AREAS):
            priority += 1
            pieces.append(_element(prefix, " ".join(names[start : start + _AREAS]), index, priority))
    edits = Edits(data)
    edits.insert(insertion_point(root, "conditionalFormatting"), b"".join(pieces))
    parts.edit(sheet.part, edits)


def strip_highlight(parts: Parts, sheets: list[SheetPart]) -> bool:
    """Take every colour of ours out of the workbook; whether there was one."""
    name = style_parts.styles_part(parts)
    if name is None or not any(colour.encode() in parts.read(name).upper() for colour in FILLS.values()):
        return False
    found = False
    for sheet in sheets:
        data = parts.read(sheet.part)
        if MARKER.encode() not in data and b"&#" not in data:  # some programs write characters as numbers
            continue
        edits = Edits(data)
        for element in parts.derived(sheet.part, layout).root.named("conditionalFormatting"):
            if any(e.name == "formula" and MARKER in e.text for e in element.walk()):
                edits.remove(element)
        found = found or bool(edits)
        parts.edit(sheet.part, edits)
    return bool(style_parts.strip_items(parts, name, "dxfs")) or found


def _element(prefix: bytes, areas: str, index: int, priority: int) -> bytes:
    form = (
        b'<%(p)sconditionalFormatting sqref="%(areas)s"><%(p)scfRule type="expression" dxfId="%(index)d" '
        b'priority="%(priority)d"><%(p)sformula>%(formula)s</%(p)sformula></%(p)scfRule></%(p)sconditionalFormatting>'
    )
    return form % {
        b"p": prefix, b"areas": areas.encode(), b"index": index, b"priority": priority,
        b"formula": spans.escaped(ALWAYS),
    }  # fmt: skip


def _last_priority(root: Element) -> int:
    """The highest number any conditional format of the sheet has; a person's own formats stay above ours."""
    numbers = (e.attributes.get("priority", "") for e in root.walk() if e.name == "cfRule")
    return max((int(number) for number in numbers if number.isdecimal()), default=0)
