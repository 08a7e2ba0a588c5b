"""The ``formulas`` library parses and evaluates; functions and operators are those of this package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from formulas.parser import Parser
from formulas.tokens.function import Function as FunctionToken
from formulas.tokens.operand import XlError
from formulas.tokens.operator import OperatorToken

from gouji.hosts.calculation.operators import OPERATORS, Function, as_number
from gouji.hosts.calculation.plan import FUNCTIONS, Plan
from gouji.hosts.calculation.values import (
    ErrorValue,
    Failed,
    Refusal,
    Table,
    Unsupported,
    Value,
    require,
    scalar,
)

_UNREADABLE = "公式无法解析"


class Engine:
    """Compiles a plan once and computes it with the values it reads."""

    def __init__(self) -> None:
        self._parser = _Parser()
        self._compiled: dict[str, Callable[..., object]] = {}

    def compute(self, plan: Plan, tables: Mapping[str, Table]) -> Value:
        """The value of the formula, given what each of its names stands for. Raises ``Unsupported``."""
        compiled = self._compiled.get(plan.text)
        if compiled is None:
            compiled = self._compiled[plan.text] = self._compile(plan)
        try:
            result = compiled(*(tables[name] for name in compiled.inputs))  # type: ignore[attr-defined]
        except Exception as fault:  # whatever the library raises, the formula is not computed
            raise Unsupported(_UNREADABLE) from fault
        found = _incoming(result)
        if isinstance(found, Refusal):
            raise Unsupported(found.reason)
        return scalar(found)

    def _compile(self, plan: Plan) -> Callable[..., object]:
        try:
            compiled: Any = self._parser.ast(plan.text)[1].compile()
        except Exception as fault:
            raise Unsupported(_UNREADABLE) from fault
        require(set(compiled.inputs) <= set(plan.reads), _UNREADABLE)
        return compiled  # type: ignore[no-any-return]


class _Operator(OperatorToken):  # type: ignore[misc]
    """An operator with our meaning; two minus signs convert to a number, which the library forgets."""

    def process(self, match: Any, context: Any = None, parser: Any = None) -> Any:
        attributes = super().process(match, context, parser)
        signs = attributes.get("sum_minus") or ""
        attributes["converts"] = signs.count("-") >= 2 and attributes.get("name") == "+"
        return attributes

    def set_expr(self, *operands: Any) -> None:
        super().set_expr(*operands)
        if self.attr.get("converts") and self.name == "u+":
            self.attr["expr"] = f"--{operands[0].get_expr}"

    def compile(self) -> Callable[..., object]:
        name = self.name.upper()
        if name == "U+" and self.attr.get("converts"):
            return partial(_applied, as_number)
        return partial(_applied, OPERATORS[name])


class _Function(FunctionToken):  # type: ignore[misc]
    """A function of the verified list."""

    def compile(self) -> Callable[..., object]:
        return partial(_applied, FUNCTIONS[self.name.upper()])


class _Parser(Parser):  # type: ignore[misc]
    filters = [  # noqa: RUF012  the library's own way to name its tokens
        {OperatorToken: _Operator, FunctionToken: _Function}.get(token, token) for token in Parser.filters
    ]


def _applied(function: Function, *arguments: object) -> object:
    """A function's outcome as a value: errors and refusals travel on."""
    taken = [_incoming(argument) for argument in arguments]
    for argument in taken:
        if isinstance(argument, Refusal):
            return argument
    try:
        return function(*taken)
    except Failed as failed:
        return failed.error
    except Unsupported as unsupported:
        return Refusal(str(unsupported))
    except TypeError:
        return Refusal("参数个数不对")


def _incoming(value: Any) -> Any:
    """What the library hands over, in our types; its own constants are Python's numbers, texts and errors."""
    if isinstance(value, XlError):
        return next((error for error in ErrorValue if error.value == str(value)), Refusal(f"错误值 {value}"))
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value
