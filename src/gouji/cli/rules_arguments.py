"""The arguments of ``gouji rules``: what it does, to which packs, and what each doing takes."""

from __future__ import annotations

import argparse
from typing import NamedTuple

from gouji.cli.commands import Rules
from gouji.cli.parser import Parser
from gouji.errors import GoujiError


class _Action(NamedTuple):
    """What ``gouji rules ACTION`` takes: how many names at least and at most, its options, and what it does."""

    least: int
    most: int | None
    options: frozenset[str]
    chinese: str
    english: str


ACTIONS: dict[str, _Action] = {
    "list": _Action(0, None, frozenset(), "列出规则", "list the rules"),
    "show": _Action(
        1, 2, frozenset({"resolved"}), "看规则包，或其中的规则、表", "show a pack, a rule or a table"
    ),
    "diff": _Action(2, 2, frozenset({"format"}), "比较两个规则包", "compare two packs"),
    "lint": _Action(0, None, frozenset(), "检查写法", "check the writing"),
    "test": _Action(0, None, frozenset({"mutants"}), "试算例子和用例", "run the examples and cases"),
    "coverage": _Action(
        1, 1, frozenset({"format", "template"}), "看哪些数没有规则管到", "tell which figures no rule covers"
    ),
    "docs": _Action(
        1, 1, frozenset({"out"}), "写出规则、表的说明（Markdown）", "write pages on its rules and tables (Markdown)"
    ),
    "schema": _Action(
        0, 1, frozenset({"out"}), "输出编辑器用的 JSON Schema", "write JSON Schemas for editors"
    ),
}  # fmt: skip
_OPTIONS = {name: f"--{name}" for name in ("resolved", "format", "template", "mutants")} | {"out": "-o"}


def fill(parser: Parser) -> None:
    """Describe the arguments."""
    parser.subject(
        "action", metavar="ACTION", choices=tuple(ACTIONS),
        help=(
            "；".join(f"{name} {action.chinese}" for name, action in ACTIONS.items()),
            "; ".join(f"{name}: {action.english}" for name, action in ACTIONS.items()),
        ),
    )  # fmt: skip
    parser.subject(
        "packs", metavar="PACK", nargs="*",
        help=(
            "规则包，编号或文件夹；list、lint、test 不写就是全部（当前文件夹是规则包时就是它）。"
            "show 后面可再写规则编号或表名，diff 要两个，schema 写 pack、codes、tables、rules 或 cases",
            "packs, by id or folder; list, lint and test take all by default (the current folder if it is one). "
            "show takes a rule or table as well, diff two packs, schema pack, codes, tables, rules or cases",
        ),
    )  # fmt: skip
    parser.option(
        "--resolved",
        action="store_true",
        help=("show：每一项都注明写在哪个包、哪个文件、哪一行", "show: which pack, file and line wrote each key"),
    )
    parser.option(
        "--mutants",
        action="store_true",
        help=("test：把公式逐个改错，看例子发现多少", "test: put mistakes into the formulas and count those noticed"),
    )
    parser.option(
        "--template",
        metavar="FILE",
        help=("coverage：按这本工作簿的表，默认按规则包的表", "coverage: the forms of this workbook, not the pack's"),
    )
    parser.option(
        "--format",
        choices=("text", "json"),
        metavar="FORMAT",
        help=("diff、coverage：text（默认）或 json", "diff, coverage: text (default) or json"),
    )
    parser.option(
        "-o", "--out", metavar="DIR", help=("schema、docs：写进这个文件夹", "schema, docs: write into this folder")
    )


def command(given: argparse.Namespace, parser: Parser) -> Rules:
    """The command; ``GoujiError`` where the action takes other names or options."""
    action = ACTIONS[given.action]
    for option, spelled in _OPTIONS.items():
        if getattr(given, option) and option not in action.options:
            fitting = "、".join(name for name, one in ACTIONS.items() if option in one.options)
            raise GoujiError(
                f"{spelled} 只用于 {fitting}，不用于 {given.action}。用法见 {parser.prog} --help",
                f"{spelled} goes with {fitting}, not with {given.action}. See {parser.prog} --help",
            )
    count = len(given.packs)
    if count < action.least or (action.most is not None and count > action.most):
        wanted = str(action.least) if action.least == action.most else f"{action.least}–{action.most}"
        raise GoujiError(
            f"{given.action} 后面要写 {wanted} 个名字，这里有 {count} 个。用法见 {parser.prog} --help",
            f"{given.action} takes {wanted} name(s), found {count}. See {parser.prog} --help",
        )
    return Rules(
        action=given.action,
        packs=tuple(given.packs),
        resolved=given.resolved,
        mutants=given.mutants,
        template=given.template,
        format=given.format or "text",
        out=given.out,
    )
