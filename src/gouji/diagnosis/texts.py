"""Linear rules as texts: ``t == 1*a + 2.5*b - c``, also with ``<= >= < >``, brackets and constants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from gouji.language.ast import Comparison

_PIECE = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?(?![\w.]))"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>==|<=|>=|!=|<>|[-+*/()=<>≤≥×÷])|(?P<end>$)|(?P<other>.))"
)
_COMPARISONS: dict[str, Comparison] = {
    "==": "=", "=": "=", "<=": "<=", "≤": "<=", ">=": ">=", "≥": ">=", "<": "<", ">": ">",
}  # fmt: skip
_SAME = {"×": "*", "÷": "/"}
DEEPEST = 50


class LinearRule(NamedTuple):
    """``Σ weight × name + constant ? 0``; every name that is written is in ``weights``, also with weight 0."""

    weights: Mapping[str, Fraction]
    constant: Fraction
    comparison: Comparison


class _Sum(NamedTuple):
    weights: dict[str, Fraction]
    constant: Fraction

    def plus(self, other: _Sum, factor: Fraction | int) -> _Sum:
        weights = dict(self.weights)
        for name, weight in other.weights.items():
            weights[name] = weights.get(name, Fraction(0)) + weight * factor
        return _Sum(weights, self.constant + other.constant * factor)

    def times(self, factor: Fraction) -> _Sum:
        return _Sum({name: weight * factor for name, weight in self.weights.items()}, self.constant * factor)


def linear_rule(text: str) -> LinearRule:
    """Read a rule. Raises ``ValueError``, in Chinese and English, where it is none."""
    return _Reader(text).rule()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces = list(_pieces(text))
        self._next = 0
        self._depth = 0

    def rule(self) -> LinearRule:
        left = self._sum()
        kind, sign = self._take()
        if kind != "sign" or sign not in _COMPARISONS:
            raise self._fault("要有一个 ==、<=、>=、< 或 >", "one of == <= >= < > is expected")
        difference = left.plus(self._sum(), -1)
        if self._take()[0] != "end":
            raise self._fault("右边之后还有内容", "something follows the right side")
        return LinearRule(difference.weights, difference.constant, _COMPARISONS[sign])

    def _sum(self) -> _Sum:
        total = self._product()
        while (sign := self._sign("+", "-")) is not None:
            total = total.plus(self._product(), 1 if sign == "+" else -1)
        return total

    def _product(self) -> _Sum:
        total = self._factor()
        while (sign := self._sign("*", "/")) is not None:
            other = self._factor()
            if sign == "*" and total.weights and other.weights:
                raise self._fault("两个数字名相乘不是线性关系", "a product of two names is not linear")
            if sign == "/" and (other.weights or not other.constant):
                raise self._fault("只能除以不为零的常数", "only a constant other than zero can divide")
            if sign == "/":
                total = total.times(1 / other.constant)
            else:
                total = total.times(other.constant) if not other.weights else other.times(total.constant)
        return total

    def _factor(self) -> _Sum:
        kind, piece = self._take()
        if kind == "number":
            return _Sum({}, Fraction(piece))
        if kind == "name":
            return _Sum({piece: Fraction(1)}, Fraction(0))
        if piece not in {"+", "-", "("} or self._depth == DEEPEST:
            raise self._fault("要有一个数或名称", "a number or a name is expected")
        self._depth += 1
        inner = self._sum() if piece == "(" else self._factor()
        if piece == "(" and self._take()[1] != ")":
            raise self._fault("缺少右括号", "a closing bracket is missing")
        self._depth -= 1
        return inner.times(Fraction(-1)) if piece == "-" else inner

    def _take(self) -> tuple[str, str]:
        piece = self._pieces[self._next]
        self._next = min(self._next + 1, len(self._pieces) - 1)
        return piece

    def _sign(self, *signs: str) -> str | None:
        kind, piece = self._pieces[self._next]
        if kind != "sign" or piece not in signs:
            return None
        self._next += 1
        return piece

    def _fault(self, chinese: str, english: str) -> ValueError:
        return ValueError(f"规则“{self._text}”：{chinese}（rule {self._text!r}: {english}）")


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while True:
        found = _PIECE.match(text, at)
        assert found is not None
        assert found.lastgroup is not None
        piece = found[found.lastgroup]
        yield found.lastgroup, _SAME.get(piece, piece)
        if found.lastgroup == "end":
            return
        at = found.end()
