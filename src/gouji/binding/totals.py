"""Sums of figures just as printed, in whole numbers at the finest place of the workbook."""

from __future__ import annotations

from gouji.binding.bound import Applied, Arithmetic, Bound, Constant, Many, Nothing, Single, Term


def printed_total(bound: Bound) -> int | None:
    """What a sum of figures comes to as printed; ``None`` for anything else than a sum."""
    kind = type(bound)
    if kind is Single:
        return bound.term.scaled  # type: ignore[union-attr]
    if kind is Many:
        return _members(bound.terms)  # type: ignore[union-attr]
    if kind is Applied and bound.function == "SUM":  # type: ignore[union-attr]
        parts = [printed_total(argument) for argument in bound.arguments]  # type: ignore[union-attr]
        return None if None in parts else sum(parts)  # type: ignore[arg-type]
    if kind is Arithmetic:
        return _arithmetic(bound)  # type: ignore[arg-type]
    if kind is Nothing or (kind is Constant and not bound.value):  # type: ignore[union-attr]
        return 0
    return None


def _members(terms: tuple[Term, ...]) -> int | None:
    total = 0
    for term in terms:
        if term.scaled is None:
            return None
        total += term.scaled
    return total


def _arithmetic(bound: Arithmetic) -> int | None:
    if bound.operator not in "+-":
        return None
    left, right = printed_total(bound.left), printed_total(bound.right)
    if left is None or right is None:
        return None
    return left + right if bound.operator == "+" else left - right
