"""Kinds of figures in formulas: 金额, 比率, 分, 数. Unlike kinds neither add nor compare."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.language.ast import Binary, Call, Compare, Expression, Negate, Percent, Reference
from gouji.language.walking import parts
from gouji.packs.model import Pack
from gouji.packs.names import Fault, Form, Meaning, meaning

_TYPELESS = frozenset({"指标值", "实际值", "文字", "行名", "编码", "序号"})
_COUNTS = frozenset({"COUNT", "COUNTIF"})
_SAME_TYPE = frozenset({"SUM", "AVERAGE", "MIN", "MAX"})


def referred(pack: Pack, table: str, reference: Reference, call: str | None = None) -> Meaning | Fault:
    """What a reference of a rule on ``table`` means; a form that occurs on many sheets is a set from outside."""
    name = reference.table or table
    if name not in pack.tables:
        return Fault(reference.column, f"没有表 {name}", f"no table {name}")
    form = Form(pack.tables[name], pack.codes)
    found = meaning(form, reference.place, column_needed=call != "有")
    many = bool(reference.table and form.table.many) or reference.book == "所属单位"
    return found._replace(is_set=True) if many and isinstance(found, Meaning) else found


def type_faults(pack: Pack, table: str, expression: Expression) -> Iterator[Fault]:
    """Unlike kinds of figures that are added or compared."""
    for part in parts(expression):
        if isinstance(part, Compare) or (isinstance(part, Binary) and part.operator in "+-"):
            left, right = _type(pack, table, part.left), _type(pack, table, part.right)
            if left and right and left != right:
                yield Fault(
                    part.column, f"{left}与{right}不能相加减或比较", f"{left} and {right} do not add or compare"
                )


def _type(pack: Pack, table: str, expression: Expression) -> str | None:
    """金额, 比率, 分 … or ``None`` where it takes the other side's."""
    match expression:
        case Reference():
            found = referred(pack, table, expression)
            kind = found.type if isinstance(found, Meaning) else None
            return None if kind in _TYPELESS else kind
        case Negate(operand=operand):
            return _type(pack, table, operand)
        case Percent():
            return "比率"
        case Binary(operator=sign, left=left, right=right):
            return _result(sign, _type(pack, table, left), _type(pack, table, right))
        case Call(name=name) if name in _COUNTS:
            return "数"
        case Call(name=name, arguments=arguments) if name in _SAME_TYPE:
            return next(filter(None, (_type(pack, table, argument) for argument in arguments)), None)
    return None


def _result(sign: str, left: str | None, right: str | None) -> str | None:
    if sign in "+-":
        return left or right
    if sign == "/" and left and left == right:
        return "比率"
    if right in (None, "比率"):
        return left or (right if sign == "*" else None)
    return right if sign == "*" and left in (None, "比率") else None
