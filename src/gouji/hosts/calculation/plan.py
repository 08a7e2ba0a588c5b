"""One pass over a formula before it is computed: is it within what is verified, and what does it read?

References are renamed to places of their own (``A1:A2`` for a range of any size, ``B1`` for a cell), so that a column
of like formulas is compiled once and neither sheet names nor sizes reach the library.
"""

from __future__ import annotations

from typing import NamedTuple

from gouji.hosts.calculation.aggregates import AGGREGATES
from gouji.hosts.calculation.lookups import LOOKUPS
from gouji.hosts.calculation.scalars import SCALARS
from gouji.hosts.calculation.values import Unsupported, require
from gouji.hosts.digits import stored_text
from gouji.hosts.formula_text import Piece, Token, tokens
from gouji.sheet import Area, column_letters, column_number

MAX_LENGTH = 2_000
"""Characters of a formula."""
MAX_DEPTH = 40
"""Brackets inside brackets."""
MAX_RANGE = 20_000
"""Cells in one range."""
MAX_PRODUCT = 200_000
"""Rows of the tallest times columns of the widest range of a formula: what array arithmetic may span."""

FUNCTIONS = AGGREGATES | SCALARS | LOOKUPS
"""The verified functions by name."""

_ALL = frozenset(range(256))
_RANGE_ARGUMENTS = dict.fromkeys(AGGREGATES, _ALL) | {
    "LARGE": frozenset({0}),
    "SMALL": frozenset({0}),
    "COUNTIF": frozenset({0}),
    "COUNTIFS": frozenset(range(0, 256, 2)),
    "SUMIF": frozenset({0, 2}),
    "AVERAGEIF": frozenset({0, 2}),
    "SUMIFS": frozenset({0, *range(1, 256, 2)}),
    "VLOOKUP": frozenset({1}),
    "HLOOKUP": frozenset({1}),
    "MATCH": frozenset({1}),
    "INDEX": frozenset({0}),
}
"""The arguments in which a range stands as it is; anywhere else Excel would take one cell of it."""
_SIGNS = frozenset("+-*/^&=<>(),% \t\r\n")


class Read(NamedTuple):
    """Cells a formula reads; ``sheet`` in capitals, ``""`` is its own."""

    sheet: str
    area: Area


class Plan(NamedTuple):
    """A formula ready to compile: its text with renamed references, and what each name stands for."""

    text: str
    reads: dict[str, Read]


def plan(formula: str) -> Plan:
    """The plan of ``=…``. Raises ``Unsupported`` with the reason when it is outside what is verified."""
    require(len(formula) <= MAX_LENGTH, "公式过长")
    require(not formula.startswith("{"), "数组公式")
    reader = _Planner([token for token in tokens(formula[1:]) if token.text.strip() or token.piece is Piece.TEXT])
    return reader.plan(formula)


class _Level:
    """An open bracket: of a function, or of plain arithmetic (``name`` empty)."""

    def __init__(self, name: str, arrays: bool) -> None:
        self.name = name
        self.arrays = arrays
        self.argument = 0


