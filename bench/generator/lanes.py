"""The tables in lanes: 总表, 财政拨款总表, 基本支出明细; and 三公 in its several prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from random import Random

from bench.generator import subjects
from bench.generator.layout import LEFT, UP, Amount, Item, Number, Row
from bench.generator.prints import Form, coded
from bench.generator.spelling import ordinal, spelled
from bench.generator.style import Style
from bench.generator.truth import Expenses, Unit

FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
SURPLUS = ("使用非财政拨款结余", "使用非财政拨款结余（含专用结余）", "用事业基金弥补收支差额")
ECONOMIC_LABELS = ("科目编码", "经济分类科目编码", "支出经济分类科目编码")
BLOCKS: dict[int, list[tuple[str, ...]]] = {
    1: [("301", "302", "303", "307", "310", "312", "399")],
    2: [("301", "303"), ("302", "307", "310", "312", "399")],
    3: [("301", "303"), ("302",), ("307", "310", "312", "399")],
}
"""Economic 类 of each lane, by the number of lanes."""
EXPENSE_COLUMNS = (
    "合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费", "公务接待费",
)
EXPENSES = (
    ("因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行费"),
    ("因公出国（境）费用", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费"),
    ("因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行费"),
    ("因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费"),
)


def printed_funds(unit: Unit) -> int:
    """How many of the three budgets the forms of the year print: until 2019 国有资本经营 was none of them."""
    return 2 if unit.year <= 2019 and not any(p for item in unit.items for p in item.capital) else 3


def summary(unit: Unit, style: Style, rng: Random) -> Form:
    """01 收入支出决算总表."""
    funds = unit.budgets("income")[: printed_funds(unit)]
    incomes = [(f"{name}收入", amount) for name, amount in zip(FUNDS, funds, strict=False)]
    incomes += [
        ("上级补助收入", unit.beside("from_above")), ("事业收入", unit.beside("own_income")),
        ("经营收入", unit.beside("business_income")), ("附属单位上缴收入", unit.beside("from_below")),
        ("其他收入", unit.beside("rest")),
    ]
    year = sum(amount for _, amount in incomes)
    spent = sum(unit.budgets("spent")) + unit.beside("spent")
    opening = sum(unit.budgets("opening")) + unit.other_opening
    closing = sum(unit.budgets("closing")) + unit.other_closing
    total = year + opening + unit.surplus_used
    assert total == spent + closing + unit.distributed
    left = [_line(style, n, name, f"收入/{name}", [amount]) for n, (name, amount) in enumerate(incomes, 1)]
    right = _classes(style, lambda code: [sum(unit.budgets("spent", code)) + unit.beside("spent", code)])
    left_totals = [
        _line(style, 0, "本年收入合计", "收入/本年收入合计", [year]),
        _line(style, 0, SURPLUS[style.surplus], "收入/使用非财政拨款结余", [unit.surplus_used]),
        _line(style, 0, "年初结转和结余", "收入/年初结转和结余", [opening]),
        _line(style, 0, _grand(style, "收入"), "收入/总计", [total]),
    ]
    right_totals = [
        _line(style, 0, "本年支出合计", "支出/本年支出合计", [spent]),
        _line(style, 0, "结余分配", "支出/结余分配", [unit.distributed]),
        _line(style, 0, "年末结转和结余", "支出/年末结转和结余", [closing]),
        _line(style, 0, _grand(style, "支出"), "支出/总计", [total]),
    ]
    heading = _lane_heading(style, [style.money_label], [style.money_label])
    body = _two_lanes(style, (left, left_totals), (right, right_totals), ("金额",), ("金额",))
    return Form("总表", 1, "收入支出决算总表", heading, body, ["注：本表反映部门本年度的总收支和年末结转结余情况。"])


def appropriation(unit: Unit, style: Style, rng: Random) -> Form:
    """04 财政拨款收入支出决算总表."""
    funds = FUNDS[: printed_funds(unit)]
    incomes, openings = unit.budgets("income")[: len(funds)], unit.budgets("opening")[: len(funds)]

    def row(of: str, code: str = "") -> list[int]:
        each = unit.budgets(of, code)[: len(funds)]
        return [sum(each), *each]

    opening = "年初财政拨款结转和结余"
    left = [_line(style, n, name, f"收入/本年收入合计/{name}", [amount])
            for n, (name, amount) in enumerate(zip(funds, incomes, strict=True), 1)]
    parts = [_line(style, n, ("" if style.ordinals else "　　") + name, f"收入/{opening}/{name}", [amount])
             for n, (name, amount) in enumerate(zip(funds, openings, strict=True), 1)]
    total = sum(incomes) + sum(openings)
    left_totals = [
        _line(style, 0, "本年收入合计", "收入/本年收入合计", [sum(incomes)]),
        _line(style, 0, opening, f"收入/{opening}", [sum(openings)]), *parts,
        _line(style, 0, _grand(style, "收入"), "收入/总计", [total]),
    ]
    grand = [a + b for a, b in zip(row("spent"), row("closing"), strict=True)]
    assert grand[0] == total
    right_totals = [
        _line(style, 0, "本年支出合计", "支出/本年支出合计", row("spent")),
        _line(style, 0, "年末财政拨款结转和结余", "支出/年末财政拨款结转和结余", row("closing")),
        *[None] * len(parts), _line(style, 0, _grand(style, "支出"), "支出/总计", grand),
    ]
    right = _classes(style, lambda code: row("spent", code))
    words = ["小计" if style.spent == "小计" else "合计", *funds]
    heading = _lane_heading(style, [style.money_label], words)
    body = _two_lanes(style, (left, left_totals), (right, right_totals), ("金额",), ("合计", *funds))
    return Form("拨款总表", 4, "财政拨款收入支出决算总表", heading, body, ["注：本表反映部门本年度财政拨款收支情况。"])


Line = tuple[str, str, list[int]]
"""The label as printed, the row's name, its amounts."""


