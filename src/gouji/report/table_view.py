"""The picture of what was recognised: each table as a small drawing of itself, for a person at a terminal; and as JSON.

``view`` gives lines of styled spans, as ``console`` does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from gouji.report.layout import aligned, cut, pad, printable, width, wrap
from gouji.report.spans import Line, Options, Span
from gouji.report.table_map import ColumnMap, RowMap, SectionMap, TableMap, WorkbookMap
from gouji.report.words import choose, listed

FIRST, LAST = 4, 2
"""Rows that are drawn of a long table, unless all are asked for."""
LEAST, MOST = 6, 16
"""The narrowest and the widest column drawn."""
CERTAIN = 1.0


def view(found: WorkbookMap, options: Options) -> Iterator[Line]:
    """The lines of the picture, fit for the encoding of the options."""
    for line in _whole(found, options):
        yield tuple(Span(printable(span.text, options.encoding), span.style) for span in line)


def plain(found: WorkbookMap, options: Options) -> str:
    """The picture as text without colour."""
    return "".join("".join(span.text for span in line).rstrip() + "\n" for line in view(found, options))


def as_json(found: WorkbookMap, language: str = "zh") -> str:
    """One line of JSON; sentences are in one language."""
    content = asdict(found)
    for table in content["tables"]:
        table["grounds"] = choose(tuple(table["grounds"]), language)
        table["remarks"] = [choose(tuple(each), language) for each in table["remarks"]]
        table["left_out"] = [{"text": text, "cell": cell} for text, cell in table["left_out"]]
    content["unknown"] = [
        {"sheet": sheet, "reason": choose(tuple(why), language)} for sheet, why in content["unknown"]
    ]
    content["remarks"] = [choose(tuple(each), language) for each in content["remarks"]]
    return json.dumps(content, ensure_ascii=False)


def _whole(found: WorkbookMap, options: Options) -> Iterator[Line]:
    number = len(found.tables)
    yield (Span(found.workbook, "title"),)
    pack = f"{found.pack_title} ({found.pack_id})"
    yield (Span(options.say(f"规则包 {pack}，认出 {number} 张表", f"pack {pack}, {number} tables recognised"), "dim"),)
    for remark in found.remarks:
        yield from _paragraph("  ", choose(remark, options.language), options, "dim")
    for table in found.tables:
        yield ()
        yield from _table(table, options)
    if found.unknown:
        yield ()
        yield (Span(options.say("不是标准表", "No standard table"), "title"),)
        for sheet, why in found.unknown:
            yield from _paragraph("  ", f"{sheet}  {choose(why, options.language)}", options)


def _table(table: TableMap, options: Options) -> Iterator[Line]:
    certain = table.share >= CERTAIN and not table.lacking
    mark = ("✓ ", "good") if certain else ("! ", "warning")
    name = f"{table.table}·{table.key}" if table.key else table.table
    yield Span(*mark), Span(name, "title"), Span(f"  {table.sheet}!{table.area}", "dim")
    unit = options.say(
        f"{table.unit}，{table.decimals} 位小数", f"{table.unit}, {table.decimals} decimals"
    )
    share = options.say(f"认出 {table.share:.0%}", f"{table.share:.0%} understood")
    if table.title_at:
        share += options.say("，题在 ", ", title in ") + table.title_at.rpartition("!")[2]
    yield from _paragraph("  ", f"{share}  {unit}  {choose(table.grounds, options.language)}", options)
    for section in table.sections:
        yield from _section(section, options)
    if table.left_out:
        words = [f"{cell.rpartition('!')[2]}“{text}”" for text, cell in table.left_out]
        said = options.say("没有认出：", "not understood: ") + listed(words, options.language)
        yield from _paragraph("  ", said, options, "warning")
    if table.lacking:
        said = options.say("没有印出的栏：", "columns not printed: ") + listed(table.lacking, options.language)
        yield from _paragraph("  ", said, options, "warning")
    for remark in table.remarks:
        yield from _paragraph("  ", choose(remark, options.language), options, "dim")


def _section(section: SectionMap, options: Options) -> Iterator[Line]:
    """Each lane as a drawing: the sheet columns, the names they were recognised as, the rows."""
    for lane in range(section.lanes):
        rows = [row for row in section.rows if row.lane == lane]
        columns = [n for n, column in enumerate(section.columns) if lane >= len(column.at) or column.at[lane]
                   or not any(column.at)]
        yield from _lane(section, lane, rows, columns, options)


def _lane(
    section: SectionMap, lane: int, rows: Sequence[RowMap], columns: Sequence[int], options: Options
) -> Iterator[Line]:
    shown = _chosen(rows, options)
    names = " ".join(letter for column in section.names if (letter := _letter(column, lane)))
    head = section.name + (f" {lane + 1}/{section.lanes}" if section.lanes > 1 else "")
    table = [
        ["", names, *(_letter(section.columns[n], lane) for n in columns)],
        [head.strip(), options.say("行名", "row"), *(section.columns[n].name for n in columns)],
    ]
    figures = [aligned([row.figures[n] if row else "" for row in shown]) for n in columns]
    for number, row in enumerate(shown):
        if row is None:
            table.append(["⋮", options.say(f"共 {len(rows)} 行", f"{len(rows)} rows"), *("" for _ in columns)])
        else:
            table.append([str(row.row), _named(row), *(column[number] for column in figures)])
    styles = ["dim", "title", *("" if row is None or row.known else "warning" for row in shown)]
    yield from _drawn(table, styles, options)


def _letter(column: ColumnMap, lane: int) -> str:
    return column.at[lane] if lane < len(column.at) else ""


def _chosen(rows: Sequence[RowMap], options: Options) -> list[RowMap | None]:
    """The rows to draw, ``None`` for those left out; rows that were not understood are always drawn."""
    if options.detail > 0 or len(rows) <= FIRST + LAST + 1:
        return list(rows)
    last = len(rows) - LAST
    kept = [row if n < FIRST or n >= last or not row.known else None for n, row in enumerate(rows)]
    return [row for left_out, part in groupby(kept, lambda row: row is None) for row in ([None] if left_out else part)]


def _named(row: RowMap) -> str:
    return "  " * row.depth + " ".join(filter(None, (row.code, row.label))) + ("" if row.known else " ?")


def _drawn(table: Sequence[Sequence[str]], styles: Sequence[str], options: Options) -> Iterator[Line]:
    """Rows of texts between lines; as many columns as there is room for stand beside one another."""
    wide = options.wide
    widths = [max(width(row[n], wide) for row in table) for n in range(len(table[0]))]
    widths = [widths[0], min(widths[1], 2 * MOST), *(min(max(each, LEAST), MOST) for each in widths[2:])]
    for part in _parts(widths, options.columns - 4):
        yield _rule("┌┬┐", [widths[n] for n in part], wide)
        for number, row in enumerate(table):
            cells = [_cell(row[n], widths[n], wide, right=number > 1 < n) for n in part]
            spans: list[Span] = [Span("  │", "dim")]
            for cell in cells:
                spans += [Span(f" {cell} ", styles[number]), Span("│", "dim")]
            yield tuple(spans)
            if number == 1:
                yield _rule("├┼┤", [widths[n] for n in part], wide)
        yield _rule("└┴┘", [widths[n] for n in part], wide)


def _cell(text: str, columns: int, wide: bool, *, right: bool) -> str:
    shown = cut(text, columns, wide)
    return " " * (columns - width(shown, wide)) + shown if right else pad(shown, columns, wide)


def _parts(widths: Sequence[int], room: int) -> Iterable[list[int]]:
    """The columns of each drawing: the row numbers and names, then as many as fit."""
    part, used = [0, 1], widths[0] + widths[1] + 6
    for n in range(2, len(widths)):
        if used + widths[n] + 3 > room and len(part) > 2:
            yield part
            part, used = [0, 1], widths[0] + widths[1] + 6
        part.append(n)
        used += widths[n] + 3
    yield part


def _rule(corners: str, widths: Sequence[int], wide: bool) -> Line:
    bars = ["─" * ((each + 2) // width("─", wide)) for each in widths]
    return (Span("  " + corners[0] + corners[1].join(bars) + corners[2], "dim"),)


def _paragraph(lead: str, text: str, options: Options, style: str = "") -> Iterator[Line]:
    for line in wrap(text, max(20, options.columns - len(lead)), options.wide):
        yield Span(lead), Span(line, style)
