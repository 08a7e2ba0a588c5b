"""Filling in a self-checking template as a clerk would, and what LibreOffice then shows on its sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

from gouji.binding.bind import bind
from gouji.checking.check import Verdict, check
from gouji.figures import MONEY_UNITS, Rounding
from gouji.flow import forms_of
from gouji.hosts.forms.building import plan_template
from gouji.hosts.forms.check_sheets import DETAILS, SUMMARY
from gouji.hosts.forms.content import BookContent, FormContent
from gouji.hosts.forms.lookup import row_name
from gouji.hosts.forms.printed import cell_value
from gouji.hosts.package.reading import read_package
from gouji.labels import normalised
from gouji.packs.model import Pack
from gouji.selfcheck.trial import key_cell
from gouji.tables.definition import FIGURE_TYPES
from gouji.tables.model import Line, Section, Table
from gouji.tables.recognise import recognise
from tests.programs import converted

Counts = Counter[tuple[str, str]]
"""How many relations do not hold, by rule and form."""
SHARE_OF_ZEROS = 0.8
_FAILED = {Verdict.FAILS, Verdict.ADJUSTED, Verdict.TRUNCATED, Verdict.ZERO_DIVISOR}


def fill(template: Path, pack: Pack, content: BookContent, target: Path) -> None:
    """Types the figures of ``content`` into the template; of a form that occurs on many sheets the first."""
    found = recognise(read_package(template), forms_of(pack))
    plans = {plan.name: plan for plan in plan_template(pack)}
    book = openpyxl.load_workbook(template)
    for table in found.tables:
        form = content.forms[table.definition.name][0]
        sheet = book[table.sheet.name]
        for section in table.sections:
            free = list(plans[table.sheet.name].open_rows.get(section.definition.name, ()))
            _fill_section(sheet, table, section, form, [row for row in free if row not in _rows(section)])
        if (place := key_cell(table)) is not None:
            sheet.cell(*place, form.fields[table.definition.many or ""])
    book.save(target)


def fill_with_anything(template: Path, pack: Pack, target: Path, seed: int) -> None:
    """Types a figure into every cell, zero in most so that many relations hold, and codes into some open lines."""
    rng = Random(seed)  # noqa: S311 - reproducible on purpose
    plans = {plan.name: plan for plan in plan_template(pack)}
    book = openpyxl.load_workbook(template)
    for table in recognise(read_package(template), forms_of(pack)).tables:
        sheet = book[table.sheet.name]
        for section in table.sections:
            opened = plans[table.sheet.name].open_rows.get(section.definition.name, ())
            free = [row for row in opened if row not in _rows(section)]
            lines = zip(free, _codes(pack, section) or [f"第{number}项" for number in range(4)], strict=False)
            places = [(line.row, dict.fromkeys(section.columns), line) for line in section.lines]
            for row, key in lines:
                _anything(sheet, section, {name: (row, at.at[0]) for name, at in section.columns.items()}, rng, key)
            for _, names, line in places:
                _anything(sheet, section, {name: section.place(line, name) for name in names}, rng, None)
        if (place := key_cell(table)) is not None:
            sheet.cell(*place, "甲项目")
    book.save(target)


def _codes(pack: Pack, section: Section) -> list[str]:
    """Some classes of the section's code list, each with its first divisions."""
    entry = section.definition.open_row
    codes = pack.codes.get(entry.codes or "") if entry is not None else None
    if codes is None:
        return []
    wide = sum(codes.widths)
    return [code for first in sorted(codes.names)[:3] if len(first) < wide
            for code in (first, f"{first}{'01'}", *([f"{first}{'01'}{'01'}"] if len(first) + 4 <= wide else []))]


def _anything(sheet: Any, section: Section, places: Mapping[str, Any], rng: Random, key: str | None) -> None:
    """A figure in each cell of a line; ``key`` goes where its name or code stands."""
    for name, place in places.items():
        column = section.columns[name].definition
        if place is None or place[1] is None or type(cell := sheet.cell(*place)).__name__ == "MergedCell":
            continue
        if column.type in {"编码", "行名"}:
            cell.value = key if key is not None and cell.value is None else cell.value
        elif column.type in FIGURE_TYPES and cell.value is None:
            value = 0 if rng.random() < SHARE_OF_ZEROS else rng.choice([0.01, 1, 1.1, 2, 2.11, 7.5, 10])
            percent = column.type == "比率" and "%" not in column.labels[0] and "％" not in column.labels[0]
            cell.value, cell.number_format = (value / 100, "0.00%") if percent else (value, "0.00")


def _rows(section: Section) -> set[int]:
    return {line.row for line in section.lines}


def _fill_section(sheet: Any, table: Table, section: Section, form: FormContent, free: list[int]) -> None:
    content = form.sections.get(section.definition.name)
    if content is None:
        return
    for index in range(len(content.rows)):
        name = row_name(section.definition, content, index)
        texts = dict(zip(content.columns, content.rows[index], strict=True))
        line = _line(section, name)
        if line is not None:
            places = {column: section.place(line, column) for column in section.columns}
        elif free:
            row = free.pop(0)
            places = {column: (row, at.at[0]) for column, at in section.columns.items() if at.at[0] is not None}
        else:
            continue
        for column, place in places.items():
            if place is not None and texts.get(column):
                _type(sheet.cell(*place), texts[column], section.columns[column].definition.type, line is not None)


def _line(section: Section, name: str) -> Line | None:
    key = normalised(name.rpartition("/")[2])
    within = name.rpartition("/")[0]
    found = [section.lines[index] for index in section.by_key.get(key, ())]
    return next((line for line in found if not within or within in line.groups or len(found) == 1), None)


def _type(cell: Any, text: str, kind: str, is_fixed: bool) -> None:
    if kind in {"行名", "序号"} and is_fixed:
        return
    if kind in {"编码", "行名", "文字"}:
        if type(cell).__name__ != "MergedCell":
            cell.value = text
        return
    value, number_format = cell_value(text, separators=kind == "金额")
    cell.value = value
    if not isinstance(value, str) and number_format != "General":
        cell.number_format = number_format


def shown(workbook: Path, folder: Path) -> tuple[Counts, Mapping[tuple[str, str], str]]:
    """After LibreOffice recalculated: how many details do not hold by rule and form, and the results shown."""
    book = openpyxl.load_workbook(converted(workbook, "xlsx", folder), data_only=True)
    failed: Counts = Counter()
    for rule, title, _, value in book[DETAILS].iter_rows(min_row=2, max_col=4, values_only=True):
        assert value in (True, False, "", None), (rule, title, value)
        failed[rule, title.strip("「」")] += value is False
    lines = book[SUMMARY].iter_rows(min_row=6, max_col=7, values_only=True)
    return +failed, {(line[0], line[2].strip("「」")): line[4] for line in lines}


def judged(workbook: Path, pack: Pack, rules: Sequence[str]) -> Counts:
    """How many relations of these rules do not hold by the exact verdict."""
    found = recognise(read_package(workbook), forms_of(pack))
    chosen = replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in rules))
    instances = bind(chosen, found, dict(pack.params)).instances
    verdicts = check(instances, MONEY_UNITS[pack.unit].exponent, Rounding(pack.rounding))
    return Counter((one.instance.rule.id, one.instance.table.definition.title) for one in verdicts
                   if one.verdict in _FAILED)