def _line(style: Style, number: int, label: str, name: str, amounts: list[int]) -> Line:
    front = ordinal(number, style.ordinals) if number else ""
    return front + spelled(label, style.spelling), name, amounts


def _grand(style: Style, side: str) -> str:
    return side + "总计" if style.grand_total == "收支" else "总计"


def _classes(style: Style, amounts: Callable[[str], list[int]]) -> list[Line]:
    """The functional 类: all of them, or those with money."""
    found: list[Line] = []
    for official, (code, names) in enumerate(subjects.CLASSES.items(), 1):
        money = amounts(code)
        if any(money) or style.all_lines:
            number = official if style.classes else len(found) + 1
            found.append(_line(style, number, names[-1 if style.classes else 0], f"支出/{code}", money))
    return found


def _lane_heading(style: Style, left: Sequence[str], right: Sequence[str]) -> list[Row]:
    def keys() -> list[Item]:
        return [spelled("项目", style.spelling), *(["行次"] if style.line_numbers else [])]

    words = [[spelled(word, style.spelling) for word in side] for side in (left, right)]
    rows: list[Row] = [[*keys(), *words[0], *keys(), *words[1]]]
    wide = len(keys())
    if style.heading >= 3 and len(right) > 1:
        over: Row = [*rows[0][: wide + 1 + wide], style.money_label, *[LEFT] * (len(right) - 1)]
        rows = [over, [*[UP] * (wide + 1 + wide), *rows[0][wide + 1 + wide:]]]
    if style.lane_heads:
        income, spending = spelled("收入", style.spelling), spelled("支出", style.spelling)
        rows.insert(0, [income, *[LEFT] * wide, spending, *[LEFT] * (wide + len(right) - 1)])
    return rows


Lane = tuple[Sequence[Line | None], Sequence[Line | None]]
"""The items of a lane, and its totals at the foot."""


def _two_lanes(
    style: Style, left: Lane, right: Lane, left_columns: Sequence[str], right_columns: Sequence[str]
) -> list[Row]:
    height = max(len(left[0]), len(right[0]))
    lanes = [[*items, *[None] * (height - len(items)), *totals] for items, totals in (left, right)]
    rows: list[Row] = []
    if style.numbering in {"栏次", "栏 次"}:
        gap: Row = [None] if style.line_numbers else []
        numbers: Row = [Number(str(n)) for n in range(2, len(right_columns) + 2)]
        rows.append([style.numbering, *gap, Number("1"), style.numbering, *gap, *numbers])
    count = len(lanes[0])
    for number, (one, other) in enumerate(zip_longest(*lanes), 1):
        rows.append([
            *_cells(style, one, number, left_columns), *_cells(style, other, number + count, right_columns)])
    return rows


def _cells(style: Style, line: Line | None, number: int, columns: Sequence[str]) -> Row:
    position: Row = [Number(str(number))] if style.line_numbers else []
    if line is None:
        return [None, *position, *[None] * len(columns)]
    label, name, amounts = line
    return [label, *position, *(Amount(a, name, c) for a, c in zip(amounts, columns, strict=True))]


def basic(unit: Unit, style: Style, rng: Random) -> Form:
    """06 一般公共预算财政拨款基本支出决算表: one list in one, two or three lanes."""
    wide = 2 if style.economic_codes.startswith("two") else 1
    lanes = [_economic_lines(unit, style, kinds) for kinds in BLOCKS[min(style.basic, 3)]]
    code = rng.choice(ECONOMIC_LABELS)
    key: Row = [spelled(code, style.spelling), *[LEFT] * (wide - 1), spelled("科目名称", style.spelling),
                spelled("金额" if style.money_label == "金额" else "决算数", style.spelling)]
    heading: list[Row] = [[item for _ in lanes for item in key]]
    if style.lane_heads and style.basic > 1:
        rest: Row = ["公用经费", *[LEFT] * ((wide + 2) * (len(lanes) - 1) - 1)]
        heading.insert(0, ["人员经费", *[LEFT] * (wide + 1), *rest])
    nothing: Row = [None] * (wide + 2)
    body = [[item for lane in row for item in lane] for row in zip_longest(*lanes, fillvalue=nothing)]
    if style.total != "missing":
        body += _economic_totals(unit, style, wide)
    title = rng.choice(("一般公共预算财政拨款基本支出决算表", "一般公共预算财政拨款基本支出决算明细表"))
    return Form("基本明细", 6, title, heading, body, ["注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"])


