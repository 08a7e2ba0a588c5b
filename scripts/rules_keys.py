"""The tables of keys in ``docs/rules.md``, from ``gouji.packs.keys``: what loading accepts is what is explained."""

from __future__ import annotations

import re
from pathlib import Path

from gouji.packs.keys import (
    CASE,
    CAUSE,
    CODES,
    COLUMN,
    EXPECTED,
    FIELD,
    PACK,
    ROW,
    RULE,
    SECTION,
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

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
TABLES: dict[str, Keys] = {
    "规则": RULE, "常见原因": CAUSE, "表": TABLE, "段": SECTION, "栏": COLUMN, "行": ROW, "单个格": FIELD,
    "编码表": CODES, "规则包": PACK, "用例": CASE, "应报": EXPECTED,
}  # fmt: skip
_MARKED = re.compile(r"(<!-- 项：(?P<name>\S+) -->\n).*?(<!-- 完 -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """The page with every marked table written anew. ``KeyError`` for a mark that names none."""
    return _MARKED.sub(lambda match: f"{match[1]}{_table(TABLES[match['name']])}{match[3]}", text)


def _table(keys: Keys) -> str:
    rows = [f"| `{key.name}` | {_written(key.kind)} | {_says(key)} |" for key in keys.keys]
    return "\n".join(["| 项 | 写什么 | 意思 |", "|---|---|---|", *rows, ""])


def _says(key: Key) -> str:
    said = key.says.replace("|", "\\|")
    return f"{said}。必填" if key.required else said


def _written(kind: Kind) -> str:
    match kind:
        case Text(number=True):
            return "整数"
        case Text():
            return "一个"
        case Texts():
            return "一个或一列"
        case Word(choices):
            return " · ".join(choices)
        case Keys():
            return "几项"
        case Named(_, what):
            return f"`名字: …`，{what}"
        case Items():
            return "一列，每项以 `-` 开头"
        case Anything():
            return "几项"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8", newline="\n")
