"""Which lines of a formula read one figure, found without binding them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from gouji.binding.bound import Nothing
from gouji.binding.planning import References
from gouji.binding.standing import Names
from gouji.binding.terms import Outcome
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Section, Table

Mark: TypeAlias = int | None
"""How often the figure sought is read; ``None``: only binding tells."""


class _Nowhere:
    """A column without the figure."""

    def __getitem__(self, index: int, /) -> Mark:
        return 0


class _At:
    """The column of the figure: it stands at one place."""

    def __init__(self, index: int) -> None:
        self._index = index

    def __getitem__(self, index: int, /) -> Mark:
        return int(index == self._index)


_NOWHERE: Final = _Nowhere()


class _Marks:
    """Figures as marks of ``Names.sought``."""

    def value(self, outcome: Outcome) -> Mark:
        return 0 if type(outcome) is Nothing else None

    def column(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> _Nowhere | _At:
        at, index, name = names.sought or (0, 0, "")
        return _At(index) if at == id(section) and name == column.name else _NOWHERE

    def sums(
        self, table: Table, section: Section, names: Names, chosen: Sequence[ColumnDefinition],
        lines: Sequence[Sequence[Line]],
    ) -> list[Mark]:
        at, index, name = names.sought or (0, 0, "")
        if at != id(section) or all(one.name != name for one in chosen):
            return [0] * len(lines)
        return [sum([line.index == index for line in each]) for each in lines]


MARKS = References(_Marks())
