"""What really happened in a made-up unit: every amount in 分, every relation of the forms exactly true.

Forms only print it (``prints.py``): each cell rounded by itself, so printed totals need not add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import NamedTuple

from bench.generator import subjects

YUAN = 100
"""One 元 in 分."""


class Purse(NamedTuple):
    """The money of one of the three budgets under one 项: opening + income = basic + project + closing."""

    opening: int = 0
    basic: int = 0
    project: int = 0
    closing: int = 0

    @property
    def spent(self) -> int:
        """基本支出 and 项目支出."""
        return self.basic + self.project

    @property
    def income(self) -> int:
        """本年收入."""
        return self.spent + self.closing - self.opening


class Other(NamedTuple):
    """Money beside the three budgets under one 项; ``fees`` are the part of ``own_income`` that is 教育收费."""

    basic: int = 0
    project: int = 0
    upward: int = 0
    business: int = 0
    subsidy: int = 0
    from_above: int = 0
    own_income: int = 0
    business_income: int = 0
    from_below: int = 0
    rest: int = 0
    fees: int = 0

    @property
    def spent(self) -> int:
        """All spending of other money."""
        return self.basic + self.project + self.upward + self.business + self.subsidy

    @property
    def income(self) -> int:
        """All income beside the three budgets."""
        return self.from_above + self.own_income + self.business_income + self.from_below + self.rest


NO_MONEY, NO_OTHER = Purse(), Other()


@dataclass(frozen=True)
class Item:
    """One functional 项 with its money: 一般公共预算, 政府性基金, 国有资本经营, other."""

    code: str
    general: Purse = NO_MONEY
    fund: Purse = NO_MONEY
    capital: Purse = NO_MONEY
    other: Other = NO_OTHER

    @property
    def purses(self) -> tuple[Purse, Purse, Purse]:
        """The three budgets."""
        return self.general, self.fund, self.capital


class Expenses(NamedTuple):
    """三公 in one row: 出国, 购置, 运行, 接待."""

    abroad: int = 0
    cars: int = 0
    running: int = 0
    guests: int = 0

    @property
    def vehicles(self) -> int:
        """公务用车购置及运行费."""
        return self.cars + self.running

    @property
    def total(self) -> int:
        """合计."""
        return self.abroad + self.vehicles + self.guests


NO_EXPENSES = Expenses()


@dataclass(frozen=True)
class Unit:
    """A unit's year; ``economic``: 一般公共预算 basic expenditure by economic 款.

    No amount is smaller than the ``least`` it was drawn with, but for at most three ``tiny`` ones.
    """

    name: str
    year: int
    items: tuple[Item, ...]
    economic: dict[str, int] = field(default_factory=dict)
    budget: Expenses = NO_EXPENSES
    final: Expenses = NO_EXPENSES
    other_opening: int = 0
    other_closing: int = 0
    surplus_used: int = 0
    distributed: int = 0

    def total(self, amount: Callable[[Item], int], prefix: str = "") -> int:
        """The sum of ``amount`` over the items whose code begins with ``prefix``."""
        return sum(amount(item) for item in self.items if item.code.startswith(prefix))

    def budgets(self, of: str, prefix: str = "") -> list[int]:
        """``of`` (income, spent, opening, closing) of the three budgets, each added up."""
        chosen = [item for item in self.items if item.code.startswith(prefix)]
        return [sum(getattr(item.purses[n], of) for item in chosen) for n in range(3)]

    def beside(self, of: str, prefix: str = "") -> int:
        """``of`` (income, spent, or one of its parts) of the other money."""
        return sum(getattr(item.other, of) for item in self.items if item.code.startswith(prefix))

    def economic_total(self, *prefixes: str) -> int:
        """The sum of the economic 款 that begin with one of ``prefixes``."""
        return sum(amount for code, amount in self.economic.items() if code.startswith(prefixes))


UNIT_NAMES = (
    "某县农业农村局", "某市教育局", "元谋县教育局", "某省水利厅", "某区第一中学", "某市人民医院", "万元店镇人民政府",
    "中共某市委办公室", "某县残疾人联合会", "某旗红十字会", "某市住房和城乡建设局（本级）", "某县收入分配研究所",
)


class Scale(NamedTuple):
    """How large the leaves of a unit are, as powers of ten in 分."""

    low: float
    high: float
    items: int


SCALES = (Scale(2.6, 6.5, 4), Scale(5, 8, 6), Scale(6, 9.5, 9), Scale(7, 10.5, 16), Scale(8.5, 11.6, 24))


@dataclass
class Draw:
    """Random amounts of one unit: none smaller than ``least`` but ``tiny`` ones."""

    rng: Random
    scale: Scale
    least: int
    tiny: int

    def chance(self, share: float) -> bool:
        """``True`` with this probability."""
        return self.rng.random() < share

    def amount(self, share: float = 1.0) -> int:
        """A leaf, with the probability ``share``; else 0."""
        if not self.chance(share):
            return 0
        if self.tiny and self.chance(0.05):
            self.tiny -= 1
            return self.rng.randint(1, 20 * YUAN)
        fen = int(10 ** self.rng.uniform(self.scale.low, self.scale.high))
        whole = self.rng.choice((1, 1, 1, YUAN, 10 * YUAN, 100 * YUAN, 10_000 * YUAN))
        return max(fen // whole * whole, self.least)

    def part(self, whole: int) -> int:
        """A part of ``whole`` that leaves nothing, or not less than ``least``, on either side."""
        if whole < 2 * self.least:
            return self.rng.choice((0, whole))
        return self.rng.choice((0, whole, self.rng.randint(self.least, whole - self.least)))


def unit(rng: Random, least: int = 1) -> Unit:
    """A random consistent unit whose amounts are at least ``least`` 分 (few exceptions)."""
    fitting = [scale for scale in SCALES if 10**scale.high > 20 * least] or [SCALES[-1]]
    draw = Draw(rng, rng.choice(fitting), least, rng.choice((0, 0, 0, 1, 3)))
    items = _items(draw)
    items, whole = _with_other(draw, items)
    economic = _economic(draw, items)
    final = _final(draw, economic)
    budget = Expenses(*(draw.amount(0.6) if value or draw.chance(0.1) else 0 for value in final))
    return Unit(rng.choice(UNIT_NAMES), rng.randint(2019, 2024), items, economic, budget, final, **whole)


def _items(draw: Draw) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    codes = draw.rng.sample(sorted(subjects.GENERAL), min(draw.rng.randint(1, draw.scale.items), len(subjects.GENERAL)))
    if draw.chance(0.6):
        codes += [code for code in ("2080505", "2210201", "2101101") if code not in codes]
    for code in codes:
        found[code] = Item(code, general=_purse(draw, basic=0.7, carried=0.25))
    if draw.chance(0.45):
        for code in draw.rng.sample(sorted(subjects.FUND), draw.rng.randint(1, 4)):
            found[code] = Item(code, fund=_purse(draw, basic=0.1, carried=0.4))
    if draw.chance(0.25):
        for code in draw.rng.sample(sorted(subjects.CAPITAL), draw.rng.randint(1, 2)):
            found[code] = Item(code, capital=_purse(draw, basic=0.1, carried=0.0))
    return tuple(found[code] for code in sorted(found))


def _purse(draw: Draw, *, basic: float, carried: float) -> Purse:
    closing = draw.amount(carried)
    spent_basic, project = draw.amount(basic), draw.amount(0.55)
    if not spent_basic + project + closing:
        project = draw.amount()
    opening = draw.part(spent_basic + project + closing) if draw.chance(carried) else 0
    return Purse(opening, spent_basic, project, closing)


def _with_other(draw: Draw, items: Sequence[Item]) -> tuple[tuple[Item, ...], dict[str, int]]:
    """Other money under some of the items, and the unit's carry-overs of it."""
    if draw.chance(0.4):
        return tuple(items), {}
    school = draw.chance(0.4)
    found = [_replaced(item, _other(draw, item, school=school)) if draw.chance(0.4) else item for item in items]
    closing, distributed = draw.amount(0.4), draw.amount(0.2)
    last = found[-1]
    opening = draw.part(last.other.rest + closing + distributed) if draw.chance(0.5) else 0
    used = draw.part(last.other.rest + closing + distributed - opening) if draw.chance(0.3) else 0
    income = last.other.rest + closing + distributed - opening - used
    found[-1] = _replaced(last, last.other._replace(rest=income))
    return tuple(found), {
        "other_opening": opening, "other_closing": closing, "surplus_used": used, "distributed": distributed,
    }


