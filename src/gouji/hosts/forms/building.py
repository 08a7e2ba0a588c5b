"""Workbooks of a pack: every form blank, or filled with the figures of a data file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gouji.errors import GoujiError
from gouji.hosts.forms.check_sheets import RuleChecks
from gouji.hosts.forms.content import BookContent, Repair, read_content, read_repairs, repaired
from gouji.hosts.forms.plan import SheetPlan
from gouji.hosts.forms.printing import read_print
from gouji.hosts.forms.sheets import plan_sheet
from gouji.hosts.forms.writing import write_workbook
from gouji.packs.model import Pack
from gouji.tables.definition import TableDefinition


def build_template(pack: Pack, path: Path, checks: Sequence[RuleChecks] = ()) -> None:
    """Writes a workbook with every form of the pack, blank; a form that occurs on many sheets once.

    ``checks`` are written on sheets of their own. ``GoujiError`` where the pack does not say how a form is printed.
    """
    write_workbook(plan_template(pack), path, pack.title, checks)


def plan_template(pack: Pack) -> list[SheetPlan]:
    """The blank forms, in the order of the official ones."""
    return [plan_form(pack, definition) for definition in printed_forms(pack)]


def plan_form(pack: Pack, definition: TableDefinition) -> SheetPlan:
    """One blank form of the pack, which must say how it is printed."""
    fields = {"年度": str(pack.year or ""), "金额单位": pack.unit}
    return plan_sheet(pack, definition, fields, None, _sheet_name(definition, 1))


def build_example(pack: Pack, data_path: Path, path: Path, corrections: Path | None = None) -> None:
    """Writes the workbook of a data file, with the repairs of ``corrections`` made when that is given.

    ``GoujiError`` when a figure of the data has no place on the forms, or a repair none in the data.
    """
    content = read_content(data_path)
    repairs: Sequence[Repair] = read_repairs(corrections) if corrections else ()
    write_workbook(plan_book(pack, repaired(content, repairs)), path, pack.title)


def plan_book(pack: Pack, content: BookContent) -> list[SheetPlan]:
    """The sheets of a filled workbook, in the order of the official forms."""
    fields = {"金额单位": pack.unit, **content.fields}
    forms = printed_forms(pack)
    unknown = set(content.forms) - {definition.name for definition in forms}
    if unknown:
        listed = "、".join(sorted(unknown))
        raise GoujiError(f"规则包没有这些表：{listed}", f"the pack prints no such tables: {listed}")
    return [
        plan_sheet(pack, definition, fields, form, _sheet_name(definition, number))
        for definition in forms
        for number, form in enumerate(content.forms.get(definition.name, ()), 1)
    ]


def printed_forms(pack: Pack) -> list[TableDefinition]:
    """The definitions that say how they are printed, numbered forms first, in the order of their sheet names."""
    forms = [definition for definition in pack.tables.values() if definition.print]
    return sorted(forms, key=lambda definition: (definition.many is not None, read_print(definition).sheet))


def _sheet_name(definition: TableDefinition, number: int) -> str:
    name = read_print(definition).sheet
    return f"{name}{number}" if definition.many else name

