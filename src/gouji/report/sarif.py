"""Reports as SARIF 2.1.0, for code-scanning views: one run a workbook, cells as logical locations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple
from urllib.parse import quote

from gouji.packs.model import Severity
from gouji.report.model import Finding, Report
from gouji.report.words import choose
from gouji.sheet import CellRef
from gouji.tables.model import Spoken

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


class Unread(NamedTuple):
    """A workbook without a report, and why: (Chinese, English)."""

    workbook: str
    message: tuple[str, str]


def render(reports: Iterable[Report], language: str = "zh", *, unread: Sequence[Unread] = (), version: str = "") -> str:
    """The log as indented JSON. ``version`` is that of gouji."""
    runs = [_run(report, language, version) for report in reports]
    runs += [_unread_run(each, language, version) for each in unread]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def artifact_uri(workbook: str) -> str:
    """A relative path as a relative URI reference, an absolute one as ``file:`` URI."""
    windows = PureWindowsPath(workbook)
    if windows.is_absolute() and not workbook.startswith("/"):
        return windows.as_uri()
    path = PurePosixPath(workbook if workbook.startswith("/") else windows.as_posix())
    return path.as_uri() if path.is_absolute() else quote(str(path))


def _run(report: Report, language: str, version: str) -> dict[str, Any]:
    rules = {finding.rule: finding for finding in reversed(report.findings)}
    order = sorted(rules)
    notifications = [
        _notification("warning", f"{item.rule}: {item.reason(language)}", report.workbook)
        for item in report.not_applied
    ]
    return {
        "tool": _tool([_rule(rules[name]) for name in order], version),
        "language": "en" if language == "en" else "zh-CN",
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": artifact_uri(report.workbook)}}],
        "invocations": [_invocation(True, notifications)],
        "results": [_result(report, finding, order.index(finding.rule), language) for finding in report.findings],
        "properties": {
            "pack": report.pack_id,
            "packVersion": report.pack_version,
            "complete": report.complete,
            "checked": report.summary.checked,
        },
    }


def _unread_run(unread: Unread, language: str, version: str) -> dict[str, Any]:
    notification = _notification("error", choose(unread.message, language), unread.workbook)
    return {
        "tool": _tool([], version),
        "language": "en" if language == "en" else "zh-CN",
        "artifacts": [{"location": {"uri": artifact_uri(unread.workbook)}}],
        "invocations": [_invocation(False, [notification])],
        "results": [],
    }


def _tool(rules: list[dict[str, Any]], version: str) -> dict[str, Any]:
    driver: dict[str, Any] = {"name": "gouji"}
    if version:
        driver["version"] = version
    return {"driver": {**driver, "rules": rules}}


def _invocation(successful: bool, notifications: list[dict[str, Any]]) -> dict[str, Any]:
    return {"executionSuccessful": successful, "toolExecutionNotifications": notifications}


def _notification(level: str, text: str, workbook: str) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": {"uri": artifact_uri(workbook), "index": 0}}}
    return {"level": level, "message": {"text": text}, "locations": [location]}


def _rule(finding: Finding) -> dict[str, Any]:
    help_text = "\n".join(part for part in (finding.formula, finding.basis) if part) or finding.name
    return {
        "id": finding.rule,
        "name": finding.name,
        "shortDescription": {"text": finding.name},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }


def _result(report: Report, finding: Finding, index: int, language: str) -> dict[str, Any]:
    others = [cell for cell in finding.cells if cell != finding.cell]
    result = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message(language)},
        "locations": [_location(report, finding.cell)],
        "partialFingerprints": {"gouji/1": _fingerprint(finding)},
    }
    if others:
        result["relatedLocations"] = [_location(report, cell) for cell in others]
    return result


def _location(report: Report, cell: CellRef) -> dict[str, Any]:
    if isinstance(cell, Spoken):
        region = {"startLine": cell.paragraph, "startColumn": cell.start + 1, "endColumn": cell.end + 1}
        return {
            "physicalLocation": {"artifactLocation": {"uri": artifact_uri(cell.sheet)}, "region": region},
            "logicalLocations": [{"name": cell.words, "fullyQualifiedName": str(cell), "kind": "text"}],
        }
    return {
        "physicalLocation": {"artifactLocation": {"uri": artifact_uri(report.workbook), "index": 0}},
        "logicalLocations": [{"name": cell.address, "fullyQualifiedName": str(cell), "kind": "cell"}],
    }


def _fingerprint(finding: Finding) -> str:
    return sha256("\0".join((finding.rule, str(finding.cell), finding.formula)).encode()).hexdigest()[:32]