def _economic_lines(unit: Unit, style: Style, kinds: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    for code, name in subjects.ECONOMIC.items():
        amount = unit.economic_total(code)
        if code.startswith(tuple(kinds)) and (amount or style.all_lines):
            label = ("　" if len(code) == 5 and style.spelling == "full spaces" else "") + spelled(name, style.spelling)
            rows.append([*coded(code, style.economic_codes, (3, 5)), label, Amount(amount, code, "决算数")])
    return sorted(rows, key=lambda row: [kinds.index(k) for k in kinds if str(_first(row)).startswith(k)])


def _first(row: Row) -> str:
    item = row[0]
    return item.text if isinstance(item, Number) else str(item)


def _economic_totals(unit: Unit, style: Style, wide: int) -> list[Row]:
    staff = unit.economic_total(*subjects.STAFF)
    both: list[Row] = [
        ["人员经费合计", *[LEFT] * wide, Amount(staff, "人员经费合计", "决算数")],
        ["公用经费合计", *[LEFT] * wide, Amount(unit.economic_total("") - staff, "公用经费合计", "决算数")],
    ]
    if style.basic == 1:
        return both
    if style.basic >= 3:  # 4: the label is not merged up to its amount, in the last lane
        between: Row = [LEFT if style.basic == 3 else None] * (wide + 2)
        both[1][wide + 1 : wide + 1] = between
    return [[*both[0], *both[1]]]


def expenses(unit: Unit, style: Style, rng: Random) -> Form:
    """三公: six and six, pairs, or items in rows."""
    abroad, vehicles, cars, running = (spelled(word, style.spelling) for word in EXPENSES[style.expense_names])
    guests, total = "公务接待费", spelled("合计", style.spelling)

    def amounts(row: str, values: Expenses) -> list[Amount]:
        money = (values.total, values.abroad, values.vehicles, values.cars, values.running, values.guests)
        return [Amount(m, row, n) for m, n in zip(money, EXPENSE_COLUMNS, strict=True)]

    budget, final = amounts("预算数", unit.budget), amounts("决算数", unit.final)
    title = rng.choice(("一般公共预算财政拨款“三公”经费支出决算表", "财政拨款“三公”经费支出决算表"))
    notes = ["注：预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数。"]
    if style.expenses.startswith("rows"):
        labels = _expense_labels(style, (total, abroad, vehicles, cars, running, guests))
        gap: Row = [spelled("行次", style.spelling)] if style.expenses == "rows numbered" else []
        heading: list[Row] = [[spelled("项目", style.spelling), *gap, "预算数", "决算数"]]
        body: list[Row] = [] if not style.numbering else [["栏次", *[None] * len(gap), Number("1"), Number("2")]]
        body += [[label, *[Number(str(n)) for _ in gap], one, two]
                 for n, (label, one, two) in enumerate(zip(labels, budget, final, strict=True), 1)]
        return Form("三公", 7, title, heading, body, notes)
    numbering: list[Row] = [[Number(str(n)) for n in range(1, 13)]] if style.numbering else []
    if style.expenses == "six and six":
        one: Row = [total, abroad, vehicles, LEFT, LEFT, guests]
        below: Row = [UP, UP, "小计", cars, running, UP]
        heading = [["预算数", *[LEFT] * 5, "决算数", *[LEFT] * 5], [*one, *one], [*below, *below]]
        return Form("三公", 7, title, heading, [*numbering, [*budget, *final]], notes)
    pairs: Row = [amount for both in zip(budget, final, strict=True) for amount in both]
    heading = _paired(style.expenses, total, abroad, vehicles, cars, running, guests)
    return Form("三公", 7, title, heading, [*numbering, pairs], notes)


def _paired(manner: str, total: str, abroad: str, vehicles: str, cars: str, running: str, guests: str) -> list[Row]:
    last: Row = ["预算数", "决算数"] * 6
    if manner == "pairs":
        return [[w for word in (total, abroad, vehicles, cars, running, guests) for w in (word, LEFT)], last]
    return [
        [total, LEFT, abroad, LEFT, vehicles, *[LEFT] * 5, guests, LEFT],
        [UP, UP, UP, UP, "小计", LEFT, cars, LEFT, running, LEFT, UP, UP],
        last,
    ]


def _expense_labels(style: Style, words: Sequence[str]) -> list[str]:
    total, abroad, vehicles, cars, running, guests = words
    if not style.ordinals:
        return [total, abroad, vehicles, f"其中：{cars}", f"　　　{running}", guests]
    one, two, three = (ordinal(n, style.ordinals) for n in (1, 2, 3))
    return [total, one + abroad, two + vehicles, f"（1）{cars}", f"（2）{running}", three + guests]


