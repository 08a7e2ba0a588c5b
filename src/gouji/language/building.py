"""From the parser's tree to the typed tree of ``ast.py``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

from lark import Token, Tree

from gouji.language.ast import (
    Axis,
    Binary,
    Call,
    Code,
    Compare,
    Comparison,
    Each,
    Expression,
    Here,
    HereWord,
    Label,
    Negate,
    Number,
    Operator,
    Parameter,
    Path,
    Percent,
    Place,
    Reference,
    Step,
    Text,
)
from gouji.language.errors import FormulaError
from gouji.language.functions import check_call

_HALF_WIDTH = {
    "＝": "=", "≤": "<=", "≥": ">=", "≠": "<>", "＜": "<", "＞": ">",
    "＋": "+", "－": "-", "−": "-", "×": "*", "＊": "*", "÷": "/", "／": "/",
}


def expression_of(node: object) -> Expression:
    """The typed expression of a parsed one; ``FormulaError`` for a function that is unknown or misused."""
    tree = cast("Tree[Token]", node)
    return _BUILDERS[tree.data](tree)


def place_of(node: object) -> Place:
    """The typed place of a parsed one."""
    tree = cast("Tree[Token]", node)
    return Place(tuple(_axis(cast("Tree[Token]", child)) for child in tree.children))


def _column(token: object) -> int:
    return cast(int, cast(Token, token).column)


def _start(tree: Tree[Token]) -> int:
    return tree.meta.column


def _sign(token: object) -> str:
    text = str(token)
    return _HALF_WIDTH.get(text, text)


def _axis(tree: Tree[Token]) -> Axis:
    paths = [_path(cast("Tree[Token]", child)) for child in tree.children]
    return Axis(paths[0], paths[1] if len(paths) > 1 else None)


def _path(tree: Tree[Token]) -> Path:
    return Path(tuple(_step(cast(Token, token)) for token in tree.children), _start(tree))


def _step(token: Token) -> Step:
    text, column = str(token), _column(token)
    if token.type == "HERE":
        return Here(cast(HereWord, text), column)
    if token.type == "SET":
        return Each(text if text == "下级" else text[1:], column)
    if token.type == "CODE":
        return Code(text, column)
    if token.type == "QUOTED":
        return Label(text[1:-1], quoted=True, column=column)
    if text.startswith("各"):
        name = text.rstrip()
        raise FormulaError(
            column,
            f"“{name}”以“各”开头：是名称就加引号写作 \"{name}\"，是集合就不要有空格",
            f'"{name}" begins with 各: quote it if it is a name; a set word has no spaces',
        )
    return Label(text.rstrip(), column=column)


def _number(tree: Tree[Token]) -> Expression:
    return Number(Decimal(str(tree.children[0])), _start(tree))


def _text(tree: Tree[Token]) -> Expression:
    return Text(str(tree.children[0])[1:-1], _start(tree))


def _parameter(tree: Tree[Token]) -> Expression:
    return Parameter(str(tree.children[0]), _start(tree))


def _reference(tree: Tree[Token]) -> Expression:
    names = [str(child) for child in tree.children[:-2]]
    book, table = [None, None, *names][-2:]
    return Reference(place_of(tree.children[-1]), table, book, _start(tree))


def _call(tree: Tree[Token]) -> Expression:
    name = str(tree.children[0])
    check_call(name, len(tree.children) - 1, _start(tree))
    return Call(name, tuple(expression_of(child) for child in tree.children[1:]), _start(tree))


def _negate(tree: Tree[Token]) -> Expression:
    return Negate(expression_of(tree.children[1]), _start(tree))


def _percent(tree: Tree[Token]) -> Expression:
    return Percent(expression_of(tree.children[0]), _start(tree))


def _binary(tree: Tree[Token]) -> Expression:
    left, sign, right = tree.children
    return Binary(cast(Operator, _sign(sign)), expression_of(left), expression_of(right), _column(sign))


def _compare(tree: Tree[Token]) -> Expression:
    left, sign, right = tree.children
    return Compare(cast(Comparison, _sign(sign)), expression_of(left), expression_of(right), _column(sign))


_BUILDERS: dict[Any, Callable[[Tree[Token]], Expression]] = {
    "number": _number,
    "text": _text,
    "parameter": _parameter,
    "here_reference": _reference,
    "table_reference": _reference,
    "book_reference": _reference,
    "call": _call,
    "neg": _negate,
    "percent": _percent,
    "add": _binary,
    "mul": _binary,
    "compare": _compare,
}
