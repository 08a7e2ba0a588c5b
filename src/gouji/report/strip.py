"""The sum of a finding as on the paper strip of a desk calculator: data that console and HTML print.

A strip only says that figures add up when they do: the operands as printed, converted to the unit of the
finding, must give exactly the side they stand on. Otherwise (a rate, a score) they are listed as read,
under the relation itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal, NamedTuple, TypeAlias

from gouji.report.model import Finding, Operand
from gouji.report.words import choose, grouped_digits

Kind: TypeAlias = Literal["sum", "product"] | None
"""How the right side is worked out from its figures in the order printed; ``None``: not simply."""
Role: TypeAlias = Literal["figure", "rest", "rule", "total", "difference", "relation"]
LINES = 12
_MONEY = {"元": Decimal(1), "万元": Decimal(10000), "亿元": Decimal(100000000)}
_DASHES = frozenset({"", "-", "—", "——", "–", "－"})
_TOTALS: dict[str, tuple[str, str]] = {
    "=": ("应为", "should be"),
    "<>": ("应不等于", "must differ from"),
    "<=": ("应不超过", "at most"),
    ">=": ("应不少于", "at least"),
    "<": ("应小于", "less than"),
    ">": ("应大于", "more than"),
}
_DIFFERENCES: dict[str, tuple[str, str]] = {
    "<=": ("超出", "over by"),
    "<": ("超出", "over by"),
    ">=": ("不足", "short by"),
    ">": ("不足", "short by"),
}


class StripLine(NamedTuple):
    """One line: an operand's ``sign``, what it is, where it stands, its figure as printed."""

    role: Role
    sign: str = ""
    label: str = ""
    place: str = ""
    figure: str = ""


def strip(finding: Finding, language: str = "zh", limit: int | None = LINES) -> tuple[StripLine, ...]:
    """The strip of a finding, at most ``limit`` lines (``None``: all); empty where there is nothing to add up."""
    left, right = finding.operands[: finding.left_count], finding.operands[finding.left_count :]
    if len(finding.operands) < 2:
        return ()
    if not finding.left or not finding.right:
        return tuple(_figure(_Paper(finding, language, None), operand, "") for operand in finding.operands)
    kind = _kind(finding, left, right)
    paper = _Paper(finding, language, kind)
    if kind == "sum" and len(left) == len(right) == 1:
        pair = (_figure(paper, operand, "") for operand in finding.operands)
        return (*pair, StripLine("rule"), paper.difference())
    head = () if kind else (StripLine("relation", label=finding.formula),)
    room = None if limit is None else limit - len(head)
    lines = _classic(paper, left[0], right, room) if len(left) == 1 and right else _two_sides(paper, left, right, room)
    return (*head, *lines)


def adds_up(side: Sequence[Operand], total: str, unit: str) -> bool:
    """Whether the printed figures of a side, added and subtracted, give exactly its total."""
    sum_ = Decimal(0)
    for operand in side:
        value = printed_value(operand, unit)
        if value is None or operand.sign not in ("+", "-"):
            return False
        sum_ += -value if operand.sign == "-" else value
    return sum_ == _decimal(total)


def multiplies_out(side: Sequence[Operand], total: str, unit: str) -> bool:
    """Whether the printed figures of a side, multiplied and divided one after another, round to its total."""
    expected = _decimal(total)
    if expected is None or not side or side[0].sign != "+" or any(each.sign not in ("×", "÷") for each in side[1:]):
        return False
    values = [_plain_number(each) for each in side]
    if any(value is None for value in values):
        return False
    product, *factors = (value for value in values if value is not None)
    for factor, operand in zip(factors, side[1:], strict=True):
        if operand.sign == "÷" and not factor:
            return False
        product = product / factor if operand.sign == "÷" else product * factor
    return (product / _scale(unit)).quantize(expected, ROUND_HALF_UP) == expected


def printed_value(operand: Operand, unit: str) -> Decimal | None:
    """The operand's figure in ``unit``; ``None`` where it is no plain number or of a kind that does not convert."""
    value = _printed(operand)
    if value is None or operand.unit in ("", unit) or unit == "":
        return value
    if operand.unit not in _MONEY or unit not in _MONEY:
        return None
    return value * _MONEY[operand.unit] / _MONEY[unit]


def _kind(finding: Finding, left: Sequence[Operand], right: Sequence[Operand]) -> Kind:
    if not adds_up(left, finding.left, finding.unit):
        return None
    if adds_up(right, finding.right, finding.unit):
        return "sum"
    return "product" if multiplies_out(right, finding.right, finding.unit) else None


def _printed(operand: Operand) -> Decimal | None:
    text = operand.printed.strip().replace(",", "").replace("，", "")
    return Decimal(0) if text in _DASHES else _decimal(text.removesuffix("%"))


def _plain_number(operand: Operand) -> Decimal | None:
    value = _printed(operand)
    return None if value is None else value * _scale(operand.unit)


