from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from tests import programs


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets as openpyxl writes them: figures, a merged heading, a chart, a validation, a colour, a comment."""
    workbook = openpyxl.Workbook()
    first = workbook.active
    first.title = "GK02 收入决算表"
    second = workbook.create_sheet("It's 支出")
    for row in range(1, 13):
        for column in range(1, 8):
            first.cell(row, column, row * column)
    first.merge_cells("B4:D5")
    second["A1"] = 5
    first["C3"].comment = Comment("已核对", "张", width=300, height=111)
    chart = BarChart()
    chart.add_data(Reference(first, min_col=1, min_row=1, max_row=6))
    first.add_chart(chart, "J2")
    validation = DataValidation(type="whole", operator="greaterThan", formula1="0")
    validation.add("A1:A9")
    first.add_data_validation(validation)
    yellow = PatternFill("solid", bgColor="FFFF00")
    first.conditional_formatting.add("A1:A9", CellIsRule(operator="lessThan", formula=["3"], fill=yellow))
    path = tmp_path / "决算.xlsx"
    workbook.save(path)
    return path


@pytest.fixture(scope="session")
def validator() -> list[str]:
    """The command of the Open XML SDK validator."""
    return programs.validator(Path(tempfile.gettempdir()) / "gouji-ooxml-validator")
