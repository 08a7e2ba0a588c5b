"""Computes formulas without saved values, as scripts write them; what cannot be computed says why.

Only functions whose results were compared with a spreadsheet program are computed, within limits of number, size
and time; the book's remarks tell how many were and were not.
"""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from gouji.hosts.calculation.plan import Plan, Read, plan
from gouji.hosts.calculation.values import ErrorValue, Failed, Table, Unsupported, Value, require
from gouji.hosts.digits import float_text
from gouji.sheet import Book, Cell, CellKind, CellRef, Sheet

if TYPE_CHECKING:
    from gouji.hosts.calculation.engine import Engine

MAX_FORMULAS = 5_000
"""Formulas computed in one book."""
MAX_SECONDS = 20.0
"""Time after which no further formula is begun."""

Place = tuple[str, int, int]
"""Sheet name in capitals, row, column."""


def recalculate(book: Book) -> Book:
    """The book with its ``UNCOMPUTED`` cells computed, or telling why not, and a remark that counts both.

    A book without such cells comes back as it is.
    """
    work = _Recalculation(book)
    if not work.waiting:
        return book
    for place in work.waiting:
        work.settle(place)
    sheets = tuple(_filled(sheet, work.outcomes) for sheet in book.sheets)
    refused = [(place, str(found)) for place in work.waiting if isinstance(found := work.outcomes[place], Unsupported)]
    remark = _remark(len(work.waiting), [(work.address(place), reason) for place, reason in refused])
    return replace(book, sheets=sheets, remarks=(*book.remarks, remark))


class _Recalculation:
    """The formulas of a book that wait for a value, and the outcomes found so far."""

    def __init__(self, book: Book) -> None:
        self.names = {sheet.name.upper(): sheet.name for sheet in book.sheets}
        self.waiting: dict[Place, str] = {}
        self.outcomes: dict[Place, Value | Unsupported] = {}
        self.rows_waiting: dict[tuple[str, int], list[int]] = defaultdict(list)
        for sheet in book.sheets:
            self._take(sheet)
        self.plans: dict[Place, Plan] = {}
        self.begun = 0
        self.deadline = time.monotonic() + MAX_SECONDS

    @cached_property
    def engine(self) -> Engine:
        """The library, loaded for the first formula."""
        from gouji.hosts.calculation.engine import Engine

        return Engine()

    def _take(self, sheet: Sheet) -> None:
        """Sort the cells of a sheet into those that have a value and those that wait for one."""
        name = sheet.name.upper()
        for (row, column), cell in sheet.cells.items():
            if cell.kind is CellKind.UNCOMPUTED:
                self.waiting[name, row, column] = cell.formula or ""
                insort(self.rows_waiting[name, column], row)
            else:
                self.outcomes[name, row, column] = _value_of(cell)

    def address(self, place: Place) -> str:
        """``支出!B1``."""
        return str(CellRef(self.names[place[0]], place[1], place[2]))

    def settle(self, start: Place) -> None:
        """Find the outcome of a formula after those of the formulas it reads."""
        chain: dict[Place, Iterator[Place]] = {}
        if start not in self.outcomes:
            chain[start] = self._needs(start)
        while chain:
            place = next(reversed(chain))
            for needed in chain[place]:
                if needed in chain:
                    self._mark_circle(list(chain), needed)
                elif needed not in self.outcomes:
                    chain[needed] = self._needs(needed)
                    break
            else:
                del chain[place]
                if place not in self.outcomes:
                    self.outcomes[place] = self._outcome(place)

    def _mark_circle(self, chain: list[Place], first: Place) -> None:
        for place in chain[chain.index(first) :]:
            self.outcomes[place] = Unsupported("循环引用")

    def _needs(self, place: Place) -> Iterator[Place]:
        """The waiting formulas a formula reads; planning it comes first."""
        try:
            self._check_limits()
            self.plans[place] = plan(self.waiting[place])
        except Unsupported as reason:
            self.outcomes[place] = reason
            return iter(())
        reads = self.plans[place].reads.values()
        return iter([needed for read in reads for needed in self._waiting_in(read, place)])

    def _waiting_in(self, read: Read, place: Place) -> Iterator[Place]:
        sheet, area = read.sheet or place[0], read.area
        for column in range(area.left, area.right + 1):
            rows = self.rows_waiting.get((sheet, column), ())
            for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]:
                yield sheet, row, column

    def _outcome(self, place: Place) -> Value | Unsupported:
        try:
            self._check_time()
            found = self.plans[place]
            tables = {name: self._table(read, place) for name, read in found.reads.items()}
            return self.engine.compute(found, tables)
        except Failed as failed:
            return failed.error
        except Unsupported as reason:
            return reason

    def _check_limits(self) -> None:
        self.begun += 1
        require(self.begun <= MAX_FORMULAS, f"没有结果的公式超过 {MAX_FORMULAS} 个")
        self._check_time()

    def _check_time(self) -> None:
        require(time.monotonic() <= self.deadline, f"计算超过 {MAX_SECONDS:.0f} 秒")

    def _table(self, read: Read, place: Place) -> Table:
        sheet, area = read.sheet or place[0], read.area
        require(sheet in self.names, f"引用的工作表“{sheet}”不存在")
        columns, known = range(area.left, area.right + 1), self.outcomes.get
        rows = []
        for row in range(area.top, area.bottom + 1):
            values = tuple([known((sheet, row, column)) for column in columns])
            for column, value in zip(columns, values, strict=True):
                if type(value) is Unsupported:
                    raise Unsupported(f"所引用的 {self.address((sheet, row, column))} 未能计算")
            rows.append(values)
        return Table(cast("tuple[tuple[Value, ...], ...]", tuple(rows)), reference=True)


