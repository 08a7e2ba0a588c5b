"""Sums of cells as a formula writes them where lines are typed later: by code, by name, by the whole column.

A text in a cell counts as nothing here; that it stands there is a check of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.selfcheck.trial import OpenRows


class Amount(NamedTuple):
    """A number as text, and the texts that count its rounded figures that are not zero."""

    text: str
    counts: tuple[str, ...] = ()

    def plus(self, other: Amount, sign: str = "+") -> Amount:
        """The sum, or with ``-`` the difference."""
        right = other.text if sign == "+" else f"({other.text})"
        return Amount(f"{self.text}{sign}{right}", self.counts + other.counts)


def of_cell(cell: str, *, rounded: bool) -> Amount:
    """One cell."""
    return Amount(f"SUM({cell})", (f"(SUM({cell})<>0)",) if rounded else ())


def of_area(area: str, *, rounded: bool) -> Amount:
    """All cells of an area."""
    return Amount(f"SUM({area})", (f'COUNTIF({area},">0")', f'COUNTIF({area},"<0")') if rounded else ())


def children(rows: OpenRows, column: str, code: str, levels: Sequence[int]) -> Amount:
    """The lines directly below a code (a cell or a quoted text; ``""`` for all lines without one above them)."""
    weights, area = below(rows, code, levels), rows.area(column)
    return Amount(
        f"SUMPRODUCT({weights},{area})", (f"SUMPRODUCT({weights}*ISNUMBER({area})*({area}<>0))",)
    )


def below(rows: OpenRows, code: str, levels: Sequence[int]) -> str:
    """1 for each line whose longest printed beginning is ``code``, else 0: an array over the open lines."""
    codes = rows.area(rows.key)
    depth = f"LEN({code})" if code != '""' else "0"
    parts = [f"(LEN({codes})>{depth})"]
    if code != '""':
        parts.append(f'(LEFT({codes},{depth})={code}&"")')
    parts += [
        f"(1-({level}>{depth})*(LEN({codes})>{level})*(COUNTIF({codes},LEFT({codes},{level}))>0))"
        for level in sorted(levels)[:-1]
    ]
    return "*".join(parts)


def looked_up(rows: OpenRows, column: str, key: str, levels: Sequence[int]) -> Amount:
    """The line of a code or name; of a code that is not printed itself the lines right below it."""
    keys, area = rows.area(rows.key), rows.area(column)
    own = f"SUMIF({keys},{key},{area})"
    if not levels:
        return Amount(own, (f"({own}<>0)",))
    lower = children(rows, column, key, levels)
    printed = f"COUNTIF({keys},{key})>0"
    return Amount(f"IF({printed},{own},{lower.text})", (f"IF({printed},--({own}<>0),{lower.counts[0]})",))


def compared(comparison: str, left: Amount, right: Amount, places: int) -> str:
    """The exact verdict on two sums of figures with ``places`` decimals (see ``gouji.checking.excel_compare``)."""
    value = f"ROUND(({left.text}-({right.text}))*{10**places},0)"
    counts = left.counts + right.counts
    room = f"MAX(1,0.5*({'+'.join(counts)}))" if counts else "1"
    return {"=": f"ABS({value})<{room}", "<=": f"{value}<{room}", ">=": f"{value}>-{room}"}[comparison]
