"""How a workbook is printed: the many choices that exporting programs, provinces and people make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from bench.generator.layout import Amount, Entry, Printed
from gouji.sheet import Cell, CellKind

FORMATS = ("#,##0{0}", "0{0}", "#,##0{0}_ ", "_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * \"-\"{1}_ ;_ @_ ", "General", "@")
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@dataclass(frozen=True)
class MoneyStyle:
    """How amounts are printed.

    ``zero``: what stands for a printed zero ("0": the number); ``as_text``: the share typed as text; ``stored``:
    amounts are stored to the 分 and only shown rounded; ``truncated``: they are cut off (截断), not rounded.
    """

    unit: str = "万元"
    decimals: int = 2
    number_format: str = "#,##0.00"
    zero: str = "0"
    as_text: float = 0.0
    full_width: bool = False
    stored: bool = False
    truncated: bool = False

    @property
    def exponent(self) -> int:
        """One of the unit is ``10 ** exponent`` 分."""
        return {"元": 2, "万元": 6, "亿元": 10}[self.unit]

    @property
    def ulp(self) -> int:
        """The last printed place in 分."""
        return int(10 ** (self.exponent - self.decimals))

    def rounded(self, fen: int) -> int:
        """``fen`` in last places, 四舍五入, or 截断 where that is how the workbook rounds."""
        whole = abs(fen) // self.ulp if self.truncated else (2 * abs(fen) + self.ulp) // (2 * self.ulp)
        return whole if fen >= 0 else -whole

    def hides(self, fen: int) -> bool:
        """Whether ``fen`` looks like nothing: it rounds to zero, and no stored number tells."""
        return not self.rounded(fen) and not self.stored

    def entry(self, amount: Amount, table: str, rng: Random) -> Entry:
        """The cell that prints ``amount``."""
        truth = Printed(table, amount.row, amount.column, amount.fen)
        units = self.rounded(amount.fen)
        if not units and self.zero != "0":
            return Entry(Cell(CellKind.TEXT, self.zero) if self.zero else None, truth)
        if self.number_format == "@" or rng.random() < self.as_text:
            return Entry(Cell(CellKind.TEXT, self._text(units, rng)), truth)
        digits, places = (amount.fen, self.exponent) if self.stored else (units, self.decimals)
        return Entry(Cell(CellKind.NUMBER, plain(digits, places), self.number_format), truth)

    def _text(self, units: int, rng: Random) -> str:
        whole, part = divmod(abs(units), 10**self.decimals)
        printed = f"{whole:,}" if rng.random() < 0.7 else str(whole)
        text = ("-" if units < 0 else "") + printed + (f".{part:0{self.decimals}d}" if self.decimals else "")
        return text.translate(FULL_WIDTH) if self.full_width else text


def plain(digits: int, places: int) -> str:
    """``(188890, 2)`` → ``1888.9``: as a spreadsheet stores it."""
    whole, part = divmod(abs(digits), 10**places)
    tail = f"{part:0{places}d}".rstrip("0") if places else ""
    return ("-" if digits < 0 else "") + str(whole) + (f".{tail}" if tail else "")


@dataclass(frozen=True)
class Style:
    """The print of one table. Every field is one choice; ``drawn`` draws them all."""

    money: MoneyStyle = MoneyStyle()
    title: str = "plain"
    number: str = ""
    unit_at: str = "right"
    unit_words: str = "金额单位：{}"
    department: str = "部门"
    heading: int = 2
    codes: str = "one text"
    economic_codes: str = "one text"
    total: str = "first"
    numbering: str = "栏次"
    line_numbers: bool = True
    spelling: str = "official"
    ordinals: str = "一、"
    all_lines: bool = False
    groups_missing: float = 0.0
    classes: int = 0
    lane_heads: bool = True
    money_label: str = "金额"
    grand_total: str = "总计"
    expenses: str = "six and six"
    expense_names: int = 0
    basic: int = 2
    fees: str = ""
    spent: str = "小计"
    general_six: bool = False
    capital_six: bool = False
    empty: str = "zeros"
    blank_rows: int = 0
    blank_columns: int = 0
    notes: int = 1
    surplus: int = 0
    remarks: bool = False


def money(rng: Random, unit: str | None = None, decimals: int | None = None) -> MoneyStyle:
    """A random way to print amounts."""
    unit = unit or rng.choices(("万元", "元", "亿元"), (0.7, 0.27, 0.03))[0]
    if decimals is None:
        decimals = {"元": 2, "万元": rng.choice((1, 2, 2)), "亿元": rng.choice((2, 4))}[unit]
    part = f".{'0' * decimals}"
    number_format = rng.choices(FORMATS, (8, 4, 3, 2, 3, 1))[0].format(part, "?" * decimals)
    stored = rng.random() < 0.06 and unit != "元" and number_format != "@"
    return MoneyStyle(
        unit, decimals, number_format,
        zero="0" if stored else rng.choices(("0", "", "—", "——", "-"), (5, 4, 1, 1, 1))[0],
        as_text=0 if stored else rng.choice((0, 0, 0, 0, 0.05, 0.5)), full_width=rng.random() < 0.03, stored=stored,
    )


def drawn(rng: Random, amounts: MoneyStyle, year: int) -> Style:
    """A random print for amounts printed like ``amounts``."""
    pick = rng.choice
    return Style(
        money=amounts,
        title=pick(("plain", "plain", "spaced", "unit", "year", "year behind", "unit and year", "number", "year below",
                    "money behind", "newline", "none")),
        number=pick(("公开{:02}表", "公开{:02}表", "", "", "附表{}", "财决公开{:02}表", "表{}")),
        unit_at=pick(("right", "right", "number row", "with department", "below title", "left", "above", "nowhere")),
        unit_words=pick(("金额单位：{}", "单位：{}", "单位:{}", "（单位：{}）", "单位： {}", "金 额 单 位：{}")),
        department=pick(("部门", "单位名称", "编制单位", "公开部门", "部门名称", "")),
        heading=pick((1, 2, 2, 3, 4)),
        codes=pick(("one text", "one number", "three text", "three numbers", "merged three", "merged number")),
        economic_codes=pick(("one text", "one number", "two text", "two numbers")),
        total=pick(("first", "first", "last", "missing", "heading", "merged")),
        numbering=pick(("栏次", "栏次", "", "bare", "栏 次")),
        line_numbers=rng.random() < 0.6,
        spelling=pick(("official", "official", "half width", "spaced", "full spaces", "plain quotes", "no quotes")),
        ordinals=pick(("一、", "一、", "", "1.", "（一）", "1、", "（1）")),
        all_lines=rng.random() < 0.4,
        groups_missing=pick((0, 0, 0.3, 1.0)),
        classes=int(year <= 2019 or rng.random() < 0.2),
        lane_heads=rng.random() < 0.7,
        money_label=pick(("金额", "决算数")),
        grand_total=pick(("总计", "总计", "总计", "收支")),
        expenses=pick(("six and six", "six and six", "pairs", "nested pairs", "rows", "rows numbered")),
        expense_names=rng.randrange(4),
        basic=pick((1, 2, 2, 3, 4)),
        fees=pick(("", "", "under", "beside")),
        spent=pick(("小计", "合计", "本年支出合计", "flat 合计")),
        general_six=rng.random() < 0.15,
        capital_six=rng.random() < 0.4,
        empty=pick(("zeros", "blank", "sentence", "nothing")),
        blank_rows=pick((0, 0, 0, 1, 3)),
        blank_columns=pick((0, 0, 0, 1, 2)),
        notes=rng.randrange(4),
        surplus=rng.choices((0, 1, 2), (6, 6 * (year >= 2022), 1))[0],
        remarks=rng.random() < 0.1,
    )


def varied(rng: Random, base: Style, year: int) -> Style:
    """The print of one table of a workbook: mostly the workbook's own, now and then another."""
    if rng.random() < 0.6:
        return base
    other = drawn(rng, base.money, year)
    names = rng.sample(sorted(set(Style.__dataclass_fields__) - {"money"}), 6)
    return replace(base, **{name: getattr(other, name) for name in names})