class _Planner:
    def __init__(self, pieces: list[Token]) -> None:
        self.pieces = pieces
        self.levels = [_Level("", arrays=False)]
        self.names: dict[Read, str] = {}
        self.out: list[str] = []

    def plan(self, formula: str) -> Plan:
        require(bool(self.pieces), "公式为空")
        for index in range(len(self.pieces)):
            self._piece(index)
        _bounded(self.names)
        return Plan("=" + "".join(self.out), {name: read for read, name in self.names.items()})

    def _piece(self, index: int) -> None:
        piece, text = self.pieces[index]
        if piece is Piece.CELLS:
            self._reference(index)
        elif piece is Piece.FUNCTION:
            require(text.upper() in FUNCTIONS, f"函数 {text.upper()} 不在可核实之列")
            self.out.append(text.upper())
        elif piece is Piece.OTHER:
            self._sign(index)
        elif piece is Piece.SHEET:
            self._sheet(index)
        elif piece is Piece.WORD:
            self.out.append(_constant(text))
        elif piece is Piece.TEXT or piece is Piece.ERROR:
            self.out.append(text)
        else:
            raise Unsupported("整行或整列的引用" if piece is Piece.LINES else "表格引用或外部引用")

    def _sign(self, index: int) -> None:
        text = self.pieces[index].text
        require(text in _SIGNS, f"符号“{text}”")
        if text == "(":
            self._open(index)
        elif text == ")":
            require(len(self.levels) > 1, "括号不配对")
            self.levels.pop()
        elif text == ",":
            require(bool(self.levels[-1].name), "联合引用")
            self.levels[-1].argument += 1
        self.out.append(text)

    def _open(self, index: int) -> None:
        before = self.pieces[index - 1] if index else None
        name = before.text.upper() if before and before.piece is Piece.FUNCTION else ""
        arrays = name == "SUMPRODUCT" or (not name and self.levels[-1].arrays)
        self.levels.append(_Level(name, arrays))
        require(len(self.levels) <= MAX_DEPTH, "嵌套过深")

    def _sheet(self, index: int) -> None:
        text = self.pieces[index].text
        following = self.pieces[index + 1 : index + 2]
        require(bool(following) and following[0].piece is Piece.CELLS, "名称引用")
        require("[" not in text, "引用其他工作簿")
        require(":" not in text, "跨多张工作表的引用")

    def _reference(self, index: int) -> None:
        sheet = ""
        if index and self.pieces[index - 1].piece is Piece.SHEET:
            sheet = sheet_name(self.pieces[index - 1].text)
        start = index - 1 if sheet else index
        require(not start or self._separates(start - 1), "交叉引用")
        read = Read(sheet, _area(self.pieces[index].text))
        if read.area.top != read.area.bottom or read.area.left != read.area.right:
            self._check_place(start, index)
        self.out.append(self._named(read))

    def _separates(self, index: int) -> bool:
        piece, text = self.pieces[index]
        return piece is Piece.OTHER and text not in ")%"

    def _check_place(self, start: int, end: int) -> None:
        """A range stands whole in an argument made for it, or in the arithmetic of SUMPRODUCT."""
        level = self.levels[-1]
        if level.arrays:
            return
        before = self.pieces[start - 1].text if start else ""
        after = self.pieces[end + 1].text if end + 1 < len(self.pieces) else ""
        alone = before in ("(", ",") and after in (")", ",")
        require(alone and level.argument in _RANGE_ARGUMENTS.get(level.name, ()), "需要数组运算")

    def _named(self, read: Read) -> str:
        name = self.names.get(read)
        if name is None:
            height = read.area.bottom - read.area.top + 1
            width = read.area.right - read.area.left + 1
            require(height * width <= MAX_RANGE, f"引用区域超过 {MAX_RANGE} 格")
            letters = column_letters(len(self.names) + 1)
            name = self.names[read] = f"{letters}1" if height * width == 1 else f"{letters}1:{letters}2"
        return name


def sheet_name(text: str) -> str:
    """``'支出 表'!`` → the name in capitals, as sheets are compared."""
    name = text.removesuffix("!")
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    return name.upper()


def _constant(word: str) -> str:
    """A number or truth value as the library spells it; any other word is a defined name."""
    if word.upper() in ("TRUE", "FALSE"):
        return word.upper()
    spelling = stored_text(word)
    if spelling is None:
        raise Unsupported(f"名称“{word}”")
    return spelling


def _area(reference: str) -> Area:
    first, _, last = reference.replace("$", "").upper().partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    row, column = int(reference[len(letters) :]), column_number(letters)
    require(1 <= row <= 1_048_576 and column <= 16_384, f"名称“{reference}”")
    return row, column


def _bounded(names: dict[Read, str]) -> None:
    heights = [read.area.bottom - read.area.top + 1 for read in names]
    widths = [read.area.right - read.area.left + 1 for read in names]
    require(max(heights, default=1) * max(widths, default=1) <= MAX_PRODUCT, "引用区域过大")
