"""The sheets 自检 and 自检明细 of a template: what holds and what does not, while the forms are filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

from gouji.hosts.forms.styles import FONT, thin_border

SUMMARY, DETAILS = "自检", "自检明细"
HOLDS, FAILS, UNREADABLE, NOT_ASKED = "√", "×", "？", "—"
_GREEN, _RED, _AMBER = "FF00803C", "FFC00000", "FF9C5700"
_SEVERITIES: Mapping[str, str] = {"error": "错误", "warning": "警告", "info": "提示"}
_HEAD, _BODY, _WRAPPED, _CENTRED = "自检表头", "自检", "自检折行", "自检居中"
_LONG = (2, 7)
_ROW = 19.0
"""Points of a row of 自检."""
_TOP = 6
"""The first line of checks on 自检."""


class CheckLine(NamedTuple):
    """One relation: its place (a text, or a formula with ``=``), and the formula that gives TRUE, FALSE or ""."""

    label: str
    formula: str


class RuleChecks(NamedTuple):
    """A rule on one form; without lines, ``why`` there are none."""

    rule: str
    name: str
    severity: str
    title: str
    lines: tuple[CheckLine, ...]
    why: str = ""


def add_check_sheets(book: Any, checks: Sequence[RuleChecks]) -> None:
    """Appends both sheets to an openpyxl workbook."""
    _add_styles(book)
    summary, details = book.create_sheet(SUMMARY), book.create_sheet(DETAILS)
    areas = _write_details(details, checks)
    _write_summary(summary, checks, areas)


def _write_details(sheet: Any, checks: Sequence[RuleChecks]) -> list[tuple[int, int]]:
    """One line a relation: TRUE where it holds, FALSE where it does not, empty where nothing is to be asked.

    The rows of each rule.
    """
    _line(sheet, 1, ("规则", "表", "行、栏", "结果"), _HEAD)
    areas: list[tuple[int, int]] = []
    row = 2
    for each in checks:
        first = row
        for line in each.lines:
            verdict = f'=IFERROR({line.formula},"{UNREADABLE}")'
            _line(sheet, row, (each.rule, f"「{each.title}」", line.label, verdict))
            row += 1
        areas.append((first, row - 1))
    for letter, width in zip("ABCD", (10, 44, 60, 8), strict=True):
        sheet.column_dimensions[letter].width = width
    _colour(sheet, f"D2:D{max(row - 1, 2)}", {"FALSE": _RED, f'"{UNREADABLE}"': _AMBER})
    sheet.freeze_panes = "A2"
    return areas


def _write_summary(sheet: Any, checks: Sequence[RuleChecks], areas: Sequence[tuple[int, int]]) -> None:
    bottom = _TOP + len(checks) - 1
    results = f"E{_TOP}:E{bottom}"
    sheet["A1"] = "自检：填表时随填随核"
    sheet["A1"].font = Font(name=FONT, size=16, bold=True)
    sheet["A2"] = (
        f"{HOLDS} 相符  {FAILS} 不符，右边是第一处  {UNREADABLE} 有的格不是数  {NOT_ASKED} 表格公式核对不了。"
        "每条关系的结果在“自检明细”。报送前可以删去这两张表。"
    )
    failed = f'COUNTIF({results},"{FAILS}")'
    sheet["A3"] = f'=IF({failed}=0,"没有不符的关系","有 "&{failed}&" 条规则不符")'
    sheet["A3"].font = Font(name=FONT, size=12, bold=True)
    _line(sheet, _TOP - 1, ("规则", "关系", "表", "级别", "结果", "不符处", "第一处"), _HEAD)
    for row, (each, area) in enumerate(zip(checks, areas, strict=True), _TOP):
        name = f"{each.name}。" if each.name.endswith("表") else each.name  # no title of a form
        texts = each.rule, name, f"「{each.title}」", _SEVERITIES[each.severity], *_result(each, area)
        _line(sheet, row, texts, centred=(1, 4, 5, 6))
        sheet.row_dimensions[row].height = _ROW
    for letter, width in zip("ABCDEFG", (9, 54, 50, 7, 7, 8, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    _colour(sheet, results, {f'"{HOLDS}"': _GREEN, f'"{FAILS}"': _RED, f'"{UNREADABLE}"': _AMBER})
    sheet.freeze_panes = f"A{_TOP}"
    sheet.sheet_view.showGridLines = False
    sheet.row_dimensions[_TOP - 1].height = _ROW
    sheet.print_title_rows = f"{_TOP - 1}:{_TOP - 1}"
    sheet.print_options.horizontalCentered = True
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _result(each: RuleChecks, area: tuple[int, int]) -> tuple[str, str, str]:
    """The formulas of a rule's result, of how often it does not hold, and of where first."""
    if not each.lines:
        return NOT_ASKED, "", each.why
    values, labels = (f"'{DETAILS}'!${letter}${area[0]}:${letter}${area[1]}" for letter in "DC")
    failed = f"COUNTIF({values},FALSE)"
    return (
        f'=IF({failed}>0,"{FAILS}",IF(COUNTIF({values},"{UNREADABLE}")>0,"{UNREADABLE}","{HOLDS}"))',
        f'=IF({failed}=0,"",{failed})',
        f'=IF({failed}=0,"",INDEX({labels},MATCH(FALSE,{values},0)))',
    )


def _line(sheet: Any, row: int, texts: Sequence[str], style: str = _BODY, centred: Sequence[int] = ()) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column, text or None)
        if text and not text.startswith("="):
            cell.data_type = "s"
        cell.style = _CENTRED if column in centred else _WRAPPED if column in _LONG and style == _BODY else style


def _add_styles(book: Any) -> None:
    """The looks of all cells, by name: thousands of cells that each carry their own take seconds to write."""
    for name, bold, across in ((_HEAD, True, "center"), (_BODY, False, None), (_WRAPPED, False, None),
                               (_CENTRED, False, "center")):
        alignment = Alignment(vertical="center", horizontal=across, wrap_text=name in {_HEAD, _WRAPPED})
        font = Font(name=FONT, size=10, bold=bold)
        style = NamedStyle(name, font=font, alignment=alignment, border=thin_border())
        if name == _HEAD:
            style.fill = PatternFill("solid", fgColor="FFE7EEF0")
        book.add_named_style(style)


def _colour(sheet: Any, area: str, colours: Mapping[str, str]) -> None:
    for value, colour in colours.items():
        fill = PatternFill(bgColor="FFFCE4E4") if colour == _RED else None
        style = {"font": Font(color=colour, bold=True), **({"fill": fill} if fill else {})}
        sheet.conditional_formatting.add(area, CellIsRule(operator="equal", formula=[value], **style))
