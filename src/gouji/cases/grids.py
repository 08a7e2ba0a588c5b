"""Whole cases written as text: the sheets of a book as grids, with marks where something must be found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gouji.errors import Problem
from gouji.hosts.forms.plan import Slot, place
from gouji.hosts.forms.printing import LEFT, UP
from gouji.numerals import read_numeral
from gouji.packs.keys import CASE, CASES, EXPECTED
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import MapNode, Node, ScalarNode, read_yaml
from gouji.sheet import Book, Cell, CellKind, CellRef, Sheet, column_number

_MARK = re.compile(r"【([A-Za-z]\w*(?:-\w+)*(?:[ 、，,]+[A-Za-z]\w*(?:-\w+)*)*)】")
_SEPARATOR = re.compile(r"[ 、，,]+")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,?\d{3})*|[1-9]\d*)(?:\.\d+)?%?")
_AT = re.compile(r"(?:(?P<sheet>.+)!)?(?P<letters>[A-Z]{1,3})(?P<row>[1-9]\d*)")
_DETAILS = ("severity", "left", "right", "difference", "message")


class Mark(NamedTuple):
    """A finding that a case must have: rule and cell, the line that says so, and details declared."""

    rule: str
    cell: CellRef
    line: int
    said: Mapping[str, str]


class GridCase(NamedTuple):
    """A case as written; ``not_applied`` is ``None`` where it does not say. ``lines``: where each sheet begins."""

    name: str
    line: int
    book: Book
    marks: tuple[Mark, ...]
    params: Mapping[str, str]
    not_applied: tuple[str, ...] | None
    lines: Mapping[str, int]


def read_grids(content: bytes, file: str) -> tuple[list[GridCase], list[Problem]]:
    """The cases of a file, and what is wrong with it."""
    reader = Reader([])
    node = read_yaml(content, file, reader.problems)
    cases: list[GridCase] = []
    if node is not None:
        reader.known_keys(node, CASES.names)
        cases = [_case(reader, one) for one in reader.maps(reader.required(node, "cases"))]
    return cases, reader.problems


def _case(reader: Reader, node: MapNode) -> GridCase:
    reader.known_keys(node, CASE.names)
    sheets: list[Sheet] = []
    marks: list[Mark] = []
    lines: dict[str, int] = {}
    named = reader.mapping(reader.required(node, "sheets", ("（各工作表的格子）", " (the grids)")))
    for name, entry in (named.entries if named else {}).items():
        sheet, found = _sheet(reader, name, entry.value)
        sheets.append(sheet)
        marks += found
        lines[name] = _first_line(entry.value)
    marks += _expected(reader, node, [sheet.name for sheet in sheets])
    params = reader.mapping(node.get("set"))
    name = reader.text(reader.required(node, "case", ("（用例的名字）", " (the case's name)")))
    return GridCase(
        name,
        node.line,
        Book(f"{name}.xlsx", tuple(sheets)),
        tuple(marks),
        {key: reader.text(entry.value) for key, entry in (params.entries if params else {}).items()},
        reader.texts(node.get("not_applied")) if "not_applied" in node.entries else None,
        lines,
    )


def _first_line(node: Node) -> int:
    """The line of a grid's first row: below the sign that opens a block of several lines."""
    return node.line + (1 if isinstance(node, ScalarNode) and "\n" in node.text else 0)


def _sheet(reader: Reader, name: str, node: Node) -> tuple[Sheet, list[Mark]]:
    """A sheet and its marks. Cells are separated by tabs (as pasted from Excel) or by ``|``."""
    rows: list[tuple[Slot, ...]] = []
    marks: list[Mark] = []
    for line in reader.text(node).split("\n"):
        slots: list[Slot] = []
        for printed in _split(line):
            cell = CellRef(name, len(rows) + 1, len(slots) + 1)
            for match in _MARK.finditer(printed):
                line_number = _first_line(node) + len(rows)
                marks += [Mark(rule, cell, line_number, {}) for rule in _SEPARATOR.split(match[1])]
            text = _MARK.sub("", printed).strip()
            if (text == LEFT and not slots) or (text == UP and not (rows and len(slots) < len(rows[-1]))):
                reader.problem(node, f"{cell.address} 的 {text} 没有可并入的格", f"{cell.address}: nothing to join")
                text = ""
            slots.append(Slot(text, "text"))
        rows.append(tuple(slots))
    slots_at, merged = place(rows, 1)
    cells = {at: _cell(slot.text) for at, slot in slots_at.items() if slot.text}
    return Sheet(name, cells, tuple(merged)), marks


def _split(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    bare = line.strip()
    if len(bare) > 1 and bare.startswith("|") and bare.endswith("|"):  # a border on both sides, as in Markdown
        bare = bare[1:-1]
    return bare.split("|")


def _cell(text: str) -> Cell:
    """A number where one is printed, with the format that prints it so; else a text."""
    numeral = read_numeral(text) if _NUMBER.fullmatch(text) else None
    if numeral is None:
        return Cell(CellKind.TEXT, text)
    digits = text.replace(",", "").rstrip("%")
    decimals = len(digits.partition(".")[2])
    shown = ("#,##0" if "," in text else "0") + (f".{'0' * decimals}" if decimals else "")
    if not text.endswith("%"):
        return Cell(CellKind.NUMBER, digits, shown)
    return Cell(CellKind.NUMBER, _hundredth(digits), f"{shown}%")


def _hundredth(digits: str) -> str:
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, part = digits.partition(".")
    whole = whole.rjust(3, "0")
    return f"{sign}{whole[:-2]}.{whole[-2:]}{part}".rstrip("0").rstrip(".")


def _expected(reader: Reader, node: MapNode, sheets: list[str]) -> Iterator[Mark]:
    for one in reader.maps(node.get("expect")):
        reader.known_keys(one, EXPECTED.names)
        rule = reader.text(reader.required(one, "rule"))
        at = reader.required(one, "at", ("（哪一格）", " (the cell)"))
        match = _AT.fullmatch(reader.text(at))
        sheet = (match["sheet"] if match else None) or (sheets[0] if len(sheets) == 1 else "")
        if at is None or match is None or sheet not in sheets:
            if at is not None:
                reader.problem(
                    at, f"“{reader.text(at)}”应写作 工作表!C12；有 {'、'.join(sheets)}", "write it as sheet!C12"
                )
            continue
        cell = CellRef(sheet, int(match["row"]), column_number(match["letters"]))
        said = {key: reader.text(one.get(key)) for key in _DETAILS if key in one.entries}
        yield Mark(rule, cell, one.line, said)
