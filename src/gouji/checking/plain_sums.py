"""Plain sums of figures, added up in one go: most relations compare nothing else."""

from __future__ import annotations

from gouji.binding.bound import Applied, Arithmetic, Bound, Constant, Many, Negative, Nothing, Single
from gouji.checking.linear import Linear, Weight, Weighted, whole
from gouji.sheet import CellRef


def difference(left: Bound, right: Bound) -> Linear | None:
    """``left`` minus ``right`` where both are plain sums, as of ``forms`` but in one go; ``None`` for all others."""
    found: dict[CellRef, Weighted] = {}
    constants: list[Weight] = [0, 0]
    if _added(left, 1, found, constants) and _added(right, -1, found, constants):
        return Linear(found, *constants)
    return None


def is_sum(bound: Bound) -> bool:
    """Whether an expression is a plain sum: each figure in it counts so often whatever the others are."""
    return _added(bound, 1, {}, [0, 0])


def _added(bound: Bound, factor: int, found: dict[CellRef, Weighted], constants: list[Weight]) -> bool:
    """Add a plain sum, its numbers with and without a unit to ``constants``; ``False`` for anything else."""
    if isinstance(bound, (Single, Many)):
        for term in (bound.term,) if isinstance(bound, Single) else bound.terms:
            known = found.get(term.cell)
            weight = factor if known is None else known.weight + factor
            if weight:
                found[term.cell] = Weighted(weight, term.figure)
            else:
                del found[term.cell]
        return True
    if isinstance(bound, Arithmetic):
        if bound.operator not in "+-" or not _added(bound.left, factor, found, constants):
            return False
        return _added(bound.right, factor if bound.operator == "+" else -factor, found, constants)
    if isinstance(bound, Applied):
        return bound.function == "SUM" and all(_added(one, factor, found, constants) for one in bound.arguments)
    if isinstance(bound, Constant):
        constants[0 if bound.money else 1] += whole(bound.value) * factor
        return True
    return isinstance(bound, Nothing) or (
        isinstance(bound, Negative) and _added(bound.operand, -factor, found, constants)
    )
