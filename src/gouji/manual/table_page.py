"""The page of a table: how it is printed and recognised, its columns and rows, the rules that read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from gouji.errors import GoujiError
from gouji.hosts.forms.building import plan_form
from gouji.hosts.forms.plan import SheetPlan
from gouji.hosts.forms.printing import PrintLayout, read_print
from gouji.manual.shelf import Shelf, cell_text, link, plain
from gouji.packs.model import Pack
from gouji.report.words import severity_word
from gouji.sheet import Area
from gouji.tables.definition import ColumnDefinition, RowDefinition, SectionDefinition, TableDefinition

_UNPRINTED = {"零": "当作零", "无": "不核对", "缺": "报告未应用", "下级之和": "取下级之和"}


def table_page(shelf: Shelf, pack: Pack, table: TableDefinition) -> str:
    """The whole page, as Markdown."""
    return "\n".join([
        f"# {plain(table.name)}：{plain(table.title)}\n",
        *_about(shelf, pack, table),
        *_drawn(pack, table),
        *(line for section in table.sections for line in _section(section)),
        *_fields(table),
        *_rules(shelf, pack, table),
    ]).rstrip() + "\n"


def _about(shelf: Shelf, pack: Pack, table: TableDefinition) -> Iterator[str]:
    page = shelf.table_page(pack, table.name)
    yield f"规则包 {link(pack.id, shelf.pack_page(pack), page)}。规则里写作 `{table.name}`。\n"
    seen = "见过印出来的表" if table.confirmed else "**没有见过印出来的表，行、栏是推测的**"
    yield f"- {seen}"
    if len(table.titles) > 1:
        yield f"- 标题也印作：{'、'.join(plain(title) for title in table.titles[1:])}"
    layout = _layout(table)
    if layout is not None:
        yield f"- 模板里的工作表：{plain(layout.sheet)}{f'（{layout.number}）' if layout.number else ''}"
    if table.many:
        yield f"- 同一种表可以有许多张，以“{plain(table.many)}”区分"
    if table.lanes_repeat:
        yield "- 编码、名称、金额几栏左右并排印了几遍，合起来是一张单子"
    if table.axes_any:
        yield "- 行和栏都可能印在表头，或者对调；按两个名字找数"
    yield f"- 整张表没有印时：{_UNPRINTED[table.absent]}\n"
    yield "认表只看标题和栏名，不看工作表名、表号和位置；各行各栏另有的印法列在下面。\n"


def _layout(table: TableDefinition) -> PrintLayout | None:
    """How templates print the form; ``None`` where its pack leaves that to others, or says it in part."""
    try:
        return read_print(table) if table.print else None
    except GoujiError:
        return None


def _drawn(pack: Pack, table: TableDefinition) -> Iterator[str]:
    """The blank form, as the template prints it."""
    if _layout(table) is not None:
        yield "## 印出的样子\n"
        yield f'<div class="form">\n{drawn(plan_form(pack, table))}\n</div>\n'


def drawn(plan: SheetPlan) -> str:
    """A sheet's grid as an HTML table, merged cells merged."""
    grid = plan.bordered
    merged = {(area.top, area.left): area for area in plan.merged}
    covered = {place for area in plan.merged for place in _places(area)} - set(merged)
    rows = range(grid.top, grid.bottom + 1)
    columns = range(grid.left, grid.right + 1)
    lines = ["<table>"]
    for row in _without_repeats(rows, plan):
        cells = (
            _html_cell(plan, merged.get((row, column), Area(row, column, row, column)))
            for column in columns if (row, column) not in covered
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table>"])


def _places(area: Area) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1))


def _without_repeats(rows: Iterable[int], plan: SheetPlan) -> Iterator[int]:
    """The rows, of those left for lines of one's own only the first two."""
    left_out = {row for opened in plan.open_rows.values() for row in opened[2:]}
    inside = {row for area in plan.merged if area.top != area.bottom for row in range(area.top, area.bottom + 1)}
    return (row for row in rows if row not in left_out - inside)


def _html_cell(plan: SheetPlan, area: Area) -> str:
    slot = plan.cells.get((area.top, area.left))
    role = "" if slot is None else slot.role
    tag = "th" if role == "heading" else "td"
    spans = [("colspan", area.right - area.left + 1), ("rowspan", area.bottom - area.top + 1)]
    said = "".join(f' {name}="{number}"' for name, number in spans if number > 1)
    return f"<{tag}{said}>{escape('' if slot is None else slot.text)}</{tag}>"


def _section(section: SectionDefinition) -> Iterator[str]:
    name = f"“{plain(section.name)}”段的" if section.name else ""
    yield f"## {name}栏\n"
    if section.name and section.heads != (section.name,):
        yield f"这一段上面印的字：{'、'.join(plain(head) for head in section.heads)}\n"
    yield "| 栏 | 类型 | 也印作 | 下级 | 没有印时 | 格空着时 |\n|---|---|---|---|---|---|"
    yield from (_column(column) for column in section.columns)
    yield ""
    rows = [row for row in section.rows if row.each is None]
    opened = [row for row in section.rows if row.each is not None]
    if section.rows:
        yield f"## {name}行\n\n| 行 | 也印作 | 下级 | 没有印时 |\n|---|---|---|---|"
        yield from (_row(row) for row in [*rows, *opened])
        yield ""


def _column(column: ColumnDefinition) -> str:
    kind = column.type + ("，没有舍入" if column.exact else "")
    texts = (
        cell_text(column.name), kind, _variants(column.name, column.labels), _children(column.of, column.part),
        _UNPRINTED[column.absent], _UNPRINTED[column.blank],
    )
    return f"| {' | '.join(texts)} |"


def _row(row: RowDefinition) -> str:
    if row.each is not None:
        codes = f"，编码表 {cell_text(row.codes)}" if row.codes else ""
        listed = f"印几行是几行，按“{cell_text(row.each)}”认{codes}"
        return f"| {cell_text(row.name)}（列举） | {listed} |  | {_UNPRINTED[row.absent]} |"
    texts = (
        cell_text(row.name), _variants(row.name, row.labels), _children(row.of, row.part), _UNPRINTED[row.absent],
    )
    return f"| {' | '.join(texts)} |"


def _variants(name: str, labels: Sequence[str]) -> str:
    return "、".join(cell_text(label) for label in labels if label != name)


def _children(of: Sequence[str], part: Sequence[str]) -> str:
    said = ["、".join(cell_text(name) for name in of)] if of else []
    return "；".join([*said, *([f"其中：{'、'.join(cell_text(name) for name in part)}"] if part else [])])


def _fields(table: TableDefinition) -> Iterator[str]:
    if table.fields:
        yield "## 表头和表旁的格\n\n| 格 | 类型 | 印法 |\n|---|---|---|"
        for one in table.fields:
            yield f"| {cell_text(one.name)} | {one.type} | {cell_text(one.find or '、'.join(one.labels) or one.name)} |"
        yield ""


def _rules(shelf: Shelf, pack: Pack, table: TableDefinition) -> Iterator[str]:
    page = shelf.table_page(pack, table.name)
    found = list(shelf.readers(pack, table.name))
    yield "## 读它的规则\n"
    if not found:
        yield "没有规则读这张表：印错了也不知道。"
        return
    yield "| 规则 | 关系 | 级别 | 规则包 |\n|---|---|---|---|"
    for other, rule in found:
        yield (
            f"| {link(rule.id, shelf.rule_page(other, rule), page)} | {cell_text(rule.name)} "
            f"| {severity_word(rule.severity, 'zh')} | {other.id} |"
        )
