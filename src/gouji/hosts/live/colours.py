"""Colours over the flagged cells of an open workbook: formats by condition that are always true."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gouji.hosts.live.program import Program
from gouji.hosts.looks import ALWAYS, FILLS
from gouji.hosts.protocol import MARKER
from gouji.packs.model import Severity
from gouji.sheet import Area

if TYPE_CHECKING:
    from xlwings import Book, Sheet
    from xlwings.main import ConditionalFormat


class Coloured(NamedTuple):
    """Whether any colour changed, and how many the program refused."""

    changed: bool
    refused: int


Wanted = Mapping[tuple[str, Area], Severity]


def set_colours(book: Book, program: Program, wanted: Wanted, only: Collection[str] | None = None) -> Coloured:
    """Make our colours exactly these; those that are right are not touched, nor are protected sheets."""
    changed, refused = False, 0
    for sheet in book.sheets:
        if (only is not None and sheet.name not in only) or not program.takes_notes(sheet):
            continue
        missing = {area: severity for (name, area), severity in wanted.items() if name == sheet.name}
        for colour in list(ours_on(sheet)):
            areas, fill = program.areas(colour), colour.fill_color
            if areas and all(area in missing and fill == _rgb(missing[area]) for area in areas):
                for area in areas:
                    del missing[area]
            else:
                colour.delete()
                changed = True
        for (top, left, bottom, right), severity in missing.items():
            cells = sheet.range((top, left), (bottom, right))
            try:
                cells.conditional_formats.add_custom(f"={ALWAYS}", fill_color=_rgb(severity))
                changed = True
            except Exception:  # LibreOffice, where any sheet is protected; errors of programs have no common class
                refused += 1
    return Coloured(changed, refused)


def ours_on(sheet: Sheet) -> Iterator[ConditionalFormat]:
    """Our colours on a sheet."""
    for colour in sheet.cells.conditional_formats:
        if colour.type == "custom" and MARKER in (colour.formula or ""):
            yield colour


def _rgb(severity: Severity) -> tuple[int, int, int]:
    number = int(FILLS[severity][2:], 16)
    return number >> 16, number >> 8 & 255, number & 255
