"""The comments of an openpyxl ``Workbook`` as note texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gouji.hosts.note_text import box_size
from gouji.hosts.protocol import AUTHOR
from gouji.sheet import Area, CellRef

if TYPE_CHECKING:
    from openpyxl import Workbook


class Comments:
    """``NoteCells`` over a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._sheets = {sheet.title: sheet for sheet in workbook.worksheets}

    def sheets(self) -> list[str]:
        """The names of the worksheets in the order of their tabs."""
        return list(self._sheets)

    def area_at(self, cell: CellRef) -> Area:
        """The merged area around a cell, or the cell as an area."""
        for area in self._sheets[cell.sheet].merged_cells.ranges:
            if area.min_row <= cell.row <= area.max_row and area.min_col <= cell.column <= area.max_col:
                return Area(area.min_row, area.min_col, area.max_row, area.max_col)
        return Area(cell.row, cell.column, cell.row, cell.column)

    def shown_at(self, cell: CellRef) -> CellRef:
        """The top left of the merged area around a cell."""
        area = self.area_at(cell)
        return CellRef(cell.sheet, area.top, area.left)

    def texts(self) -> dict[CellRef, str]:
        """Every comment."""
        return {
            CellRef(name, *place): cell.comment.text
            for name, sheet in self._sheets.items()
            for place, cell in sheet._cells.items()
            if cell.comment is not None
        }

    def write(self, changed: Iterable[tuple[CellRef, str]]) -> None:
        """Make these comments read so; those there are keep author and size."""
        from openpyxl.comments import Comment

        for place, text in changed:
            cell = self._sheets[place.sheet].cell(place.row, place.column)
            if not text:
                cell.comment = None
            elif cell.comment is not None:
                cell.comment.text = text
            else:
                width, height = box_size(text)
                cell.comment = Comment(text, AUTHOR, height=height, width=width)
