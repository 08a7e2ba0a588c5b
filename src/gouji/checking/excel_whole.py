"""Sums written in whole numbers: every value is a ROUND to an integer, so that no comparison depends on binary noise.

Two ways to write the same integer. The plain one adds the cells and rounds the result,
``ROUND((C34-SUM(C8:C15))*10,0)``: right while the noise of all additions stays far below half a unit. Where amounts
are so large that it might not, each cell is rounded first, ``ROUND(C34*100,0)-SUMPRODUCT(ROUND(C8:C15*100,0))``:
right for every cell of up to 15 digits while sums stay below 2^53. Beyond that there is no formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from gouji.checking.excel_cells import Leaf, NoExcelForm, areas, counts, is_whole, literal, totals
from gouji.checking.excel_sums import Product, Sum, step_of

LARGEST_WHOLE = 2**53
"""Doubles hold every integer up to here."""
PLAIN_ROOM = 2**52 // 1000
"""Largest sum × additions written plainly: a thousandth of where the noise of additions could reach half a unit."""
LARGEST_CELL = 10**15


class Addend(NamedTuple):
    """``number`` times the sum of texts (truth values and counts), or just the number."""

    number: Fraction
    texts: tuple[str, ...] = ()


Half: TypeAlias = tuple[Addend, ...]
"""How far rounding reaches to either side of a sum; empty: not at all."""


class Whole(NamedTuple):
    """A sum in whole numbers: ``value`` as printed, a text that may stand beside any operator; ``size`` bounds it."""

    value: str
    half: Half
    size: Fraction


class _Part(NamedTuple):
    """A product with ``step``: what one unit of the last places comes to in whole numbers."""

    leaves: Product
    step: Fraction

    @property
    def weight(self) -> Fraction:
        """What the product of the cells' own numbers is multiplied by."""
        weight = self.step
        for leaf in self.leaves:
            weight *= 10**leaf.places
        return weight

    @property
    def size(self) -> Fraction:
        """How large it is now."""
        size = abs(self.weight)
        for leaf in self.leaves:
            size *= abs(leaf.number)
        return size


def whole(each: Sum, scale: Fraction) -> Whole:
    """``each`` times ``scale``, a multiple of its common scale; halves come out in steps of ½ or 1 accordingly."""
    parts, constant = _parts(each, scale)
    size = sum((part.size for part in parts), abs(constant)) + reach_now(each, scale)
    if size * (len(parts) + 4) < PLAIN_ROOM:
        value = _plain(parts, constant)
    elif size < LARGEST_WHOLE:
        value = _cell_by_cell(parts, constant)
    else:
        raise NoExcelForm
    return Whole(value, _half(each, scale), size)


def _parts(each: Sum, scale: Fraction) -> tuple[list[_Part], int]:
    """The products that read cells, and the constant with every number written in place of a text."""
    parts: list[_Part] = []
    constant = Fraction(0)
    for product, weight in each.weights.items():
        step = step_of(product, weight * scale)
        live = tuple(leaf for leaf in product if not leaf.typed)
        for leaf in product:
            step *= leaf.number * 10**leaf.places if leaf.typed else 1
        if not live:
            constant += step
        elif step:
            parts.append(_Part(live, step))
    if not all(is_whole(step) for step in (constant, *(part.step for part in parts))):
        raise NoExcelForm
    return parts, int(constant)


def reach_now(each: Sum, scale: Fraction) -> Fraction:
    """What the halves come to with the figures as they are now."""
    reach = Fraction(0)
    for product, weight in each.weights.items():
        if any(leaf.rounded for leaf in product):
            part = _Part(product, step_of(product, weight * scale))
            factor = abs(part.step) / 2
            for leaf in product:
                factor *= 1 if leaf.rounded else abs(leaf.number) * 10**leaf.places
            reach += factor
    return reach


def _plain(parts: list[_Part], constant: int) -> str:
    groups: dict[Fraction, list[_Part]] = {}
    for part in parts:
        groups.setdefault(abs(part.weight), []).append(part)
    texts = [_times(_signed_total(group), weight) for weight, group in groups.items()]
    if not texts:
        return _number(constant)
    return _with_constant(f"ROUND({joined(texts)},0)", constant)


def _signed_total(parts: list[_Part]) -> str:
    """``C34-SUM(C8:C15)``: products of one weight, by sign, the sign of the first one first."""
    texts: list[str] = []
    for sign in (1, -1) if parts[0].weight > 0 else (-1, 1):
        signed = [part for part in parts if part.weight * sign > 0]
        single = [part.leaves[0] for part in signed if len(part.leaves) == 1]
        found = totals(single)
        found += ["*".join(leaf.text for leaf in part.leaves) for part in signed if len(part.leaves) > 1]
        texts += [f"-{text}" if sign < 0 else text for text in found]
    return joined(texts)


def joined(texts: Iterable[str]) -> str:
    """Addends with their signs in one text."""
    text = "".join(text if text.startswith("-") else f"+{text}" for text in texts)
    return text.removeprefix("+")


def _times(text: str, weight: Fraction) -> str:
    if weight == 1:
        return text
    simple = text.count("(") <= 1 and not set(text[1:]) & set("+-")
    return f"{text if simple else f'({text})'}*{literal(weight)}"


def _with_constant(text: str, constant: int) -> str:
    if not constant:
        return text
    return f"({text}{'+' if constant > 0 else '-'}{literal(abs(constant))})"