def _replaced(item: Item, other: Other) -> Item:
    return Item(item.code, item.general, item.fund, item.capital, other)


def _other(draw: Draw, item: Item, *, school: bool) -> Other:
    """Spending of other money, and the income that pays for it, source by source."""
    spent = [draw.amount(share) for share in (0.5, 0.5, 0.1, 0.15, 0.1)]
    incomes = [0] * 5
    for amount in spent:
        incomes[draw.rng.randrange(5)] += amount
    fees = draw.part(incomes[1]) if school and item.code.startswith("205") else 0
    return Other._make([*spent, *incomes, fees])


def _economic(draw: Draw, items: Iterable[Item]) -> dict[str, int]:
    """General basic expenditure by economic 款; what is one and the same money has one amount in both."""
    found: dict[str, int] = {}
    free = 0
    for item in items:
        if item.code in subjects.LINKED:
            found[subjects.LINKED[item.code]] = item.general.basic
        else:
            free += item.general.basic
    codes = [code for code in subjects.ECONOMIC if len(code) == 5 and code not in subjects.LINKED.values()]
    draw.rng.shuffle(codes)
    found.update(zip(codes, _split(draw, free, draw.rng.randint(1, 20)), strict=False))
    return {code: found[code] for code in sorted(found) if found[code]}


def _split(draw: Draw, whole: int, parts: int) -> list[int]:
    """``whole`` in at most ``parts`` parts, none smaller than ``least``."""
    parts = max(1, min(parts, whole // draw.least))
    rest = whole - parts * draw.least
    if rest < 0:
        return [whole]
    cuts = sorted(draw.rng.randint(0, rest) for _ in range(parts - 1))
    ends = [0, *cuts, rest]
    return [right - left + draw.least for left, right in pairwise(ends)]


def _final(draw: Draw, economic: dict[str, int]) -> Expenses:
    """三公 actually spent: not less than the basic expenditure of the same name (relation B11)."""
    if draw.chance(0.3) and not any(code in economic for code in ("30212", "31013", "30231", "30217")):
        return NO_EXPENSES
    return Expenses(*(economic.get(code, 0) + draw.amount(0.4) for code in ("30212", "31013", "30231", "30217")))
