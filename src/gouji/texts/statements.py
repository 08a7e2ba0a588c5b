"""What sentences state: of some subject, figures of some columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from gouji.figures import Figure
from gouji.sheet import CellRef


class Said(NamedTuple):
    """A figure as a sentence gives it: its number among those of the text, its place, and what it comes to.

    ``start`` and ``end`` are code points of the paragraph; ``figure`` has the sign that the words give it. In a table
    of the text it stands in ``cell``, and in no paragraph (-1).
    """

    number: int
    paragraph: int
    start: int
    end: int
    figure: Figure
    cell: CellRef | None = None


@dataclass(slots=True)
class Statement:
    """A row of a text table in the making.

    ``row`` is its definition's row, ``key`` the code or name of a line of open rows, ``label`` the words of the text.
    ``whole`` is the subject that a share is of, where the sentence names it; ``repeated`` are figures that say the same
    again.
    """

    table: str
    row: str
    key: str
    label: str
    block: int
    paragraph: int
    figures: dict[str, Said] = field(default_factory=dict)
    whole: tuple[str, str] | None = None
    children: list[Statement] = field(default_factory=list)
    repeated: list[Said] = field(default_factory=list)

    @property
    def subject(self) -> tuple[str, str, str]:
        """What it speaks of."""
        return self.table, self.row, self.key


class Figured(NamedTuple):
    """One figure of the text: an amount, a rate or a score, and whether some row has it.

    ``why``: for those that have no row, ``原因`` (it stands in a reason), ``单价`` or "" (not understood).
    """

    paragraph: int
    start: int
    end: int
    text: str
    why: str = ""
