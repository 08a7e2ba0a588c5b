"""What a parser error means to the person who wrote the formula."""

from __future__ import annotations

import re
from typing import Literal

from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from gouji.language.errors import FormulaError
from gouji.language.functions import ADDRESS, no_address

_OPERANDS = frozenset({"NUMBER", "STRING"})
_STEPS = frozenset({"HERE", "SET", "CODE", "QUOTED", "LABEL"})
_SIGNS = (
    ("_WITHIN", "/"), ("_RANGE", ":"), ("_COMMA", ","), ("_CLOSE", ")"), ("_RBRACKET", "]"),
    ("_DOT", "."), ("_OPEN", "("), ("LBRACKET", "["),
)
_CELLS = re.compile(rf"[!！]?(?P<at>{ADDRESS.pattern})")
_RANGE = re.compile(rf"(?P<at>{ADDRESS.pattern})[:：]$")
_COMPARISONS = "=＝<＜>＞≤≥≠"


def explain(error: UnexpectedInput, text: str, start: Literal["formula", "place"]) -> FormulaError:
    """The fault in words, at its 1-based column."""
    position = _position(error, text)
    rest = text[position:]
    accepted = _accepted(error)
    inside = start == "place" or _open_bracket(text[:position]) is not None
    for fault in (_leading_equals, _address, _unclosed, _second_comparison, _bad_bracket, _quote, _unit):
        found = fault(text, position, accepted, inside and start != "place")
        if found:
            return found
    found_zh, found_en = (f"“{_word(rest)}”", f"'{_word(rest)}'") if rest else ("结尾", "the end")
    wanted_zh, wanted_en = _wanted(accepted, inside)
    space = "" if wanted_zh[0].isalpha() else " "
    return FormulaError(
        position + 1, f"遇到{found_zh}，这里应是{space}{wanted_zh}", f"found {found_en}, expected {wanted_en}"
    )


def _position(error: UnexpectedInput, text: str) -> int:
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        return len(text)
    position = error.pos_in_stream
    return len(text) if position is None else position


def _accepted(error: UnexpectedInput) -> frozenset[str]:
    if isinstance(error, UnexpectedToken):
        return frozenset(error.accepts or error.expected)
    if isinstance(error, UnexpectedCharacters):
        return frozenset(error.allowed or ())
    return frozenset()


def _open_bracket(before: str) -> int | None:
    opened, closed = before.rfind("["), before.rfind("]")
    return opened if opened > closed else None


def _leading_equals(text: str, position: int, accepted: frozenset[str], inside: bool) -> FormulaError | None:
    if inside or text[:position].strip() or text[position : position + 1] not in ("=", "＝"):
        return None
    return FormulaError(
        position + 1,
        "公式前面不写 =，直接写关系，如 [总计] = [甲] + [乙]",
        "no = in front: write the relation itself, as [总计] = [甲] + [乙]",
    )


def _address(text: str, position: int, accepted: frozenset[str], inside: bool) -> FormulaError | None:
    """A range of cells (C8:C15), the cell of a sheet (表!C8) or an absolute address ($C$8)."""
    found = _CELLS.match(text, position) or _RANGE.search(text[: position + 1])
    if inside or found is None:
        return None
    return FormulaError(found.start("at") + 1, *no_address(found["at"]))


def _unclosed(text: str, position: int, accepted: frozenset[str], inside: bool) -> FormulaError | None:
    if inside and (position == len(text) or text[position] == "["):
        column = (_open_bracket(text[:position]) or 0) + 1
        return FormulaError(
            position + 1,
            f"缺 ]：第 {column} 个字的 [ 没有收尾",
            f"missing ]: the [ at column {column} is not closed",
        )
    if not inside and position == len(text) and "_CLOSE" in accepted and not accepted & _OPERANDS:
        column = _open_parenthesis(text) + 1
        return FormulaError(
            position + 1,
            f"缺 )：第 {column} 个字的 ( 没有收尾",
            f"missing ): the ( at column {column} is not closed",
        )
    return None


def _open_parenthesis(text: str) -> int:
    stack: list[int] = []
    in_brackets = False
    for index, sign in enumerate(text):
        if sign in "[]":
            in_brackets = sign == "["
        elif not in_brackets and sign in "(（":
            stack.append(index)
        elif not in_brackets and sign in ")）" and stack:
            stack.pop()
    return stack[-1] if stack else 0


def _second_comparison(text: str, position: int, accepted: frozenset[str], inside: bool) -> FormulaError | None:
    if inside or text[position : position + 1] not in tuple(_COMPARISONS) or accepted & _OPERANDS:
        return None
    return FormulaError(
        position + 1,
        f"一条公式只比较一次，这里又有 {text[position]}；多个关系写成列表，真假相比加括号",
        f"a formula compares once, here is another {text[position]}; write several relations as a list",
    )


def _bad_bracket(text: str, position: int, accepted: frozenset[str], inside: bool) -> FormulaError | None:
    if text[position : position + 1] not in tuple("［【〔］】〕"):
        return None
    sign = text[position]
    return FormulaError(position + 1, f"“{sign}”应写作半角的 [ ]", f"write '{sign}' as plain [ ]")


def _quote(text: str, position: int, accepted: frozenset[str], inside: bool) -> FormulaError | None:
    if text[position : position + 1] not in tuple("‘’＇"):
        return None
    return FormulaError(
        position + 1, "公式两头的引号要用半角的单引号 '", "the quotes round a formula are plain single quotes: '"
    )


def _unit(text: str, position: int, accepted: frozenset[str], inside: bool) -> FormulaError | None:
    """A unit behind a number."""
    unit = next((word for word in ("万元", "亿元", "元") if text.startswith(word, position)), None)
    if inside or unit is None or not text[:position].rstrip()[-1:].isdigit():
        return None
    return FormulaError(
        position + 1,
        f"数后面不写单位：去掉“{unit}”，金额按规则包的单位（万元）写",
        f"no unit behind a number: take {unit} out, amounts are in the unit of the pack (万元)",
    )


def _word(rest: str) -> str:
    sign = rest[0]
    if not (sign.isalnum() or sign == "_"):
        return rest[:2] if rest[:2] in ("<=", ">=", "<>") else sign
    end = next((index for index, letter in enumerate(rest) if not (letter.isalnum() or letter == "_")), len(rest))
    return rest[: min(end, 12)]


def _wanted(accepted: frozenset[str], inside: bool) -> tuple[str, str]:
    if accepted & _STEPS:
        return "行或栏的名称、编码", "the name or code of a row or column"
    if accepted & _OPERANDS:
        return "数、[行, 栏] 或函数", "a number, a [row, column] or a function"
    signs = [sign for terminal, sign in _SIGNS if terminal in accepted]
    if inside:
        return _either(signs, "结尾", "the end")
    if "COMPARE" in accepted or "PLUS" in accepted:
        signs = [sign for sign in signs if sign in "[("]
        return _either(["运算符", *signs], "公式结尾", "the end", ["an operator", *signs])
    return _either(signs, "公式结尾", "the end")


def _either(signs: list[str], end_zh: str, end_en: str, english: list[str] | None = None) -> tuple[str, str]:
    ends = not {"]", "["} & set(signs)
    chinese_words = [*signs, end_zh] if ends else signs
    english_words = [*(english or signs), end_en] if ends else (english or signs)
    last = "或" if ends else " 或 "
    return _joined(chinese_words, last), _joined(english_words, " or ")


def _joined(words: list[str], last: str) -> str:
    return last.join(filter(None, [" ".join(words[:-1]), words[-1]]))
