"""SARIF 2.1.0: what the format requires, and where a finding points."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from gouji.report import sarif
from gouji.report.sarif import Unread, artifact_uri
from tests.report.sample import clean, sample

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
PHYSICAL = {
    "type": "object",
    "required": ["artifactLocation"],
    "properties": {
        "artifactLocation": {
            "type": "object",
            "required": ["uri"],
            "properties": {
                "uri": {"type": "string", "pattern": "^[!-~]+$"},
                "index": {"type": "integer", "minimum": 0},
            },
            "additionalProperties": False,
        }
    },
    "additionalProperties": False,
}
LOCATION = {
    "type": "object",
    "properties": {
        "physicalLocation": PHYSICAL,
        "logicalLocations": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("name", "fullyQualifiedName", "kind")},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
REQUIRED = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "name", "shortDescription", "help"],
                                            "properties": {
                                                "id": {"type": "string"},
                                                "name": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {"level": LEVEL},
                                                    "additionalProperties": False,
                                                },
                                            },
                                            "additionalProperties": False,
                                        },
                                    },
                                },
                                "additionalProperties": False,
                            }
                        },
                        "additionalProperties": False,
                    },
                    "language": {"pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "artifacts": {"type": "array", "minItems": 1},
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["executionSuccessful"],
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["message"],
                                        "properties": {
                                            "message": TEXT,
                                            "level": LEVEL,
                                            "locations": {"type": "array", "items": LOCATION},
                                        },
                                        "additionalProperties": False,
                                    },
                                },
                            },
                            "additionalProperties": False,
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION, "minItems": 1},
                                "relatedLocations": {"type": "array", "items": LOCATION, "uniqueItems": True},
                                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                            },
                            "additionalProperties": False,
                        },
                    },
                    "properties": {"type": "object"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def log(language: str = "zh") -> dict[str, Any]:
    unread = [Unread("坏 文件.xlsx", ("不是工作簿。", "No workbook."))]
    document: dict[str, Any] = json.loads(sarif.render([sample(), clean()], language, unread=unread, version="0.1.0"))
    return document


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_log_has_what_the_format_requires_and_nothing_it_does_not_know(language: str) -> None:
    jsonschema.validate(log(language), REQUIRED)


def test_a_result_points_to_its_rule_its_cell_and_its_workbook() -> None:
    run = log()["runs"][0]
    result = run["results"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]] == {
        "id": "A06",
        "name": "合计栏 = 各分栏之和",
        "shortDescription": {"text": "合计栏 = 各分栏之和"},
        "help": {"text": "[2013101, 本年收入合计] = SUM([2013101, 本年收入合计/下级])\n部门决算公开表编制说明"},
        "defaultConfiguration": {"level": "error"},
    }
    assert result["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "heilongjiang-2020.xlsx", "index": 0}},
            "logicalLocations": [{"name": "C12", "fullyQualifiedName": "GK02 收入决算表!C12", "kind": "cell"}],
        }
    ]
    assert len(result["relatedLocations"]) == 6
    assert all(each["ruleId"] == run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] for each in run["results"])


def test_severities_become_levels() -> None:
    levels = [(result["ruleId"], result["level"]) for result in log()["runs"][0]["results"]]
    assert levels == [
        ("A06", "error"), ("A09", "error"), ("A15", "error"), ("P05", "error"), ("H07", "error"), ("P10", "warning"),
        ("B17", "note"),
    ]  # fmt: skip


def test_what_was_not_applied_and_what_was_not_read_are_notifications() -> None:
    first, second, unread = (run["invocations"][0] for run in log()["runs"])
    assert [each["message"]["text"][:4] for each in first["toolExecutionNotifications"]] == ["A16:", "A17:", "P11:"]
    assert second == {"executionSuccessful": True, "toolExecutionNotifications": []}
    assert not unread["executionSuccessful"]
    assert unread["toolExecutionNotifications"][0]["message"]["text"] == "不是工作簿。"


def test_a_fingerprint_survives_another_figure_but_not_another_cell() -> None:
    report = sample()
    finding = report.findings[0]
    moved = replace(finding, cell=report.findings[1].cell)
    changed = replace(finding, left="1.0", message_zh="不同")
    runs = json.loads(sarif.render([replace(report, findings=(each,)) for each in (finding, changed, moved)]))["runs"]
    one, same, other = (run["results"][0]["partialFingerprints"]["gouji/1"] for run in runs)
    assert one == same != other


@pytest.mark.parametrize(
    ("workbook", "uri"),
    [
        ("决算.xlsx", "%E5%86%B3%E7%AE%97.xlsx"),
        ("a b/c#1.xlsx", "a%20b/c%231.xlsx"),
        ("夹\\a.xlsx", "%E5%A4%B9/a.xlsx"),
        ("/srv/a b.xlsx", "file:///srv/a%20b.xlsx"),
        ("C:\\决算\\a.xlsx", "file:///C:/%E5%86%B3%E7%AE%97/a.xlsx"),
        ("a:b.xlsx", "a%3Ab.xlsx"),
    ],
)
def test_a_path_becomes_a_uri(workbook: str, uri: str) -> None:
    assert artifact_uri(workbook) == uri