def _scale(unit: str) -> Decimal:
    return Decimal("0.01") if unit == "%" else _MONEY.get(unit, Decimal(1))


class _Paper(NamedTuple):
    """What every line of a strip depends on."""

    finding: Finding
    language: str
    kind: Kind

    def say(self, chinese: str, english: str) -> str:
        return choose((chinese, english), self.language)

    def value(self, operand: Operand) -> Decimal:
        value = printed_value(operand, self.finding.unit) or Decimal(0)
        return -value if operand.sign == "-" else value

    def difference(self) -> StripLine:
        word = choose(_DIFFERENCES.get(self.finding.comparison, ("相差", "difference")), self.language)
        return StripLine("difference", label=word, figure=self.figure(self.finding.difference.lstrip("-")))

    def figure(self, text: str) -> str:
        return grouped_digits(text) + ("%" if self.finding.unit == "%" and text else "")


def _classic(paper: _Paper, judged: Operand, right: Sequence[Operand], room: int | None) -> tuple[StripLine, ...]:
    """The right side added up, what the judged figure should be, what it is."""
    finding = paper.finding
    computed = ("算得", "computed") if finding.comparison == "=" and paper.kind != "sum" else None
    words = computed or _TOTALS.get(finding.comparison, _TOTALS["="])
    printed = judged.printed or paper.say("空白", "blank")
    return (
        *_side(paper, right, None if room is None else room - 4),
        StripLine("rule"),
        StripLine("total", label=choose(words, paper.language), figure=paper.figure(finding.right)),
        StripLine("total", label=paper.say("列示", "printed"), place=_place(finding, judged), figure=printed),
        paper.difference(),
    )


def _two_sides(
    paper: _Paper, left: Sequence[Operand], right: Sequence[Operand], room: int | None
) -> tuple[StripLine, ...]:
    """Both sides added up, one under the other."""
    share = None if room is None else (room - 5) // (2 if left and right else 1)
    lines: list[StripLine] = []
    for operands, total, name in (
        (left, paper.finding.left, paper.say("左边", "left side")),
        (right, paper.finding.right, paper.say("右边", "right side")),
    ):
        lines += _side(paper, operands, share)
        lines += [StripLine("rule")] if operands else []
        lines.append(StripLine("total", label=name, figure=paper.figure(total)))
    return (*lines, paper.difference())


def _side(paper: _Paper, operands: Sequence[Operand], room: int | None) -> list[StripLine]:
    """The figures of a side in at most ``room`` lines; zeros are only counted, the last ones summed."""
    if paper.kind != "sum":
        return _listing(paper, operands, room)
    shown = [operand for operand in operands if paper.value(operand)]
    zeros = len(operands) - len(shown)
    if zeros == 1 and (room is None or len(operands) <= room):
        shown, zeros = list(operands), 0
    space = len(shown) if room is None else room - (zeros > 0)
    over = shown[space - 1 :] if len(shown) > space else []
    kept = shown[: len(shown) - len(over)]
    lines = [_figure(paper, each, _sign(each, first=not index)) for index, each in enumerate(kept)]
    if over:
        sum_ = sum((paper.value(each) for each in over), Decimal(0))
        label = paper.say(f"其余 {len(over)} 项合计", f"sum of {len(over)} more")
        lines.append(StripLine("rest", "-" if sum_ < 0 else "+", label, figure=f"{abs(sum_):,}"))
    if zeros:
        lines.append(StripLine("rest", label=paper.say(f"其余 {zeros} 项为 0", f"{zeros} more are 0")))
    return lines


def _listing(paper: _Paper, operands: Sequence[Operand], room: int | None) -> list[StripLine]:
    """The figures as read, with signs only where they are worked out in that order."""
    count = len(operands)
    keep = count if room is None or count <= room else room - 1
    signs = [each.sign if paper.kind == "product" and index else "" for index, each in enumerate(operands)]
    lines = [_figure(paper, each, sign) for each, sign in zip(operands[:keep], signs, strict=False)]
    if keep < count:
        lines.append(
            StripLine("rest", label=paper.say(f"其余 {count - keep} 项从略", f"{count - keep} more not shown"))
        )
    return lines


def _figure(paper: _Paper, operand: Operand, sign: str) -> StripLine:
    own, unit = operand.unit, paper.finding.unit
    behind = own if own in _MONEY and own != unit and unit and operand.printed else ""
    figure = operand.printed + behind if operand.printed else paper.say("空白", "blank")
    return StripLine("figure", sign, operand.label, _place(paper.finding, operand), figure)


def _sign(operand: Operand, *, first: bool) -> str:
    return "" if first and operand.sign != "-" else operand.sign


def _place(finding: Finding, operand: Operand) -> str:
    if operand.cell is None:
        return ""
    address = operand.cell.address
    return address if operand.cell.sheet == finding.sheet else f"{operand.table or operand.cell.sheet} {address}"


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
