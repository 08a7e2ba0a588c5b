"""JSON Schemas of pack files, made from ``keys.py``: what editors complete and explain."""

from __future__ import annotations

import json
from typing import Any

from gouji.packs.keys import (
    FILES,
    REMOVED,
    RULE,
    TABLE,
    Anything,
    Items,
    Key,
    Keys,
    Kind,
    Named,
    Text,
    Texts,
    Word,
)

DIALECT = "http://json-schema.org/draft-07/schema#"
_SCALAR = {"type": ["string", "number", "boolean"]}
"""Everything is read as text: 3,972.0 keeps its decimal, an editor may still take it for a number."""
_WHOLE = {"type": "string", "pattern": f"^([0-9]{{1,9}}|{REMOVED})$"}
_NEW_RULE = {
    "label": "规则",
    "description": "一条新规则，带三个例子",
    "body": {
        "id": "${1:编号}",
        "name": "${2:一句话说这条关系}",
        "check": "${3:[总计] = SUM([总计/下级])}",
        "basis": "${4:政策依据}",
        "examples": {
            "pass": [{"${5:总计}": "${6:3.0}"}],
            "edge": [{"${5:总计}": "${7:3.1}"}],
            "fail": [{"${5:总计}": "${8:4.0}"}],
        },
    },
}
"""What an editor offers where a rule may be written (``defaultSnippets`` of VS Code)."""


def schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of file: ``pack``, ``codes``, ``tables``, ``rules`` or ``cases`` (else ``KeyError``)."""
    where, keys = FILES[kind]
    return {
        "$schema": DIALECT,
        "title": f"gouji {where}",
        **_map(keys),
    }


def file_name(kind: str) -> str:
    """What the file of a schema is called."""
    return f"{kind}.schema.json"


def text(kind: str) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n"


def _of(kind: Kind) -> dict[str, Any]:
    match kind:
        case Text(number=number):
            return {"anyOf": [{"type": "integer"}, _WHOLE]} if number else {**_SCALAR}
        case Texts():
            return {"anyOf": [{**_SCALAR}, {"type": "array", "items": {**_SCALAR}}]}
        case Word(choices):
            return {"enum": [*choices, REMOVED]}
        case Keys():
            return _removable(_map(kind))
        case Named(value, what):
            return _removable({
                "type": "object", "additionalProperties": _of(value), "propertyNames": {"description": what},
            })
        case Items(item):
            return _removable({"type": "array", "items": _of(item)})
        case Anything():
            return {}


def _removable(found: dict[str, Any]) -> dict[str, Any]:
    """The value, or 删除, or nothing at all (``科目名称:`` with nothing behind it)."""
    return {"anyOf": [found, {"const": REMOVED}, {"type": "null"}]}


def _map(keys: Keys) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {**_of(key.kind), "description": _says(key)} for key in keys.keys},
    }
    required = [key.name for key in keys.keys if key.required]
    if required:
        found["required"] = required
    if keys is RULE:
        found["defaultSnippets"] = [_NEW_RULE]
        found["anyOf"] = [{"required": ["override"]}, {"required": ["off"]}, {"required": ["name", "check", "basis"]}]
    if keys is TABLE:
        found["not"] = {"required": ["sections", "columns"]}
    return found


def _says(key: Key) -> str:
    return f"{key.says}（必填）" if key.required else key.says
