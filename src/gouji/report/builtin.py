"""Findings that need no rule of a pack: what stands in a figure's cell and is no figure."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.numerals import read_numeral
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
    "T71": (
        "模板字样没有改",
        "left over from a template",
        "“增加（减少）”“XX局”这样的字样是模板里的，发布前要改成实际的内容。",
        "Words such as 增加（减少） and XX局 belong to the template; write what is meant.",
    ),
    "T72": (
        "元像是万元",
        "元 that may be 万元",
        "同一段的其他金额都是万元，只有这一个是带小数的元。",
        "One amount with decimals is in 元 among others in 万元.",
    ),
    "T73": (
        "数后面没有单位或 %",
        "a figure without unit or %",
        "金额要写明万元还是元，比率要写 %。没有单位的数不核对。",
        "Amounts need their unit and rates their %; a bare number is not checked.",
    ),
    "T74": (
        "年份不是本年度",
        "another year than that of the accounts",
        "说本年数的句子写的却是另一个年份，多半是照抄去年的文字。",
        "A sentence about this year's figures names another year, most often last year's text.",
    ),
    "T75": (
        "项目段落与另一项目完全相同",
        "a project paragraph with another project's figures",
        "预算、执行、执行率和得分都与另一个项目相同，而且不是整齐的数，多半是复制后没有改。",
        "Budget, spending, rate and score are those of another project and not round: most often a copy.",
    ),
    "joint": (
        "几条关系合起来不能同时成立",
        "relations that cannot hold together",
        "列示的数都是四舍五入的结果。几条关系分开看各自都说得通，但没有一组未取整的数能同时满足它们：至少有一格不对。",
        "Printed figures are rounded. Relations that can each hold alone contradict each other: no unrounded figures "
        "meet all of them, so at least one cell is wrong.",
    ),
}


_MENDS: Mapping[str, tuple[str, str]] = {
    "G01": (
        "{}：应是数，现为“{}”。请改为数字，没有数时留空。",
        "{}: a number is expected, found “{}”. Enter a number, or leave it empty.",
    ),
    "G02": ("{}：公式结果是 {}。请先修正公式。", "{}: the formula results in {}. Repair the formula first."),
}
_PERCENT = (
    "{0}：列示 {1}，没有印 %，可能是 {1}%。请写明 %，或把单元格设成百分比格式。",
    "{0}: {1} is printed without %, perhaps it is {1}%. Print the %, or format the cell as a percentage.",
)


def builtin_rules() -> Mapping[str, tuple[str, str, str, str]]:
    """Built-in rules by id: name and explanation, each in Chinese and English."""
    return BUILTIN


def cell_findings(recognition: Recognition) -> list[Finding]:
    """A finding for every figure cell of a recognised table that holds an error, or text in a line that is known."""
    return [
        _finding(table, section, line, name, address, value)
        for table in recognition.tables
        if any(value.status in {"text", "error"} for value in table.values.values())
        for section in table.sections
        for line in section.lines
        for name in section.columns
        if (address := section.address(line, name)) is not None
        and (value := table.values.get((address.row, address.column))) is not None
        and (value.status == "error" or (value.status == "text" and line.known))
    ]


def _finding(table: Table, section: Section, line: Line, column: str, address: Address, value: Value) -> Finding:
    rule = "G01" if value.status == "text" else "G02"
    name, _, _, _ = BUILTIN[rule]
    cell = table.ref(address)
    label = f"{line.label}·{column}"
    shown = value.text if len(value.text) <= 20 else value.text[:19] + "…"
    lacks_percent = section.columns[column].definition.type == "比率" and read_numeral(value.text) is not None
    chinese, english = _PERCENT if lacks_percent else _MENDS[rule]
    chinese, english = chinese.format(label, shown), english.format(label, shown)
    here = f"{table.definition.title} {cell.address} "
    return Finding(
        rule=rule, name=name, severity="error", table=table.definition.title, sheet=cell.sheet, cell=cell,
        cells=(cell,), note_at=(cell,), left=value.text, right="", difference="", comparison="",
        message_zh=here + chinese, message_en=here + english, formula="", excel=None, basis="部门决算公开表编制说明",
        row_label=label, unit=section.unit.name,
    )
