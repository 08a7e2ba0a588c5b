"""Damage to a workbook that was read: each cell, row, column, label, merged area and sheet, in every way people do it.

A damage says which cells it made different and which it took away, so that a finding can be traced to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from gouji.sheet import Area, Book, Cell, CellKind, CellRef, Sheet
from gouji.tables.model import Recognition

Place: TypeAlias = tuple[int, int]
Cells: TypeAlias = Mapping[Place, Cell]
WORDS = "某某内容"
FULL_WIDTH = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")


class Damage(NamedTuple):
    """A damaged workbook. ``target`` and ``action`` name the damage, ``place`` where it is.

    ``changed``: cells (as they stand after) that are different; ``gone``: cells (as they stood) that are no more;
    ``before`` gives the place that a cell had, ``None`` for a new one. ``wrong``: a figure became another one.
    """

    target: str
    action: str
    place: str
    book: Book
    changed: frozenset[CellRef]
    gone: frozenset[CellRef] = frozenset()
    before: Callable[[CellRef], CellRef | None] = lambda ref: ref
    wrong: bool = False


def damages(book: Book, recognition: Recognition) -> Iterator[Damage]:
    """Every damage to the sheets that hold recognised tables, one after another."""
    figures: dict[str, set[Place]] = {}
    for table in recognition.tables:
        places = [place for place, value in table.values.items() if value.status == "figure"]
        figures.setdefault(table.sheet.name, set()).update(places)
    for sheet in book.sheets:
        if figures.get(sheet.name):
            yield from _to_figures(book, sheet, figures[sheet.name])
            yield from _to_labels(book, sheet, figures[sheet.name])
            yield from _to_rows(book, sheet, figures[sheet.name])
            yield from _to_columns(book, sheet, figures[sheet.name])
            yield from _to_merged(book, sheet)
            yield from _to_sheet(book, sheet, figures[sheet.name])


def with_sheet(book: Book, sheet: Sheet, *others: Sheet) -> Book:
    """The book with one sheet of that name replaced, by more than one if need be."""
    sheets = [part for each in book.sheets for part in ((sheet, *others) if each.name == sheet.name else (each,))]
    return replace(book, sheets=tuple(sheets))


def _with(sheet: Sheet, changes: Mapping[Place, Cell | None]) -> Sheet:
    cells = {**sheet.cells, **{place: cell for place, cell in changes.items() if cell is not None}}
    for place, cell in changes.items():
        if cell is None:
            cells.pop(place, None)
    return replace(sheet, cells=dict(sorted(cells.items())))


def _refs(sheet: Sheet, places: Iterable[Place]) -> frozenset[CellRef]:
    return frozenset(CellRef(sheet.name, *place) for place in places)


def _text(text: str) -> Cell:
    return Cell(CellKind.TEXT, text)


# figures


def _to_figures(book: Book, sheet: Sheet, figures: Iterable[Place]) -> Iterator[Damage]:
    for place in sorted(figures):
        for action, changes, wrong in _figure_damages(sheet.cells, place):
            changed = _refs(sheet, changes)
            name = str(CellRef(sheet.name, *place))
            gone = changed if action in {"删去", "与下面一格对调"} else frozenset[CellRef]()
            yield Damage("数", action, name, with_sheet(book, _with(sheet, changes)), changed, gone, wrong=wrong)


def _figure_damages(cells: Cells, place: Place) -> Iterator[tuple[str, dict[Place, Cell | None], bool]]:
    cell, (row, column) = cells[place], place
    below, right = (row + 1, column), (row, column + 1)
    yield "删去", {place: None}, _is_money(cell)
    yield "重复到右边一格", {right: cell}, False
    yield "与下面一格对调", {place: cells.get(below), below: cell}, False
    yield "改成文字", {place: _text("见附注")}, False
    yield "改成错误值", {place: Cell(CellKind.ERROR, "#REF!")}, False
    if cell.kind is not CellKind.NUMBER:
        return
    yield "改成日期", {place: cell._replace(number_format="yyyy-mm-dd")}, False
    if "%" not in cell.number_format:
        yield "改成文本", {place: _text(cell.text)}, False
        yield "改成全角文本", {place: _text(cell.text.translate(FULL_WIDTH))}, False
        yield "写上“元”", {place: _text(cell.text + "元")}, False
        for action, power in (("大一万倍", 4), ("小一万倍", -4)):
            other = format(Decimal(cell.text).scaleb(power), "f")
            yield action, {place: cell._replace(text=other, number_format="General")}, _is_money(cell)


def _is_money(cell: Cell) -> bool:
    return any(digit in "123456789" for digit in cell.text)


# labels


def _to_labels(book: Book, sheet: Sheet, figures: set[Place]) -> Iterator[Damage]:
    first = min(row for row, _ in figures)
    for place, cell in sheet.cells.items():
        if cell.kind is not CellKind.TEXT or place in figures or not cell.text.strip():
            continue
        target = "标题、栏名" if place[0] < first else "行名等文字"
        name = str(CellRef(sheet.name, *place))
        for action, changes, moved in _label_damages(sheet.cells, place, heading=target == "标题、栏名"):
            also = _refs(sheet, _beside(sheet, figures, moved, heading=target == "标题、栏名"))
            changed = _refs(sheet, changes) | also
            yield Damage(target, action, name, with_sheet(book, _with(sheet, changes)), changed, also)


def _label_damages(
    cells: Cells, place: Place, *, heading: bool
) -> Iterator[tuple[str, dict[Place, Cell | None], tuple[Place, ...]]]:
    """Each with the labels whose figures get another name by it, and are wrong then."""
    cell, (row, column) = cells[place], place
    other = (row, column + 1) if heading else (row + 1, column)
    yield "删去", {place: None}, ()
    yield "改写", {place: _text(WORDS)}, ()
    yield "加空格", {place: _text("　".join(cell.text))}, ()
    yield "重复到旁边一格", {other: cell}, (other,)
    if other in cells and cells[other].kind is CellKind.TEXT:
        yield "与旁边一格对调", {place: cells[other], other: cell}, (place, other)


def _beside(sheet: Sheet, figures: set[Place], labels: Iterable[Place], *, heading: bool) -> set[Place]:
    """What labels name, blank cells too: their columns from the first figure on, or their rows."""
    first, columns = min(row for row, _ in figures), {column for _, column in sheet.cells}
    rows = {row for row, _ in sheet.cells if row >= first}
    at = {place[heading] for place in labels}
    return {(row, column) for row in rows for column in columns if (column if heading else row) in at}


# rows and columns


def _to_rows(book: Book, sheet: Sheet, figures: set[Place]) -> Iterator[Damage]:
    for row in sorted({row for row, _ in figures}):
        yield from _to_line(book, sheet, "行", row, axis=0)


def _to_columns(book: Book, sheet: Sheet, figures: set[Place]) -> Iterator[Damage]:
    for column in sorted({column for _, column in figures}):
        yield from _to_line(book, sheet, "栏", column, axis=1)


def _to_line(book: Book, sheet: Sheet, target: str, at: int, *, axis: int) -> Iterator[Damage]:
    own = {place: cell for place, cell in sheet.cells.items() if place[axis] == at}
    following = {place: cell for place, cell in sheet.cells.items() if place[axis] == at + 1}
    name = f"{sheet.name} 第 {at} {target}"

    def moved(by: int, start: int) -> Callable[[CellRef], CellRef | None]:
        return lambda ref: _moved_back(ref, sheet.name, axis, start, by)

    cleared = _with(sheet, dict.fromkeys(own))
    yield Damage(target, "清空", name, with_sheet(book, cleared), _refs(sheet, own), _refs(sheet, own))
    yield Damage(
        target, "删去", name, with_sheet(book, _shifted(cleared, axis, at + 1, -1)), frozenset(),
        _refs(sheet, own), moved(-1, at),
    )
    opened = _shifted(sheet, axis, at + 1, 1)
    yield Damage(target, "插入空的", name, with_sheet(book, opened), frozenset(), before=moved(1, at + 1))
    copies = {_along(place, axis, 1): cell for place, cell in own.items()}
    yield Damage(
        target, "重复", name, with_sheet(book, _with(opened, copies)), _refs(sheet, copies), before=moved(1, at + 1)
    )
    if following:
        swapped = {**dict.fromkeys([*own, *following]), **copies}
        swapped |= {_along(place, axis, -1): cell for place, cell in following.items()}
        yield Damage(
            target, f"与下一{target}对调", name, with_sheet(book, _with(sheet, swapped)), _refs(sheet, swapped),
            _refs(sheet, [*own, *following]),
        )


def _along(place: Place, axis: int, by: int) -> Place:
    row, column = place
    return (row + by, column) if axis == 0 else (row, column + by)


def _shifted(sheet: Sheet, axis: int, start: int, by: int) -> Sheet:
    """Rows or columns from ``start`` on moved; merged areas across that place grow or shrink."""
    cells = {(_along(place, axis, by) if place[axis] >= start else place): cell for place, cell in sheet.cells.items()}
    merged = []
    for area in sheet.merged:
        ends = list(area)
        for end in (axis, axis + 2):
            ends[end] += by * (ends[end] >= start)
        if ends[0] <= ends[2] and ends[1] <= ends[3] and (ends[0], ends[1]) != (ends[2], ends[3]):
            merged.append(Area(*ends))
    return replace(sheet, cells=dict(sorted(cells.items())), merged=tuple(merged))


def _moved_back(ref: CellRef, sheet: str, axis: int, start: int, by: int) -> CellRef | None:
    """Where a cell stood before rows or columns from ``start`` on were moved ``by``; ``None``: nowhere."""
    place = ref[1:]
    if ref.sheet != sheet or place[axis] < start:
        return ref
    if by > 0 and place[axis] < start + by:
        return None
    return CellRef(sheet, *_along(place, axis, -by))


# merged areas and sheets


def _to_merged(book: Book, sheet: Sheet) -> Iterator[Damage]:
    for area in sheet.merged:
        rest = tuple(each for each in sheet.merged if each != area)
        name = f"{sheet.name}!{area}"
        for action, grown in (
            ("拆开", None), ("多并一栏", area._replace(right=area.right + 1)),
            ("多并一行", area._replace(bottom=area.bottom + 1)),
        ):
            if grown is not None and any(_meet(grown, each) for each in rest):
                continue
            inside = [] if grown is None else [
                place for place in sheet.cells if _holds(grown, place) and not _holds(area, place)
            ]
            merged = rest if grown is None else (*rest, grown)
            changed = _with(replace(sheet, merged=merged), dict.fromkeys(inside))
            refs = _refs(sheet, inside)
            yield Damage("合并区域", action, name, with_sheet(book, changed), refs, refs)


def _holds(area: Area, place: Place) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right


def _meet(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


def _to_sheet(book: Book, sheet: Sheet, figures: set[Place]) -> Iterator[Damage]:
    name = sheet.name
    others = tuple(each for each in book.sheets if each.name != name)
    every = _refs(sheet, sheet.cells)
    yield Damage("工作表", "删去", name, replace(book, sheets=others), frozenset(), every)
    again = replace(sheet, name="又一份", notes=())
    copied = _refs(again, again.cells)
    yield Damage(
        "工作表", "重复", name, with_sheet(book, sheet, again), copied, every,
        lambda ref: None if ref.sheet == again.name else ref,
    )
    yield Damage("工作表", "移到最后", name, replace(book, sheets=(*others, sheet)), frozenset())
    renamed = replace(sheet, name="Sheet99")

    def original(ref: CellRef) -> CellRef:
        return ref._replace(sheet=name) if ref.sheet == "Sheet99" else ref

    sheets = tuple(renamed if each.name == name else each for each in book.sheets)
    yield Damage("工作表", "改名", name, replace(book, sheets=sheets), frozenset(), before=original)
    units = {place: cell for place, cell in sheet.cells.items() if "单位：万元" in cell.text}
    for action, unit in (("单位改成元", "元"), ("单位改成千元", "千元"), ("单位删去", "")):
        if units:
            changes = {place: _text(cell.text.replace("万元", unit)) for place, cell in units.items()}
            changed = _refs(sheet, {*changes, *(figures if unit == "元" else ())})
            yield Damage("工作表", action, name, with_sheet(book, _with(sheet, changes)), changed)