def _number(constant: int) -> str:
    return literal(constant) if constant >= 0 else f"({literal(constant)})"


def _cell_by_cell(parts: list[_Part], constant: int) -> str:
    texts: list[str] = []
    alike: dict[tuple[Fraction, int], list[Leaf]] = {}
    for part in parts:
        if any(abs(leaf.number) * 10**leaf.places >= LARGEST_CELL for leaf in part.leaves):
            raise NoExcelForm
        leaf = part.leaves[0]
        if len(part.leaves) == 1 and leaf.area and leaf.text == leaf.prefix + leaf.cell.address:
            alike.setdefault((part.step, leaf.places), []).append(leaf)
        else:
            product = "*".join(f"ROUND({leaf.text}*{10**leaf.places},0)" for leaf in part.leaves)
            texts.append(_weighted(product, part.step))
    for (step, places), leaves in alike.items():
        for area, cells in areas(leaves):
            text = f"ROUND({area}*{10**places},0)"
            texts.append(_weighted(f"SUMPRODUCT({text})" if cells > 1 else text, step))
    if not texts:
        return _number(constant)
    return _with_constant(f"({joined(texts)})", constant)


def _weighted(text: str, step: Fraction) -> str:
    number = abs(step)
    return ("-" if step < 0 else "") + text + ("" if number == 1 else f"*{literal(number)}")


class Coefficient(NamedTuple):
    """What a rounded cell is multiplied by in whole numbers: ``half`` its half last place, ``factor`` exact cells.

    ``factor`` is signed and ``""`` where the coefficient is a number of that sign.
    """

    half: Fraction
    factor: str
    sign: int


def coefficients(each: Sum, scale: Fraction) -> dict[Leaf, Coefficient]:
    """Every rounded cell of a sum with its coefficient. The coefficient in whole numbers is 2 × half × factor."""
    found: dict[Leaf, list[tuple[Fraction, Product]]] = {}
    for product, weight in each.weights.items():
        for leaf in product:
            if leaf.rounded:
                exact = tuple(other for other in product if other is not leaf)
                found.setdefault(leaf, []).append((step_of(product, weight * scale), exact))
    return {leaf: _coefficient(items) for leaf, items in found.items()}


def _coefficient(items: list[tuple[Fraction, Product]]) -> Coefficient:
    if len(items) == 1 and not items[0][1]:
        step = items[0][0]
        return Coefficient(abs(step) / 2, "", 1 if step > 0 else -1)
    texts = [_weighted(_exact_product(exact) or "1", step) for step, exact in items]
    return Coefficient(Fraction(1, 2), f"({joined(texts)})", 1)


def _exact_product(leaves: Product) -> str:
    return "*".join(f"ROUND({leaf.text}*{10**leaf.places},0)" for leaf in leaves)


def _half(each: Sum, scale: Fraction) -> Half:
    """``0.5*((C34<>0)+COUNTIF(C8:C15,">0")+COUNTIF(C8:C15,"<0"))``."""
    groups: dict[Fraction, list[Leaf]] = {}
    products: list[Addend] = []
    fixed = Fraction(0)
    for leaf, (half, factor, _) in coefficients(each, scale).items():
        if leaf.typed and not leaf.number:
            continue
        if factor:
            counted = "" if leaf.typed else f"*({leaf.text}<>0)"
            products.append(Addend(half, (f"ABS{factor}{counted}",)))
        elif leaf.typed:
            fixed += half
        else:
            groups.setdefault(half, []).append(leaf)
    found = [Addend(half, tuple(counts(leaves, "<>"))) for half, leaves in groups.items()]
    return (*found, *products, *([Addend(fixed)] if fixed else []))


def addends(half: Half, factor: Fraction | int = 1, times: str = "") -> list[str]:
    """The texts of ``half × factor × times``; truth values among them become numbers only by adding or multiplying."""
    found: list[str] = []
    for each, texts in half:
        number = each * factor
        if number == 1 and not times:
            found += texts or ["1"]
        else:
            inside = "+".join(texts) if len(texts) <= 1 else f"({'+'.join(texts)})"
            parts = [*([] if number == 1 else [literal(number)]), *([times] if times else []), inside]
            found.append("*".join(part for part in parts if part))
    return found


def as_number(texts: Sequence[str]) -> str:
    """The sum of texts, a number even where it is one truth value."""
    if len(texts) == 1 and texts[0].startswith("("):
        return f"1*{texts[0]}"
    return "+".join(texts) or "0"


def unwrapped(text: str) -> str:
    """Without parentheses around the whole."""
    depth = 0
    for place, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if not depth:
            return text[1:-1] if place and place == len(text) - 1 and text[0] == "(" else text
    return text


def open_ends(each: Sum, scale: Fraction, side: str) -> list[str]:
    """Addends that count the rounded figures which leave the upper (``">"``) or lower (``"<"``) end of the sum open."""
    opposite = {">": "<", "<": ">"}
    found: list[str] = []
    by_sign: dict[str, list[Leaf]] = {}
    for leaf, (_, factor, sign) in coefficients(each, scale).items():
        if factor:
            found.append(f"({factor}*{leaf.text}{side}0)")
        else:
            by_sign.setdefault(side if sign > 0 else opposite[side], []).append(leaf)
    for comparison, leaves in by_sign.items():
        found += counts(leaves, comparison)
    return found
