"""Where a rule stands in the trial workbook, and what its references name from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.binding.columns import columns, sole_column
from gouji.binding.standing import Standing
from gouji.labels import normalised
from gouji.language.ast import Here, Path, Reference
from gouji.selfcheck.trial import OpenRows, Trial, key_cell, quoted
from gouji.sheet import Address, CellKind
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Section, Table


class NoLiveForm(Exception):  # noqa: N818 - says that there is none, which is no fault
    """The rule cannot be written over cells that are filled in later."""


class Spot(NamedTuple):
    """A place that a rule stands on, and what it is in the trial workbook."""

    trial: Trial
    at: Standing
    decimals: int

    @property
    def open(self) -> OpenRows | None:
        """The open rows that its line is one of."""
        own = self.trial.open.get(id(self.at.section))
        return own if own is not None and self.at.line is not None and own.holds(self.at.line) else None


def parts_of(node: Reference, spot: Spot) -> tuple[Table, Path, Path | None]:
    """The table, the row and the column of a reference. Raises ``NoLiveForm`` where they are not one each."""
    axes = node.place.axes
    if node.book is not None or any(axis.end is not None for axis in axes):
        raise NoLiveForm
    if node.table is None or node.table == spot.at.table.definition.name:
        table = spot.at.table
    else:
        found = spot.trial.recognition.named(node.table)
        if len(found) != 1:
            raise NoLiveForm
        table = found[0]
    return table, axes[0].start, axes[1].start if len(axes) > 1 else None


def is_left_out(node: Reference, spot: Spot) -> bool:
    """Whether a reference reads a form that the pack does not print and takes for zero."""
    definition = spot.trial.pack.tables.get(node.table or "")
    return definition is not None and definition.absent == "零" and not spot.trial.recognition.named(definition.name)


def column_of(section: Section, path: Path | None, at: Standing) -> ColumnDefinition:
    """The one column of figures that a path names. Raises ``NoLiveForm``."""
    wanted = sole_column(section, at) if path is None else columns(section, path, at)
    if wanted is None or wanted[1] or wanted[0][0].name not in section.columns:
        raise NoLiveForm
    return wanted[0][0]


def key_of(path: Path, spot: Spot) -> str:
    """The code or name that a row is looked up by."""
    step = path.steps[-1]
    if isinstance(step, Here):
        if step.word == "本栏":
            return spot.at.column or ""
        return spot.at.table.key if step.word == "本表" or spot.at.line is None else spot.at.line.key
    return str(getattr(step, "code", None) or getattr(step, "name", ""))


def key_text(path: Path, key: str, spot: Spot) -> str:
    """The key as a formula writes it: the cell that holds it, or the code itself."""
    if spot.at.names.uses(path).sheet:
        place = key_cell(spot.at.table)
        if place is None:
            raise NoLiveForm
        return f"{quoted(spot.at.table.sheet.name)}{Address(*place)}"
    if spot.at.names.uses(path).row and spot.open is not None and spot.at.line is not None:
        return spot.open.cell(spot.at.line.row, spot.open.key)
    if not key.isdigit():
        raise NoLiveForm
    return f'"{key}"'


def fixed_line(section: Section, key: str, spot: Spot) -> Line | None:
    """The line that the form prints for a key; a line of a unit's own is none."""
    own = spot.trial.open.get(id(section))
    lines = [section.lines[index] for index in section.by_key.get(normalised(key), ())]
    found = [line for line in lines if own is None or not own.holds(line)]
    return found[0] if len(found) == 1 else None


def levels_of(section: Section, spot: Spot) -> Sequence[int]:
    """How many digits the codes of its lines have; none where they are told apart by name."""
    entry = section.definition.open_row
    codes = spot.trial.pack.codes.get(entry.codes or "") if entry is not None else None
    return [length for _, length in codes.levels] if codes is not None else []


def is_preset(table: Table, place: tuple[int, int]) -> bool:
    """Whether the form itself prints the figure, as a text (10分)."""
    cell, value = table.sheet.cells.get(place), table.values.get(place)
    return cell is not None and cell.kind is CellKind.TEXT and value is not None and value.status == "figure"
