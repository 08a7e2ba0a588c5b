"""Shapes of formulas (language, section 7): where rounding matters, and what no exact verdict exists for."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.language.ast import Binary, Call, Compare, Expression, Reference
from gouji.language.functions import SET_FUNCTIONS
from gouji.language.walking import parts, references
from gouji.packs.model import Pack
from gouji.packs.name_faults import Fault

_READ_AS_PRINTED = frozenset({"有", "达标", "可比", "方向", "单位", "档次", "COUNT", "COUNTIF"})
_EXACT_TYPES = frozenset({"文字", "行名", "指标值", "数", "年"})


def rounding_matters(pack: Pack, table: str, check: Expression) -> bool:
    """Whether an instance can hold through rounding alone: several inexact figures, or two of different tables."""
    if not isinstance(check, Compare) or check.comparison == "<>" or isinstance(check.left, Compare):
        return False
    figures = list(_inexact(pack, table, check))
    sets = any(call in SET_FUNCTIONS for _, call in figures)
    tables = {reference.table for reference, _ in figures}
    scaled = any(isinstance(part, Binary) and part.operator in "*/" for part in parts(check))
    return bool(figures) and (len(figures) > 2 or sets or len(tables) > 1 or scaled)


def shape_faults(pack: Pack, table: str, check: Expression) -> Iterator[Fault]:
    """Products and quotients of uncertain figures that no rule may have, with the rewriting."""
    divided = 0
    for part in parts(check):
        if isinstance(part, Compare):
            divided = sum(_divides(pack, table, side) for side in (part.left, part.right))
            if divided > 1:
                yield Fault(
                    part.column,
                    "比较的两边都有除法；改成一边是印出的比率，或交叉相乘的各项",
                    "quotients on both sides: compare a printed rate with one quotient",
                )
        elif isinstance(part, Binary):
            yield from _product_faults(pack, table, part)


def _product_faults(pack: Pack, table: str, part: Binary) -> Iterator[Fault]:
    both = [_uncertain(pack, table, side) for side in (part.left, part.right)]
    if part.operator == "*" and all(both):
        yield Fault(
            part.column,
            "两个都有舍入的数不能相乘；改用印出的结果核对",
            "two rounded figures cannot be multiplied: use the printed result",
        )
    if part.operator in "+-" and any(_divides(pack, table, side) for side in (part.left, part.right)):
        yield Fault(
            part.column,
            "除得的数不能再加减；先通分成一个除法", "a quotient cannot be added to: bring it to one quotient",
        )


def _divides(pack: Pack, table: str, expression: Expression) -> bool:
    """Whether a quotient by something uncertain stands in the expression, outside of functions."""
    match expression:
        case Binary(operator="/", right=right) if _uncertain(pack, table, right):
            return True
        case Binary(left=left, right=right):
            return _divides(pack, table, left) or _divides(pack, table, right)
    return False


def _uncertain(pack: Pack, table: str, expression: Expression) -> bool:
    return any(True for _ in _inexact(pack, table, expression))


def _inexact(pack: Pack, table: str, expression: Expression) -> Iterator[tuple[Reference, str | None]]:
    """References to rounded figures, with the function they stand in."""
    if isinstance(expression, Call) and expression.name in _READ_AS_PRINTED:
        return
    for reference, call in references(expression):
        if call not in _READ_AS_PRINTED and not _is_exact(pack, reference.table or table, reference):
            yield reference, call


def _is_exact(pack: Pack, table: str, reference: Reference) -> bool:
    """Whether the reference is a field, or ends on a column marked exact or one whose figures are never rounded."""
    definition = pack.tables.get(table)
    step = reference.place.axes[-1].start.steps[-1]
    columns = [column for section in definition.sections for column in section.columns] if definition else []
    name = getattr(step, "name", None)
    if definition and len(reference.place.axes) == 1 and any(field.name == name for field in definition.fields):
        return True
    named = [column for column in columns if column.name == name]
    return bool(named) and all(column.exact or column.type in _EXACT_TYPES for column in named)
