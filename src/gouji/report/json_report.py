"""The report as JSON: one compact line a workbook, so that several make JSON Lines.

The names are fixed (design section 8); what is added stands after them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from gouji.report.model import Explanation, Finding, NotApplied, Operand, Report, TableReport, TextReport
from gouji.sheet import CellRef
from gouji.tables.model import Spoken

UNREAD = "gouji/unread/1"


def render(reports: Iterable[Report], language: str = "zh") -> str:
    """One line a report, each ended by a line feed. The same report gives the same text."""
    return "".join(json.dumps(as_object(report, language), ensure_ascii=False) + "\n" for report in reports)


def unread(workbook: str, message: str) -> str:
    """The line for a workbook that has no report."""
    return json.dumps({"schema": UNREAD, "workbook": workbook, "message": message}, ensure_ascii=False) + "\n"


def as_object(report: Report, language: str = "zh") -> dict[str, Any]:
    """The report as plain values, keys in their fixed order."""
    return {
        "schema": report.schema,
        "workbook": report.workbook,
        "pack": {"id": report.pack_id, "version": report.pack_version, "title": report.pack_title},
        "complete": report.complete,
        "summary": _summary(report),
        "tables": [_table(table, language) for table in report.tables],
        "findings": [_finding(finding, language) for finding in report.findings],
        "explanations": [_explanation(explanation) for explanation in report.explanations],
        "not_applied": [_not_applied(item, language) for item in report.not_applied],
        "unknown_sheets": [
            {"sheet": each.sheet, "reason": each.reason_en if language == "en" else each.reason_zh}
            for each in report.unknown_sheets
        ],
        "remarks": _sentences(report.remarks, language),
        **({"texts": [_text_report(text) for text in report.texts]} if report.texts else {}),
    }


def _text_report(text: TextReport) -> dict[str, Any]:
    return {
        "document": text.document,
        "year": text.year,
        "figures": text.figures,
        "understood": text.understood,
        "reasons": text.reasons,
        "unread": [{**_words(each.words), "figures": list(each.figures)} for each in text.unread],
        "alone": [{**_words(each.words), "figures": list(each.figures)} for each in text.alone],
    }


def _words(words: Spoken) -> dict[str, Any]:
    return {
        "document": words.sheet,
        "paragraph": words.paragraph,
        "start": words.start,
        "end": words.end,
        "words": words.words,
        "cell": None if words.cell is None else str(words.cell),
    }


def _place(cell: CellRef | None) -> dict[str, Any]:
    """A cell's name, and the words where it is a figure of a text."""
    if isinstance(cell, Spoken):
        return {"cell": None, "text": _words(cell)}
    return {"cell": None if cell is None else str(cell)}


def _summary(report: Report) -> dict[str, int]:
    summary = report.summary
    names = ("checked", "failed", "not_applied", "error", "warning", "info", "undecided")
    return {name: getattr(summary, name) for name in names}


def _table(table: TableReport, language: str) -> dict[str, Any]:
    return {
        "table": table.table,
        "sheet": table.sheet,
        "unit": table.unit,
        "decimals": table.decimals,
        "area": table.area,
        "key": table.key,
        "recognised_by": table.recognised_by[language == "en"],
        "remarks": _sentences(table.remarks, language),
    }


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "table": finding.table,
        "sheet": finding.sheet,
        "cell": "" if finding.text is not None else finding.cell.address,
        "cells": [str(cell) for cell in finding.cells if not isinstance(cell, Spoken)],
        "note_at": [str(cell) for cell in finding.note_at],
        "left": finding.left,
        "right": finding.right,
        "difference": finding.difference,
        "message": finding.message(language),
        "formula": finding.formula,
        "excel": finding.excel,
        "name": finding.name,
        "basis": finding.basis,
        "row_label": finding.row_label,
        "comparison": finding.comparison,
        "unit": finding.unit,
        "adjusted": finding.adjusted,
        "operands": [_operand(operand) for operand in finding.operands],
        "left_count": finding.left_count,
        "suspect": None if finding.suspect is None else str(finding.suspect),
        "answer": finding.answer or None,
        **_spoken(finding),
    }


def _spoken(finding: Finding) -> dict[str, Any]:
    """The words that a finding is about and all that it reads; nothing for one about cells only."""
    words = [_words(cell) for cell in finding.cells if isinstance(cell, Spoken)]
    return {"text": None if finding.text is None else _words(finding.text), "texts": words} if words else {}


def _operand(operand: Operand) -> dict[str, Any]:
    return {
        "sign": operand.sign,
        "label": operand.label,
        "printed": operand.printed,
        **_place(operand.cell),
        "table": operand.table,
        "unit": operand.unit,
    }


def _explanation(explanation: Explanation) -> dict[str, Any]:
    return {
        "explains": list(explanation.explains),
        "unique": explanation.unique,
        "cells": [
            {
                "sheet": suspect.cell.sheet,
                "cell": "" if isinstance(suspect.cell, Spoken) else suspect.cell.address,
                "printed": suspect.printed,
                "range": suspect.range,
                "values": list(suspect.values),
                "plausible": suspect.plausible or None,
                "mechanism": suspect.mechanism,
                "carries": suspect.carries,
                "label": suspect.label,
                **({"text": _words(suspect.cell)} if isinstance(suspect.cell, Spoken) else {}),
            }
            for suspect in explanation.cells
        ],
    }


def _not_applied(item: NotApplied, language: str) -> dict[str, Any]:
    return {
        "rule": item.rule,
        "reason": item.reason(language),
        "cells": [str(cell) for cell in item.cells],
        "instances": item.instances,
    }


def _sentences(remarks: Iterable[tuple[str, str]], language: str) -> list[str]:
    return [remark[language == "en"] for remark in remarks]
