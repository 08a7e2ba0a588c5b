"""The rule language as a typed tree. Positions are 1-based columns of the formula's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["+", "-", "*", "/"]
Comparison: TypeAlias = Literal["=", "<>", "<=", ">=", "<", ">"]
HereWord: TypeAlias = Literal["本行", "本栏", "本表"]


@dataclass(frozen=True, slots=True)
class Number:
    """A literal, exact."""

    value: Decimal
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    value: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A bare name: a pack parameter (满分, 年度); inside 有( ) also a table or 上年."""

    name: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Here:
    """本行, 本栏 or 本表."""

    word: HereWord
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Each:
    """A set word: ``下级`` (``kind`` is then 下级), or ``各…`` with the kind after 各: 行, 栏, 金额, 类, 指标 …"""

    kind: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Code:
    """A subject code of three or more digits."""

    code: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Label:
    """A name printed on the form, or a section, group or printed number (行27)."""

    name: str
    quoted: bool = field(default=False, compare=False)
    column: int = field(default=0, compare=False)


Step: TypeAlias = Here | Each | Code | Label


@dataclass(frozen=True, slots=True)
class Path:
    """Steps joined by ``/``: each within the one before."""

    steps: tuple[Step, ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Axis:
    """A path, or a range ``start:end``."""

    start: Path
    end: Path | None = None

    @property
    def column(self) -> int:
        """Where it begins."""
        return self.start.column


@dataclass(frozen=True, slots=True)
class Place:
    """The inside of a reference: one axis or two (row, column)."""

    axes: tuple[Axis, ...]

    @property
    def column(self) -> int:
        """Where it begins."""
        return self.axes[0].column


@dataclass(frozen=True, slots=True)
class Reference:
    """``[place]``, ``table[place]`` or ``book.table[place]``."""

    place: Place
    table: str | None = None
    book: str | None = None
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function: Excel's in Latin capitals, the language's own in Chinese."""

    name: str
    arguments: tuple[Expression, ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """Unary minus."""

    operand: Expression
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Percent:
    """The postfix ``%``."""

    operand: Expression
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic of two operands."""

    operator: Operator
    left: Expression
    right: Expression
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison; ``=`` compares, truth values too."""

    comparison: Comparison
    left: Expression
    right: Expression
    column: int = field(default=0, compare=False)


Expression: TypeAlias = (
    Number | Text | Parameter | Reference | Call | Negate | Percent | Binary | Compare
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula with its source, as written in ``check``, ``when`` or ``if``.

    ``line`` and ``column`` are where the text stands in its file (1-based).
    """

    text: str
    expression: Expression
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)
