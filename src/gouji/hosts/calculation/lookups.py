"""Functions that search: criteria (SUMIF …) and exact lookups (VLOOKUP …, FALSE)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gouji.hosts.calculation.aggregates import mean
from gouji.hosts.calculation.operators import Function
from gouji.hosts.calculation.values import (
    Argument,
    ErrorValue,
    Failed,
    Table,
    Unsupported,
    Value,
    checked,
    compared,
    number,
    number_in_text,
    require,
    same_number,
    scalar,
    sum_of,
    whole,
)

Test = Callable[[Value], bool]

_CRITERION = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)
_HOLDS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}
_UNEQUAL_AREAS = "条件区域与求和区域大小不同"


def matcher(criterion: Argument) -> Test:
    """What ``">20"``, ``"合计"``, ``"丙*"`` or 20 asks of a cell."""
    wanted = scalar(criterion)
    if not isinstance(wanted, str):
        return _equals(0.0 if wanted is None else wanted)
    match = _CRITERION.fullmatch(wanted)
    assert match is not None
    sign, rest = match[1] or "=", match[2]
    target = _target(rest)
    if sign == "=":
        return _blank_test(match[1]) if rest == "" else _equals(target)
    if sign == "<>":
        equal = _filled_not if rest == "" else _equals(target)
        return lambda value: not equal(value)
    holds = _HOLDS[sign]
    return lambda value: _alike(value, target) and holds(compared(value, target))


def _filled_not(value: Value) -> bool:
    return value is None


def _blank_test(sign: str | None) -> Test:
    """``"="`` is true of blank cells only, ``""`` also of empty texts."""
    return (lambda value: value is None) if sign else (lambda value: value is None or value == "")


def _target(text: str) -> Value:
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    try:
        return number_in_text(text)
    except Failed:
        return text


def _alike(value: Value, target: Value) -> bool:
    return value is not None and not isinstance(value, ErrorValue) and _kind(value) == _kind(target)


def _kind(value: Value) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)


def _equals(target: Value) -> Test:
    """Equal as criteria see it: texts by pattern, numbers also where a cell holds them as text."""
    if isinstance(target, str):
        pattern = _pattern(target)
        return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None
    if isinstance(target, bool | ErrorValue):
        return lambda value: value is target
    assert target is not None
    wanted = float(target)

    def equal(value: Value) -> bool:
        if isinstance(value, str):
            return _text_equals(value, wanted)
        return isinstance(value, float | int) and not isinstance(value, bool) and same_number(value, wanted)

    return equal


def _text_equals(text: str, wanted: float) -> bool:
    """Excel counts a text that spells the number, other programs do not: refused."""
    try:
        equal = same_number(number_in_text(text), wanted)
    except (Failed, Unsupported):
        return False
    require(not equal, f"文本形式的数字“{text}”是否符合条件，各软件不同")
    return False


def _pattern(text: str) -> re.Pattern[str]:
    """``*`` any characters, ``?`` one, ``~`` takes the next one as it is."""
    pieces, index = [], 0
    while index < len(text):
        sign = text[index]
        if sign == "~" and text[index + 1 : index + 2] in ("*", "?", "~"):
            index += 1
            pieces.append(re.escape(text[index]))
        else:
            pieces.append({"*": ".*", "?": "."}.get(sign) or re.escape(sign))
        index += 1
    return re.compile("".join(pieces), re.IGNORECASE | re.DOTALL)


def _area(argument: Argument) -> Table:
    if not isinstance(argument, Table):
        raise Unsupported("条件区域不是单元格区域")
    return argument


def _selected(pairs: tuple[Argument, ...], values: Table | None = None) -> Iterator[Value]:
    """The values at the places where every (area, criterion) agrees."""
    areas = [_area(area) for area in pairs[::2]]
    tests = [matcher(criterion) for criterion in pairs[1::2]]
    require(len(areas) == len(tests), "条件不成对")
    values = values or areas[0]
    require(all(area.shape == values.shape for area in areas), _UNEQUAL_AREAS)
    places = zip(values.values(), zip(*(area.values() for area in areas), strict=True), strict=True)
    for value, tested in places:
        if all(test(one) for test, one in zip(tests, tested, strict=True)):
            yield value


def _numbers(values: Iterator[Value]) -> list[float]:
    return [number(value) for value in values if not isinstance(checked(value), bool | str | None)]


def _count_if(*pairs: Argument) -> Argument:
    return float(sum(1 for _ in _selected(pairs)))


def _sum_if(area: Argument, criterion: Argument, values: Argument | None = None) -> Argument:
    return sum_of(_numbers(_selected((area, criterion), None if values is None else _area(values))))


def _average_if(area: Argument, criterion: Argument, values: Argument | None = None) -> Argument:
    return mean(_numbers(_selected((area, criterion), None if values is None else _area(values))))


def _sum_ifs(values: Argument, *pairs: Argument) -> Argument:
    return sum_of(_numbers(_selected(pairs, _area(values))))


def _position(wanted: Value, places: tuple[Value, ...]) -> int:
    """Where the value stands, from 0; ``#N/A`` when it does not."""
    checked(wanted)
    if wanted is None:
        raise Unsupported("查找值为空")
    pattern = _pattern(wanted) if isinstance(wanted, str) else None
    for index, value in enumerate(places):
        if isinstance(value, ErrorValue) or _kind(value) != _kind(wanted):
            continue
        if pattern.fullmatch(str(value)) if pattern else compared(value, wanted) == 0:
            return index
    raise Failed(ErrorValue.NA)


def _exactly(flag: Argument) -> None:
    require(number(flag) == 0, "近似匹配的查找")


def _vertical(wanted: Argument, table: Argument, column: Argument, approximate: Argument = True) -> Argument:
    _exactly(approximate)
    return _looked_up(wanted, _area(table).rows, whole(column))


def _horizontal(wanted: Argument, table: Argument, row: Argument, approximate: Argument = True) -> Argument:
    _exactly(approximate)
    return _looked_up(wanted, tuple(zip(*_area(table).rows, strict=True)), whole(row))


def _looked_up(wanted: Argument, lines: tuple[tuple[Value, ...], ...], index: int) -> Value:
    if index < 1:
        raise Failed(ErrorValue.VALUE)
    if index > len(lines[0]):
        raise Failed(ErrorValue.REF)
    return lines[_position(scalar(wanted), tuple(line[0] for line in lines))][index - 1]


def _match(wanted: Argument, area: Argument, kind: Argument = 1.0) -> Argument:
    _exactly(kind)
    table = _area(area)
    if 1 not in table.shape:
        raise Failed(ErrorValue.NA)
    return float(_position(scalar(wanted), tuple(table.values())) + 1)


def _index(area: Argument, row: Argument, column: Argument | None = None) -> Argument:
    table = _area(area)
    height, width = table.shape
    across, down = (whole(row), 1) if height == 1 and column is None else (whole(column or 1.0), whole(row))
    require(across > 0 and down > 0, "INDEX 取整行或整列")
    if down > height or across > width:
        raise Failed(ErrorValue.REF)
    return table.rows[down - 1][across - 1]


LOOKUPS: dict[str, Function] = {
    "COUNTIF": _count_if,
    "COUNTIFS": _count_if,
    "SUMIF": _sum_if,
    "SUMIFS": _sum_ifs,
    "AVERAGEIF": _average_if,
    "VLOOKUP": _vertical,
    "HLOOKUP": _horizontal,
    "MATCH": _match,
    "INDEX": _index,
}
