"""What formulas and places mean, and what is said about texts that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.language import FormulaError, parse_formula, parse_place, unparse, unparse_place
from gouji.language.ast import (
    Axis,
    Binary,
    Call,
    Code,
    Compare,
    Each,
    Expression,
    Here,
    Label,
    Negate,
    Number,
    Parameter,
    Path,
    Percent,
    Place,
    Reference,
    Step,
    Text,
)


def place(*axes: tuple[Step, ...]) -> Place:
    return Place(tuple(Axis(Path(steps)) for steps in axes))


def label(*names: str) -> Reference:
    return Reference(place(*((Label(name),) for name in names)))


ONE, TWO = Number(Decimal(1)), Number(Decimal(2))

FORMULAS: list[tuple[str, Expression]] = [
    ("[总计]", label("总计")),
    ("[合计, 本年收入合计]", label("合计", "本年收入合计")),
    ("[合计，本年收入合计]", label("合计", "本年收入合计")),
    ("[2080501, 基本支出]", Reference(place((Code("2080501"),), (Label("基本支出"),)))),
    ("[30212]", Reference(place((Code("30212"),)))),
    ("[19年结转]", label("19年结转")),
    ("[2080501 行]", label("2080501 行")),
    ("[收入/总计]", Reference(place((Label("收入"), Label("总计"))))),
    ("[本行, 本栏/下级]", Reference(place((Here("本行"),), (Here("本栏"), Each("下级"))))),
    ("[本行合计]", label("本行合计")),
    ("[各类, 各金额]", Reference(place((Each("类"),), (Each("金额"),)))),
    ('["各项支出", 栏]', label("各项支出", "栏")),
    ('["执行率(B/A)"]', label("执行率(B/A)")),
    ("[甲:乙, 栏]", Reference(Place((
        Axis(Path((Label("甲"),)), Path((Label("乙"),))), Axis(Path((Label("栏"),)))
    )))),
    ("[其中：教育收费]", label("其中：教育收费")),
    ("[因公出国（境）费 , 合计 ]", label("因公出国（境）费", "合计")),
    ("支出表[本行]", Reference(place((Here("本行"),)), "支出表")),
    ("上年.总表[总计]", Reference(place((Label("总计"),)), "总表", "上年")),
    ("满分", Parameter("满分")),
    ('"≤"', Text("≤")),
    ("“说”", Text("说")),
    ("3.50", Number(Decimal("3.5"))),
    ("100%", Percent(Number(Decimal(100)))),
    ("-1%", Negate(Percent(ONE))),
    ("1 - 2 - 1", Binary("-", Binary("-", ONE, TWO), ONE)),
    ("1 + 2 * 1", Binary("+", ONE, Binary("*", TWO, ONE))),
    ("1 / 2 * 1", Binary("*", Binary("/", ONE, TWO), ONE)),
    ("（1＋2）× 1 ÷ 2 － 1", Binary("-", Binary("/", Binary("*", Binary("+", ONE, TWO), ONE), TWO), ONE)),
    ("1 ≤ 2", Compare("<=", ONE, TWO)),
    ("1 ≥ 2", Compare(">=", ONE, TWO)),
    ("1 ≠ 2", Compare("<>", ONE, TWO)),
    ("1＝2", Compare("=", ONE, TWO)),
    ("(1 > 2) = (2 > 1)", Compare("=", Compare(">", ONE, TWO), Compare(">", TWO, ONE))),
    ("SUM([本行/下级])", Call("SUM", (Reference(place((Here("本行"), Each("下级")))),))),
    ("有(上年)", Call("有", (Parameter("上年"),))),
    ("NOT（有（上年））", Call("NOT", (Call("有", (Parameter("上年"),)),))),
]


@pytest.mark.parametrize(("text", "expected"), FORMULAS, ids=[text for text, _ in FORMULAS])
def test_formula(text: str, expected: Expression) -> None:
    assert parse_formula(text) == expected


@pytest.mark.parametrize(("text", "canonical"), [
    ("（1＋2）×3≤[甲，乙]", "(1 + 2) * 3 <= [甲, 乙]"),
    ("((1+2))-(3-4)", "1 + 2 - (3 - 4)"),
    ("1-(2*3)", "1 - 2 * 3"),
    ("-(1+2)%", "-(1 + 2)%"),
    ("(-1)%", "(-1)%"),
    ("[ 甲 / 乙 : 丙 , 各栏 ]", "[甲/乙:丙, 各栏]"),
    ('["甲"]', "[甲]"),
    ('["各项"]', '["各项"]'),
    ('["201"]', '["201"]'),
    ("SUM([甲/下级],1)", "SUM([甲/下级], 1)"),
])
def test_canonical_form(text: str, canonical: str) -> None:
    assert unparse(parse_formula(text)) == canonical


def test_positions_are_columns_of_the_text() -> None:
    compare = parse_formula("[总计] = SUM([总计/下级], 支出表[201, 合计])")
    assert isinstance(compare, Compare)
    assert compare.column == 6
    call = compare.right
    assert isinstance(call, Call)
    assert call.column == 8
    first, second = call.arguments
    assert (first.column, second.column) == (12, 21)
    assert isinstance(second, Reference)
    assert [axis.start.steps[0].column for axis in second.place.axes] == [25, 30]


@pytest.mark.parametrize(("text", "canonical"), [
    ("各行，各栏", "各行, 各栏"), ("支出/各类", "支出/各类"), ("合计, 本年收入合计/下级", "合计, 本年收入合计/下级"),
    ("年度资金总额", "年度资金总额"), ("本行", "本行"), ("2013101", "2013101"),
])
def test_place(text: str, canonical: str) -> None:
    assert unparse_place(parse_place(text)) == canonical


FAULTS = [
    ("", 1, "遇到结尾，这里应是数、[行, 栏] 或函数", "found the end, expected a number, a [row, column] or a function"),
    ("[总计] =", 7, "遇到结尾，这里应是数、[行, 栏] 或函数", None),
    ("[总计] = [甲] = [乙]", 12, "一条公式只比较一次，这里又有 =；多个关系写成列表，真假相比加括号",
     "a formula compares once, here is another =; write several relations as a list"),
    ("[总计] + = 1", 8, "遇到“=”，这里应是数、[行, 栏] 或函数", None),
    ("[总计", 4, "缺 ]：第 1 个字的 [ 没有收尾", "missing ]: the [ at column 1 is not closed"),
    ("[总计 = SUM([甲])", 11, "缺 ]：第 1 个字的 [ 没有收尾", None),
    ("[总计] = SUM([甲]", 15, "缺 )：第 11 个字的 ( 没有收尾", "missing ): the ( at column 11 is not closed"),
    ("[总计] = 1)", 9, "遇到“)”，这里应是公式结尾", "found ')', expected the end"),
    ("[总计]]", 5, "遇到“]”，这里应是运算符或公式结尾", "found ']', expected an operator or the end"),
    ("[]", 2, "遇到“]”，这里应是行或栏的名称、编码", "found ']', expected the name or code of a row or column"),
    ("[甲,]", 4, "遇到“]”，这里应是行或栏的名称、编码", None),
    ("[甲, 乙, 丙]", 6, "遇到“,”，这里应是 ]", "found ',', expected ]"),
    ("[甲] [乙]", 5, "遇到“[”，这里应是运算符或公式结尾", None),
    ("【甲】 = 1", 1, "“【”应写作半角的 [ ]", "write '【' as plain [ ]"),
    ("1 = ?", 5, "遇到“?”，这里应是数、[行, 栏] 或函数", None),
    ("=SUM([甲]) = 1", 1, "公式前面不写 =，直接写关系，如 [总计] = [甲] + [乙]", None),
    ("[甲] = SUM(C8:C15)", 11, "不写单元格地址（C8），写表上印的名字，如 [总计]",
     "no cell addresses (C8): write the names that are printed, as [总计]"),
    ("[甲] = $C$8", 7, "不写单元格地址（$C$8），写表上印的名字，如 [总计]", None),
    ("[甲] = 收入表!C8", 11, "不写单元格地址（C8），写表上印的名字，如 [总计]", None),
    ("SUMM([甲])", 1, "没有函数 SUMM，是 SUM 吗？", "no function SUMM; did you mean SUM?"),
    ("1 = sum([甲])", 5, "没有函数 sum，是 SUM 吗？", None),
    ("1 = 完成率(1, 2)", 5, "没有函数 完成率，是 完成比 吗？", None),
    ("1 = ROUND([甲], 2)", 5, "规则里不用 ROUND：去掉它：印出的数本来就按末位取舍核对",
     "ROUND is not used in rules: leave it out: printed figures are already judged at their last place"),
    ("abs([甲]) < 1", 1, "规则里不用 ABS：直接用 = 比较，不设容差", None),
    ("IF(1 = 1, 1, 2)", 1, "规则里不用 IF：把条件写在 when 里，分成几条规则",
     "IF is not used in rules: put the condition into when, one rule for each case"),
    ("NOT(1, 2)", 1, "NOT 要 1 个参数，这里有 2 个", "NOT takes 1 argument(s), found 2"),
    ("[各项 支出]", 2, "“各项 支出”以“各”开头：是名称就加引号写作 \"各项 支出\"，是集合就不要有空格", None),
    ("-" * 3000 + "1", 1, "公式嵌套太深", "the formula is nested too deeply"),
]


@pytest.mark.parametrize(("text", "column", "chinese", "english"), FAULTS, ids=[fault[0][:20] for fault in FAULTS])
def test_fault(text: str, column: int, chinese: str, english: str | None) -> None:
    with pytest.raises(FormulaError) as raised:
        parse_formula(text)
    assert (raised.value.column, raised.value.chinese) == (column, chinese)
    if english is not None:
        assert raised.value.english == english


@pytest.mark.parametrize(("text", "column", "chinese"), [
    ("", 1, "遇到结尾，这里应是行或栏的名称、编码"),
    ("各行]", 3, "遇到“]”，这里应是结尾"),
    ("各行, 各栏, 甲", 7, "遇到“,”，这里应是结尾"),
    ("[各行]", 1, "遇到“[”，这里应是行或栏的名称、编码"),
])
def test_place_fault(text: str, column: int, chinese: str) -> None:
    with pytest.raises(FormulaError) as raised:
        parse_place(text)
    assert (raised.value.column, raised.value.chinese) == (column, chinese)


def test_a_formula_that_many_packs_repeat_is_parsed_once() -> None:
    assert parse_formula("[甲] = SUM([甲/下级])") is parse_formula("[甲] = SUM([甲/下级])")
    assert parse_place("甲, 本栏") is parse_place("甲, 本栏")
