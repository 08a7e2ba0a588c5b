"""The figures that fill a workbook: a data file (figures as printed, named as in the pack), and its repairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from gouji.errors import GoujiError


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A section's rows; every row has one text for each of ``columns``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cell(self, row: int, column: str) -> str:
        """The text at a row (0-based) and a named column, "" where the data has no such column."""
        return self.rows[row][self.columns.index(column)] if column in self.columns else ""


@dataclass(frozen=True, slots=True)
class FormContent:
    """What one sheet prints: fields, sections by name ("" for a table of one grid) and sentences below it."""

    fields: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, SectionContent] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def figures(self) -> Iterator[tuple[str, int, str, str]]:
        """Every text of the sections that is not empty: section, row (0-based), column, text."""
        for name, section in self.sections.items():
            for row, texts in enumerate(section.rows):
                for column, text in zip(section.columns, texts, strict=True):
                    if text:
                        yield name, row, column, text


@dataclass(frozen=True, slots=True)
class BookContent:
    """A whole workbook's figures. A table that occurs on many sheets has several forms."""

    pack: str
    fields: Mapping[str, str]
    forms: Mapping[str, tuple[FormContent, ...]]


@dataclass(frozen=True, slots=True)
class Repair:
    """One figure put right: ``form`` is the key field of a table that occurs on many sheets, else "".

    Without a ``row``, ``column`` is a field of the form.
    """

    table: str
    form: str
    row: str
    column: str
    printed: str
    value: str
    reason: str


def read_content(path: Path) -> BookContent:
    """Reads a data file (``GoujiError`` when it is no such file)."""
    source = _load(path)
    tables: Mapping[str, Any] = source["tables"]
    return BookContent(
        pack=str(source["pack"]),
        fields={str(k): str(v) for k, v in source.get("fields", {}).items()},
        forms={
            name: tuple(_form(each, path) for each in (form if isinstance(form, list) else [form]))
            for name, form in tables.items()
        },
    )


def read_repairs(path: Path) -> tuple[Repair, ...]:
    """Reads a list of repairs."""
    source = _load(path)
    return tuple(
        Repair(
            each["table"], each.get("form", ""), str(each.get("row", "")), each["column"],
            str(each["printed"]), str(each["value"]), each["reason"],
        )
        for each in source["repairs"]
    )


def repaired(content: BookContent, repairs: Sequence[Repair], key_field: str = "项目名称") -> BookContent:
    """The content with every repair made. A repair must meet exactly one figure, printed as it says."""
    forms = {name: list(each) for name, each in content.forms.items()}
    for repair in repairs:
        places = [
            i for i, form in enumerate(forms[repair.table])
            if not repair.form or form.fields.get(key_field) == repair.form
        ]
        if len(places) != 1:
            raise _misplaced(repair, len(places))
        forms[repair.table][places[0]] = _mend(forms[repair.table][places[0]], repair)
    return replace(content, forms={name: tuple(each) for name, each in forms.items()})


def _mend(form: FormContent, repair: Repair) -> FormContent:
    if not repair.row:
        _expect(repair, form.fields.get(repair.column, ""))
        return replace(form, fields={**form.fields, repair.column: repair.value})
    meant = [
        (name, row, section.columns.index(repair.column))
        for name, section in form.sections.items() if repair.column in section.columns
        for row, texts in enumerate(section.rows) if repair.row in texts[:3]
    ]
    if len(meant) != 1:
        raise _misplaced(repair, len(meant))
    name, row, column = meant[0]
    section = form.sections[name]
    texts = section.rows[row]
    _expect(repair, texts[column])
    line = (*texts[:column], repair.value, *texts[column + 1:])
    rows = (*section.rows[:row], line, *section.rows[row + 1:])
    return replace(form, sections={**form.sections, name: replace(section, rows=rows)})


def _expect(repair: Repair, printed: str) -> None:
    if printed != repair.printed:
        raise GoujiError(
            f"{repair.table} {repair.row}·{repair.column} 印的是 {printed}，不是 {repair.printed}",
            f"{repair.table} {repair.row}·{repair.column} prints {printed}, not {repair.printed}",
        )


def _misplaced(repair: Repair, count: int) -> GoujiError:
    place = " ".join(filter(None, [repair.table, repair.form, f"{repair.row}·{repair.column}"]))
    return GoujiError(f"{place}：应恰有一处，有 {count} 处", f"{place}: one place expected, {count} found")


def _form(source: Mapping[str, Any], path: Path) -> FormContent:
    fields = {str(k): str(v) for k, v in source.get("fields", {}).items()}
    notes = tuple(str(each) for each in source.get("notes", ()))
    if "columns" in source:
        return FormContent(fields, {"": _section(source, path)}, notes)
    named = {k: v for k, v in source.items() if k not in ("fields", "notes")}
    return FormContent(fields, {name: _section(each, path) for name, each in named.items()}, notes)


def _section(source: Mapping[str, Any], path: Path) -> SectionContent:
    columns = tuple(str(each) for each in source["columns"])
    rows = tuple(tuple(str(each) for each in row) for row in source["rows"])
    for row in rows:
        if len(row) != len(columns):
            shown = "、".join(row)
            raise GoujiError(
                f"{path.name}：这一行有 {len(row)} 格，应有 {len(columns)} 格：{shown}",
                f"{path.name}: a row of {len(row)} cells where {len(columns)} are expected: {shown}",
            )
    return SectionContent(columns, rows)


def _load(path: Path) -> Mapping[str, Any]:
    try:
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise GoujiError(f"{path.name} 读不了：{error}", f"{path.name} cannot be read: {error}") from error
    if not isinstance(source, Mapping):
        raise GoujiError(f"{path.name} 不是数据文件", f"{path.name} is no data file")
    return source
