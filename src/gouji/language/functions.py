"""The functions of the rule language: Excel's, the language's own, and those it refuses with a replacement."""

from __future__ import annotations

import re
from typing import NamedTuple

from gouji.language.errors import FormulaError
from gouji.language.spelling import nearest


class Arity(NamedTuple):
    """How many arguments a function takes; ``most`` is ``None`` where any number does."""

    least: int
    most: int | None


SET_FUNCTIONS = frozenset({"SUM", "AVERAGE", "COUNT", "MIN", "MAX", "COUNTIF"})
"""Functions whose arguments may be sets."""

FUNCTIONS: dict[str, Arity] = {
    "SUM": Arity(1, None),
    "AVERAGE": Arity(1, None),
    "COUNT": Arity(1, None),
    "MIN": Arity(1, None),
    "MAX": Arity(1, None),
    "COUNTIF": Arity(2, 2),
    "AND": Arity(1, None),
    "OR": Arity(1, None),
    "NOT": Arity(1, 1),
    "有": Arity(1, 1),
    "达标": Arity(2, 2),
    "可比": Arity(2, 2),
    "完成比": Arity(2, 2),
    "方向": Arity(1, 1),
    "单位": Arity(1, 1),
    "档次": Arity(1, 1),
}

TRUTHS = frozenset({"AND", "OR", "NOT", "有", "达标", "可比"})
"""Functions whose value is true or false."""
TEXTS = frozenset({"方向", "单位", "档次"})
"""Functions whose value is a text that a cell says."""
ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?[1-9][0-9]*")
"""The address of a cell, which no rule writes."""

_ROUNDING = (
    "去掉它：印出的数本来就按末位取舍核对",
    "leave it out: printed figures are already judged at their last place",
)
_ABSOLUTE = ("直接用 = 比较，不设容差", "compare with =; there is no tolerance")
_BRANCH = ("把条件写在 when 里，分成几条规则", "put the condition into when, one rule for each case")

REFUSED: dict[str, tuple[str, str]] = {
    "ROUND": _ROUNDING, "ROUNDUP": _ROUNDING, "ROUNDDOWN": _ROUNDING, "INT": _ROUNDING, "TRUNC": _ROUNDING,
    "ABS": _ABSOLUTE,
    "IF": _BRANCH, "IFS": _BRANCH, "IFERROR": _BRANCH, "CHOOSE": _BRANCH, "SWITCH": _BRANCH,
    "SUMIF": ("用集合代替，如 SUM([合计/下级, 栏])", "use a set, such as SUM([合计/下级, 栏])"),
    "VLOOKUP": (
        "写 表[本行, 栏]，自动对到同一编码或名称的行",
        "write table[本行, column]: it finds the row of the same key",
    ),
}


def no_address(address: str) -> tuple[str, str]:
    """What is said of a cell's address in a formula."""
    return (
        f"不写单元格地址（{address}），写表上印的名字，如 [总计]",
        f"no cell addresses ({address}): write the names that are printed, as [总计]",
    )


def check_call(name: str, count: int, column: int) -> None:
    """Raise ``FormulaError`` unless ``name`` is a function that takes ``count`` arguments."""
    arity = FUNCTIONS.get(name)
    if arity is None:
        raise _unknown(name, column)
    if count < arity.least or (arity.most is not None and count > arity.most):
        wanted = str(arity.least) if arity.most is not None else f"{arity.least}+"
        raise FormulaError(
            column,
            f"{name} 要 {wanted} 个参数，这里有 {count} 个",
            f"{name} takes {wanted} argument(s), found {count}",
        )


def _unknown(name: str, column: int) -> FormulaError:
    upper = name.upper()
    if upper in REFUSED:
        chinese, english = REFUSED[upper]
        return FormulaError(column, f"规则里不用 {upper}：{chinese}", f"{upper} is not used in rules: {english}")
    guess = upper if upper in FUNCTIONS else nearest(name, FUNCTIONS)
    if guess:
        return FormulaError(
            column, f"没有函数 {name}，是 {guess} 吗？", f"no function {name}; did you mean {guess}?"
        )
    known = " ".join(FUNCTIONS)
    return FormulaError(column, f"没有函数 {name}；可用的有 {known}", f"no function {name}; there are {known}")
