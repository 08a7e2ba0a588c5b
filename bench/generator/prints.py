"""Each standard table as its rows, printed in one style."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from bench.generator import subjects
from bench.generator.layout import LEFT, UP, Amount, Number, Row
from bench.generator.spelling import spelled, wrapped
from bench.generator.style import Style
from bench.generator.truth import Item, Purse, Unit

FUNCTIONAL_LABELS = ("功能分类科目编码", "支出功能分类科目编码", "科目编码")
EMPTY = "本部门本年度没有{}，故本表无数据。"


@dataclass
class Form:
    """A printed table: its title, its heading rows, its lines and the notes below."""

    table: str
    number: int
    title: str
    heading: list[Row]
    body: list[Row]
    notes: list[str]


class Figures(NamedTuple):
    """A column of amounts: its name in the definition, its heading words from the top, and its amount of an item."""

    name: str
    path: tuple[str, ...]
    of: Callable[[Item], int]


def spent(style: Style, of: Callable[[Item], tuple[int, int]], *, nested: bool = False) -> list[Figures]:
    """本年支出 with 基本支出 and 项目支出, under one heading or beside one another."""
    names = ("本年支出", "基本支出", "项目支出")
    amounts: tuple[Callable[[Item], int], ...] = (lambda i: sum(of(i)), lambda i: of(i)[0], lambda i: of(i)[1])
    if style.spent in {"小计", "合计"} or nested:
        words = (style.spent if style.spent in {"小计", "合计"} else "小计", "基本支出", "项目支出")
        return [Figures(n, ("本年支出", w), a) for n, w, a in zip(names, words, amounts, strict=True)]
    words = (style.spent.removeprefix("flat "), "基本支出", "项目支出")
    return [Figures(n, (w,), a) for n, w, a in zip(names, words, amounts, strict=True)]


def six(style: Style, of: Callable[[Item], Purse]) -> list[Figures]:
    """The six columns of a budget: opening, income, three of expenditure, closing."""
    return [
        Figures("年初结转和结余", ("年初结转和结余",), lambda i: of(i).opening),
        Figures("本年收入", ("本年收入",), lambda i: of(i).income),
        *spent(style, lambda i: (of(i).basic, of(i).project), nested=True),
        Figures("年末结转和结余", ("年末结转和结余",), lambda i: of(i).closing),
    ]


def income(unit: Unit, style: Style, rng: Random) -> Form:
    """02 收入决算表."""
    own: list[Figures] = [Figures("事业收入", ("事业收入",), lambda i: i.other.own_income)]
    if style.fees:
        fees = Figures("教育收费", ("其中：教育收费",), lambda i: i.other.fees)
        own = [own[0], fees] if style.fees == "beside" else [
            own[0]._replace(path=("事业收入", "小计")), fees._replace(path=("事业收入", "其中：教育收费"))]
    columns = [
        Figures("本年收入合计", ("本年收入合计",), lambda i: sum(p.income for p in i.purses) + i.other.income),
        Figures("财政拨款收入", ("财政拨款收入",), lambda i: sum(p.income for p in i.purses)),
        Figures("上级补助收入", ("上级补助收入",), lambda i: i.other.from_above),
        *own,
        Figures("经营收入", ("经营收入",), lambda i: i.other.business_income),
        Figures("附属单位上缴收入", ("附属单位上缴收入",), lambda i: i.other.from_below),
        Figures("其他收入", ("其他收入",), lambda i: i.other.rest),
    ]
    title = rng.choice(("收入决算表", "收入决算表", "收入决算总表"))
    return by_subject("收入表", 2, title, columns, unit, style, rng)


def expenditure(unit: Unit, style: Style, rng: Random) -> Form:
    """03 支出决算表."""
    columns = [
        Figures("本年支出合计", ("本年支出合计",), lambda i: sum(p.spent for p in i.purses) + i.other.spent),
        Figures("基本支出", ("基本支出",), lambda i: sum(p.basic for p in i.purses) + i.other.basic),
        Figures("项目支出", ("项目支出",), lambda i: sum(p.project for p in i.purses) + i.other.project),
        Figures("上缴上级支出", ("上缴上级支出",), lambda i: i.other.upward),
        Figures("经营支出", ("经营支出",), lambda i: i.other.business),
        Figures("对附属单位补助支出", ("对附属单位补助支出",), lambda i: i.other.subsidy),
    ]
    return by_subject("支出表", 3, rng.choice(("支出决算表", "支出决算表", "支出决算总表")), columns, unit, style, rng)


def general(unit: Unit, style: Style, rng: Random) -> Form:
    """05 一般公共预算财政拨款支出决算表."""
    if style.general_six:
        columns = six(style, lambda i: i.general)
        return by_subject("一般支出", 5, "一般公共预算财政拨款收入支出决算表", columns, unit, style, rng)
    columns = spent(style, lambda i: (i.general.basic, i.general.project))
    return by_subject("一般支出", 5, "一般公共预算财政拨款支出决算表", columns, unit, style, rng)


def fund(unit: Unit, style: Style, rng: Random) -> Form:
    """政府性基金预算财政拨款收入支出决算表."""
    return by_subject(
        "基金", 8, "政府性基金预算财政拨款收入支出决算表", six(style, lambda i: i.fund), unit, style, rng,
        "政府性基金预算财政拨款收入支出")


def capital(unit: Unit, style: Style, rng: Random) -> Form:
    """国有资本经营预算财政拨款支出决算表, with three or six columns."""
    if style.capital_six:
        columns, title = six(style, lambda i: i.capital), "国有资本经营预算财政拨款收入支出决算表"
    else:
        columns = spent(style, lambda i: (i.capital.basic, i.capital.project))
        title = "国有资本经营预算财政拨款支出决算表"
    return by_subject("国资", 9, title, columns, unit, style, rng, "国有资本经营预算财政拨款支出")


def by_subject(
    table: str, number: int, title: str, columns: Sequence[Figures], unit: Unit, style: Style, rng: Random,
    nothing: str = "财政拨款支出",
) -> Form:
    """A table whose lines are functional subjects."""
    wide = 3 if style.codes.startswith(("three", "merged")) else 1
    heading = subject_heading([column.path for column in columns], wide, style, rng)
    lines = _lines(columns, unit, style, rng)
    total: Row = [Amount(unit.total(column.of), "合计", column.name) for column in columns]
    key = spelled("合计", style.spelling)
    notes = [f"注：本表反映部门本年度{title.removesuffix('决算表')}情况。"]
    if not lines:
        notes.append("说明：" + EMPTY.format(nothing))
        if style.empty != "zeros":
            return Form(table, number, title, heading, _emptied(style, nothing, wide + 1 + len(columns)), notes)
    body = _body(lines, total, key, wide, len(columns), style)
    if style.remarks:
        heading = [[*row, "备注" if n == 0 else UP] for n, row in enumerate(heading)]
    return Form(table, number, title, heading, body, notes)


def _emptied(style: Style, nothing: str, width: int) -> list[Row]:
    if style.empty == "sentence":
        return [[EMPTY.format(nothing), *[LEFT] * (width - 1)]]
    return [[None] * width for _ in range(3)] if style.empty == "blank" else []


def subject_heading(paths: Sequence[tuple[str, ...]], wide: int, style: Style, rng: Random) -> list[Row]:
    """One to four rows: 项目 over code and name, the words of the columns merged down."""
    deep = max(style.heading, *(len(path) for path in paths))
    rows: list[Row] = [[] for _ in range(deep)]
    code, name = rng.choice(FUNCTIONAL_LABELS), spelled("科目名称", style.spelling)
    if deep > 1:
        rows[0] += [spelled("项目", style.spelling), *[LEFT] * wide]
    first, *continued = rows[min(deep - 1, 1):]
    first += [wrapped(code, rng), *[LEFT] * (wide - 1), name]
    for row in continued:
        row.extend([UP] * (wide + 1))
    before: tuple[str, ...] = ()
    for path in paths:
        for number, row in enumerate(rows):
            if number >= len(path):
                row.append(UP)
            elif number == 0 and len(path) > 1 and before[:1] == path[:1]:
                row.append(LEFT)
            else:
                row.append(wrapped(spelled(path[number], style.spelling), rng))
        before = path
    return rows


def _body(lines: list[Row], total: Row, key: str, wide: int, count: int, style: Style) -> list[Row]:
    """The numbering row, the 合计 row where the style puts it, and the lines."""
    numbers: Row = [Number(str(n)) for n in range(1, count + 1)]
    if style.total == "heading" and wide == 3:
        if not style.numbering:
            return [["类", "款", "项", key, *total], *lines]
        return [["类", "款", "项", spelled("栏次", style.spelling), *numbers], [UP, UP, UP, key, *total], *lines]
    body: list[Row] = []
    if style.numbering == "bare":
        body.append([*[None] * (wide + 1), *numbers])
    elif style.numbering:
        body.append([style.numbering, *[LEFT] * wide, *numbers])
    named: Row = [key, *[LEFT] * wide] if style.total == "merged" else [*[None] * wide, key]
    if style.total == "missing" and lines:
        return [*body, *lines]
    return [*body, *lines, [*named, *total]] if style.total == "last" else [*body, [*named, *total], *lines]


def _lines(columns: Sequence[Figures], unit: Unit, style: Style, rng: Random) -> list[Row]:
    """类, 款 and 项 that carry money in any column."""
    lines: list[Row] = []
    printed: set[str] = set()
    for item in unit.items:
        if not any(column.of(item) for column in columns):
            continue
        for length in (3, 5, 7):
            code = item.code[:length]
            if code in printed or (length == 5 and rng.random() < style.groups_missing):
                continue
            printed.add(code)
            amounts: Row = [Amount(unit.total(column.of, code), code, column.name) for column in columns]
            lines.append([*coded(code, style.codes, (3, 5, 7)), _subject_name(code, style), *amounts])
    return lines


def _subject_name(code: str, style: Style) -> str:
    name = subjects.CLASSES[code][-1 if style.classes else 0] if len(code) == 3 else subjects.FUNCTIONAL[code]
    return "　" * (len(code) - 3) + name if style.spelling == "full spaces" else name


def coded(code: str, manner: str, ends: Sequence[int]) -> Row:
    """The cells of a code: one, one a level, or one merged over all levels; texts or numbers."""
    how, kind = manner.split()
    if how == "one":
        return [Number(code) if kind == "number" else code]
    if how == "merged":
        return [Number(code) if kind == "number" else code, *[LEFT] * (len(ends) - 1)]
    parts = [code[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return [None if not part else Number(str(int(part))) if kind == "numbers" else part for part in parts]
