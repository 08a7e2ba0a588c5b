"""Colours over the flagged cells of an openpyxl ``Workbook``: a conditional format that is always true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gouji.hosts.looks import ALWAYS, FILLS
from gouji.hosts.protocol import MARKER
from gouji.packs.model import Severity
from gouji.sheet import Area

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.formatting.rule import Rule


def colour(workbook: Workbook, areas: Mapping[tuple[str, Area], Severity]) -> None:
    """Colour areas of sheets."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    for (sheet, area), severity in areas.items():
        fill = PatternFill("solid", fgColor=FILLS[severity], bgColor=FILLS[severity])
        workbook[sheet].conditional_formatting.add(_reference(area), FormulaRule(formula=[ALWAYS], fill=fill))


def colours(workbook: Workbook) -> list[tuple[str, str, str]]:
    """Our colours: sheet, cells and colour of each."""
    return sorted(
        (sheet.title, str(each.sqref), str(rule.dxf.fill.bgColor.rgb))
        for sheet in workbook.worksheets
        for each in sheet.conditional_formatting
        for rule in each.rules
        if _is_ours(rule)
    )


def strip_colours(workbook: Workbook) -> None:
    """Take our colours out."""
    for sheet in workbook.worksheets:
        formats = sheet.conditional_formatting
        kept = [(str(each.sqref), rule) for each in formats for rule in each.rules if not _is_ours(rule)]
        if len(kept) < sum(len(each.rules) for each in formats):
            sheet.conditional_formatting = type(formats)()
            for reference, rule in kept:
                sheet.conditional_formatting.add(reference, rule)


def _is_ours(rule: Rule) -> bool:
    return any(MARKER in formula for formula in rule.formula or ())


def _reference(area: Area) -> str:
    return str(area) if area[:2] != area[2:] else str(area).partition(":")[0]