def _value_of(cell: Cell) -> Value | Unsupported:
    if cell.kind is CellKind.NUMBER:
        return float(cell.text)
    if cell.kind is CellKind.BOOLEAN:
        return cell.text == "TRUE"
    if cell.kind is CellKind.ERROR:
        unknown = Unsupported(f"错误值 {cell.text}")
        return next((error for error in ErrorValue if error.value == cell.text), unknown)
    return cell.text


def _filled(sheet: Sheet, outcomes: dict[Place, Value | Unsupported]) -> Sheet:
    """The sheet with the outcomes of its formulas."""
    name = sheet.name.upper()
    cells = {
        place: _with(cell, outcomes[name, *place]) if cell.kind is CellKind.UNCOMPUTED else cell
        for place, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells)


def _with(cell: Cell, outcome: Value | Unsupported) -> Cell:
    if isinstance(outcome, Unsupported):
        return cell._replace(text=str(outcome))
    if isinstance(outcome, bool):
        return cell._replace(kind=CellKind.BOOLEAN, text="TRUE" if outcome else "FALSE")
    if isinstance(outcome, ErrorValue):
        return cell._replace(kind=CellKind.ERROR, text=outcome.value)
    if isinstance(outcome, str):
        return cell._replace(kind=CellKind.TEXT, text=outcome)
    return cell._replace(kind=CellKind.NUMBER, text=float_text(outcome or 0.0))


def _remark(waiting: int, refused: list[tuple[str, str]]) -> tuple[str, str]:
    """How many formulas were computed and which were not (cell, reason): the commonest reasons, the first cells."""
    computed = waiting - len(refused)
    chinese = f"有 {waiting} 个公式单元格没有保存结果，已计算 {computed} 个"
    english = f"{waiting} formula cells hold no saved result; {computed} were computed"
    if not refused:
        return f"{chinese}。", f"{english}."
    cells = [cell for cell, _ in refused[:3]]
    common = Counter(reason for _, reason in refused).most_common(3)
    reasons = "；".join(f"{reason}（{count} 个）" for reason, count in common)
    more = " …" if len(refused) > len(cells) else ""
    return (
        f"{chinese}，{len(refused)} 个未能计算：{reasons}。"
        f"如 {'、'.join(cells)}；读取这些单元格的关系未审核。请用 Excel 或 WPS 打开并保存一次后再审核。",
        f"{english}, {len(refused)} could not be ({', '.join(cells)}{more}); relations that read them "
        "were not applied. Open and save the workbook once in a spreadsheet program, then run again.",
    )
