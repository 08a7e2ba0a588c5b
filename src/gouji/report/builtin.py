"""Findings that need no rule of a pack: what stands in a figure's cell and is no figure."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.report.model import Finding
from gouji.sheet import Address
from gouji.tables.model import Line, Recognition, Section, Table, Value

BUILTIN: Mapping[str, tuple[str, str, str, str]] = {
    "G01": (
        "数字格里不是数",
        "no number in a figure's cell",
        "金额、比率、得分等格里只能是数、空白或一条横线。文字不会被当作零；读到文字的关系不核对，并在“未应用”中列出。",
        "A figure's cell holds a number, nothing or a dash. Text is never read as zero; relations that read it are "
        "not applied and listed as such.",
    ),
    "G02": (
        "数字格里是错误值",
        "an error value in a figure's cell",
        "公式的结果是 #REF!、#DIV/0! 一类的错误值，须先修正公式。",
        "The formula results in an error such as #REF! or #DIV/0!; repair it first.",
    ),
}


def builtin_rules() -> Mapping[str, tuple[str, str, str, str]]:
    """Built-in rules by id: name and explanation, each in Chinese and English."""
    return BUILTIN


def cell_findings(recognition: Recognition) -> list[Finding]:
    """A finding for every figure cell of a recognised table that holds text or an error."""
    return [
        _finding(table, section, line, name, address, value)
        for table in recognition.tables
        if any(value.status in {"text", "error"} for value in table.values.values())
        for section in table.sections
        for line in section.lines
        for name in section.columns
        if (address := section.address(line, name)) is not None
        and (value := table.values.get((address.row, address.column))) is not None
        and value.status in {"text", "error"}
    ]


def _finding(table: Table, section: Section, line: Line, column: str, address: Address, value: Value) -> Finding:
    rule = "G01" if value.status == "text" else "G02"
    name, _, _, _ = BUILTIN[rule]
    cell = table.ref(address)
    label = f"{line.label}·{column}"
    shown = value.text if len(value.text) <= 20 else value.text[:19] + "…"
    chinese = {
        "G01": f"{label}：应是数，现为“{shown}”。请改为数字，没有数时留空。",
        "G02": f"{label}：公式结果是 {shown}。请先修正公式。",
    }[rule]
    english = {
        "G01": f"{label}: a number is expected, found “{shown}”. Enter a number, or leave it empty.",
        "G02": f"{label}: the formula results in {shown}. Repair the formula first.",
    }[rule]
    here = f"{table.definition.title} {cell.address} "
    return Finding(
        rule=rule, name=name, severity="error", table=table.definition.title, sheet=cell.sheet, cell=cell,
        cells=(cell,), note_at=(cell,), left=value.text, right="", difference="", comparison="",
        message_zh=here + chinese, message_en=here + english, formula="", excel=None, basis="部门决算公开表编制说明",
        row_label=label, unit=section.unit.name,
    )
