"""A whole workbook of a made-up unit, in a random print, with the truth behind every printed amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from bench.generator import lanes, prints
from bench.generator.layout import Amount, Entry, Layout, Printed, laid_out
from bench.generator.prints import Form
from bench.generator.spelling import spelled
from bench.generator.style import MoneyStyle, Style, drawn, money, varied
from bench.generator.truth import Unit, unit
from gouji.sheet import Area, Book, Cell, CellKind, CellRef, Sheet

Printer = Callable[[Unit, Style, Random], Form]
PRINTERS: dict[str, Printer] = {
    "总表": lanes.summary, "收入表": prints.income, "支出表": prints.expenditure, "拨款总表": lanes.appropriation,
    "一般支出": prints.general, "基本明细": lanes.basic, "三公": lanes.expenses, "基金": prints.fund,
    "国资": prints.capital,
}  # fmt: skip
OLD_ORDER = {"三公": 7, "基金": 8, "国资": 9}
NEW_ORDER = {"基金": 7, "国资": 8, "三公": 9}
OMISSIBLE = {"国资": "国有资本经营预算财政拨款支出决算表"}
"""Forms that not every year prints, with their official titles."""
LONGEST_NAME = 31


class Made(NamedTuple):
    """A table as printed: its name in the definition, the sheet it stands on, its style and its title."""

    table: str
    sheet: str
    style: Style
    title: str


@dataclass(frozen=True)
class Generated:
    """A workbook with its truth. ``truths``: what stands behind every cell that prints (or hides) an amount."""

    seed: int
    book: Book
    unit: Unit
    tables: tuple[Made, ...]
    truths: Mapping[CellRef, Printed]
    others: tuple[str, ...]
    """Names of the sheets that hold no table."""
    omitted: tuple[str, ...]
    """Titles of the forms that the workbook does not print."""
    adjusted: frozenset[CellRef] = frozenset()
    """Cells whose last digit was moved by one (尾差调整)."""

    def hidden_zeros(self) -> set[CellRef]:
        """Cells that print nothing or zero although some money is there."""
        styles = {(made.table, made.sheet): made.style for made in self.tables}
        return {
            ref for ref, truth in self.truths.items()
            if truth.fen and styles[(truth.table, ref.sheet)].money.hides(truth.fen)
        }


def truncated(style: Style) -> Style:
    """The same print with amounts cut off (截断) instead of rounded."""
    return replace(style, money=replace(style.money, truncated=True))


def generated(seed: int, restyle: Callable[[Style], Style] = lambda style: style) -> Generated:
    """The workbook of ``seed``; the same for the same seed. ``restyle`` may fix some choices of every table."""
    rng = Random(seed)  # noqa: S311 - reproducible on purpose
    amounts = money(rng)
    mixed = rng.random() < 0.15
    others = [money(rng) for _ in range(2)] if mixed else []
    coarsest = max([amounts.ulp, *(m.ulp for m in others)])
    made_up = unit(rng, coarsest if coarsest > 1 else 1)
    base = drawn(rng, amounts, made_up.year)
    styles = {
        name: restyle(_money_of(varied(rng, base, made_up.year), rng.choice([amounts, *others]))) for name in PRINTERS
    }
    if any(style.money.unit != "万元" for style in styles.values()):
        styles = {name: _with_unit(style) for name, style in styles.items()}
    forms = {name: _numbered(PRINTERS[name](made_up, styles[name], rng), made_up.year) for name in PRINTERS}
    if lanes.printed_funds(made_up) < len(lanes.FUNDS):
        del forms["国资"]  # none of the forms of that year
    return _assembled(seed, made_up, styles, forms, rng)


def _money_of(style: Style, amounts: MoneyStyle) -> Style:
    return replace(style, money=amounts)


def _with_unit(style: Style) -> Style:
    """A style that prints the unit of money: only a workbook all in 万元 may leave it out."""
    return replace(style, unit_at="right") if style.unit_at == "nowhere" else style


def _numbered(form: Form, year: int) -> Form:
    order = NEW_ORDER if year >= 2022 else OLD_ORDER
    form.number = order.get(form.table, form.number)
    return form


def _assembled(
    seed: int, made_up: Unit, styles: Mapping[str, Style], forms: Mapping[str, Form], rng: Random
) -> Generated:
    names = sorted(forms, key=lambda name: forms[name].number)
    if rng.random() < 0.1:
        rng.shuffle(names)
    sheets: list[Sheet] = []
    truths: dict[CellRef, Printed] = {}
    tables: list[Made] = []
    naming = rng.choice(("GK", "Z", "Sheet", "title", "numbers"))
    for group in _groups(names, rng):
        untitled = len(group) == 1 and styles[group[0]].title == "none"
        name = _sheet_name("GK" if untitled else naming, forms[group[0]], len(sheets) + 1)
        layout = Layout({}, [])
        for table in group:
            style = styles[table]
            if style.title == "none" and not untitled:
                style = replace(style, title="plain")
            printed = _printed(forms[table], made_up, style, rng)
            layout = layout.below(printed, rng.randint(1, 3)) if layout.entries else printed
        if rng.random() < 0.05:
            layout.put_column(1)
        sheet, found = layout.sheet(name)
        sheets.append(sheet)
        truths.update(found)
        tables += [Made(table, name, styles[table], forms[table].title) for table in group]
    others = _other_sheets(made_up, forms, rng)
    omitted = tuple(title for name, title in OMISSIBLE.items() if name not in forms)
    book = Book(f"{made_up.name}{made_up.year}.xlsx", (*others, *sheets))
    return Generated(seed, book, made_up, tuple(tables), truths, tuple(sheet.name for sheet in others), omitted)


def _groups(names: Sequence[str], rng: Random) -> list[list[str]]:
    """Which tables share a sheet: mostly none, sometimes some, now and then all."""
    together = rng.choices((0.0, 0.3, 1.0), (0.85, 0.1, 0.05))[0]
    groups: list[list[str]] = []
    for name in names:
        if groups and rng.random() < together:
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _sheet_name(naming: str, form: Form, position: int) -> str:
    name = {
        "GK": f"GK{form.number:02} {form.title}",
        "Z": f"Z{form.number:02} {form.title}(财决{form.number:02}表)",
        "Sheet": f"Sheet{position}",
        "title": form.title,
        "numbers": f"{position}",
    }[naming]
    return name[:LONGEST_NAME]


def _other_sheets(made_up: Unit, forms: Mapping[str, Form], rng: Random) -> tuple[Sheet, ...]:
    """A cover and a list of contents, which name titles and hold no table."""
    if rng.random() < 0.7:
        return ()
    cover = {(3, 2): made_up.name, (5, 2): f"{made_up.year}年度部门决算", (8, 2): "收入决算表等九张表"}
    listed = {(n, 1): f"{n - 1}.{form.title}" for n, form in enumerate(forms.values(), 2)}
    contents = {(1, 1): "目录", **listed}
    return tuple(
        Sheet(name, {place: Cell(CellKind.TEXT, text) for place, text in cells.items()})
        for name, cells in (("封面", cover), ("目录", contents), ("其他", _foreign(rng)))
    )


def _foreign(rng: Random) -> dict[tuple[int, int], str]:
    """A form that is none of the nine, although its title and heading resemble theirs."""
    title = rng.choice((
        "项目收入支出决算表", "一般公共预算财政拨款项目支出决算明细表", "财政拨款支出决算表",
        "政府性基金预算财政拨款支出决算表", "机构运行经费支出、国有资产占用情况及政府采购支出信息表",
    ))
    rows = [[title], ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    rows.append(["2010301", "行政运行", "3.00", "1.00", "2.00"])
    return {(r, c): text for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)}


def _printed(form: Form, made_up: Unit, style: Style, rng: Random) -> Layout:
    """A form with what stands above and below it."""
    def entry(amount: Amount) -> Entry:
        return style.money.entry(amount, form.table, rng)

    def text(words: str) -> Cell:
        return Cell(CellKind.TEXT, words)

    above = _above(form, made_up, style, rng)
    grid = laid_out([*form.heading, *form.body], entry, text)
    heading = len(form.heading)
    for _ in range(style.blank_rows):
        grid.put_row(rng.randint(heading + 1, max(grid.height, heading + 1)))
    if style.notes >= 2:
        below = grid.height + rng.randint(1, 2)
        for offset, note in enumerate(form.notes):
            grid.put_text(below + offset, 1, spelled(note, style.spelling))
    elif form.notes[1:]:
        grid.put_text(grid.height + 1, 1, form.notes[1])
    for _ in range(style.blank_columns):
        grid.put_column(rng.randint(1, grid.width + 1))
    top = _top(above, grid.width, rng)
    return top.below(grid, 1 if style.blank_rows and rng.random() < 0.5 else 0)


def _above(form: Form, made_up: Unit, style: Style, rng: Random) -> list[tuple[str, str]]:
    """The lines above the heading: text at the left (or over the whole width) and text at the right."""
    unit_words = style.unit_words.format(style.money.unit)
    number = style.number.format(form.number) if style.number else ""
    title = _title(form, made_up, style, number)
    department = f"{style.department}：{made_up.name}" if style.department else ""
    lines: list[tuple[str, str]] = [("title", part) for part in title]
    at = style.unit_at
    if style.title == "money behind":
        at = "nowhere"
    if at == "number row":
        return [*lines, ("right", f"{number}　{unit_words}".strip()), ("left", department)]
    if at == "above":
        return [("right", unit_words), *lines, ("left", department)]
    if number and style.title != "number":
        lines.insert(rng.choice((0, len(lines))), ("right", number))
    if at == "with department":
        return [*lines, ("left", f"{department}          {unit_words}".strip())]
    if at == "below title":
        return [*lines, ("title", unit_words), ("left", department)]
    if at == "left":
        return [*lines, ("left", department), ("left", unit_words)]
    if at == "nowhere":
        return [*lines, ("left", department)]
    return [*lines, ("both", f"{department}\n{unit_words}")]


def _title(form: Form, made_up: Unit, style: Style, number: str) -> list[str]:
    """The title's line or lines."""
    title = spelled(form.title, style.spelling)
    year = f"{made_up.year}年度"
    words = style.unit_words.format(style.money.unit).strip("（）")
    return {
        "plain": [title],
        "spaced": [" ".join(title)],
        "unit": [made_up.name + title],
        "year": [year + title],
        "year behind": [f"{title}（{year}）"],
        "unit and year": [f"{made_up.name}{year}{title}"],
        "number": [f"{number} {title}".strip()],
        "year below": [title, f"（{year}）"],
        "money behind": [f"{title}（{words}）"],
        "newline": [f"{made_up.name}\n{title}"],
        "none": [],
    }[style.title]


def _top(lines: Sequence[tuple[str, str]], width: int, rng: Random) -> Layout:
    layout = Layout({}, [])
    merge = rng.random() < 0.8
    row = 0
    for where, text in lines:
        if not text.strip():
            continue
        row += 1
        left, _, right = text.partition("\n") if where == "both" else (text, "", "")
        if where == "both" and left:
            layout.put_text(row, 1, left)
        if where in {"both", "right"}:
            layout.put_text(row, max(width, 2), right or text)
        elif where != "both":
            layout.put_text(row, 1, text)
        if where == "title" and merge and width > 1:
            layout.merged.append(Area(row, 1, row, width))
    return layout
