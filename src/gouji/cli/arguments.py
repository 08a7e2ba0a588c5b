"""The command line's grammar, in Chinese or English, turned into a ``Command``."""

from __future__ import annotations

import argparse
import difflib
import importlib
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import NamedTuple

from gouji.cli.commands import FAIL_ON, FORMATS, Annotate, Clear, Command, Explain, Tables, Validate
from gouji.cli.parser import EXIT_CODES, Parser, add_checking, add_files, format_of, params_of
from gouji.errors import GoujiError
from gouji.report.words import SEVERITIES, choose

_OVERVIEW = (
    "勾稽：核对部门决算工作簿，指出哪些数对不上，把问题写进单元格批注。\n\n"
    "用法：gouji 动词 …（gouji 动词 --help 看各动词的用法）",
    "gouji checks Chinese departmental final-accounts workbooks and writes what is wrong into the cells.\n\n"
    "usage: gouji VERB … (gouji VERB --help for each verb)",
)
_OPTIONS = (
    "选项：\n  --lang zh|en  语言，默认中文，可写在任何位置\n  --version     显示版本\n  -h, --help    显示本说明",
    "options:\n  --lang zh|en  language, Chinese by default, anywhere on the line\n"
    "  --version     show the version\n  -h, --help    show this help",
)


def parse(verb: str, argv: Sequence[str], language: str) -> Command:
    """The command of a verb and its arguments. ``GoujiError`` for wrong usage, ``SystemExit`` after ``--help``."""
    if verb not in VERBS:
        near = difflib.get_close_matches(verb, VERBS, 1)
        raise GoujiError(
            f"没有“{verb}”这个动词{f'，是不是 {near[0]}' if near else ''}？用法见 gouji --help",
            f"no verb '{verb}'{f', did you mean {near[0]}' if near else ''}? See gouji --help",
        )
    description, fill, command = VERBS[verb]
    parser = Parser(f"gouji {verb}", language, description)
    fill(parser)
    parser.option("--lang", metavar="zh|en", help=("语言，默认中文", "language, Chinese by default"))
    return command(parser.parse_args(argv), parser)


def overview(language: str) -> str:
    """The help of the whole program."""
    lines = [choose(_OVERVIEW, language), "", choose(("动词：", "verbs:"), language)]
    lines += [f"  {verb:<10}{choose(description, language)}" for verb, (description, _, _) in VERBS.items()]
    lines += ["", choose(_OPTIONS, language), "", choose(EXIT_CODES, language)]
    return "\n".join(lines) + "\n"


def split_language(argv: Sequence[str]) -> tuple[list[str], str]:
    """The arguments without ``--lang``, wherever it stands, and the language. ``GoujiError`` for another one."""
    rest: list[str] = []
    language, waiting = "zh", iter(argv)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == "--lang" or argument.startswith("--lang="):
            language = next(waiting, "") if argument == "--lang" else argument.partition("=")[2]
        else:
            rest.append(argument)
    if language not in ("zh", "en"):
        raise GoujiError(f"--lang 只能是 zh 或 en，不是“{language}”。", f"--lang is zh or en, not '{language}'.")
    return rest, language


def _text_beside(parser: Parser) -> None:
    parser.option(
        "--text", metavar="TEXT",
        help=("这本工作簿的情况说明（.docx 或 .txt），与表一起核对",
              "the text that belongs to the workbook (.docx or .txt), judged with its tables"),
    )  # fmt: skip


def _loudness(parser: Parser) -> None:
    parser.option("-q", "--quiet", action="store_true", help=("只打印一行结论", "print the summary line only"))
    parser.option("-v", "--verbose", action="store_true", help=("打印全部细节和提示", "print all details and infos"))


def _writing(parser: Parser) -> None:
    parser.option("-o", "--out", metavar="COPY", help=("写进副本，不动原文件", "write a copy, leave the file as it is"))
    parser.option("--no-backup", action="store_true", help=("不留原文件的副本", "keep no copy of the original"))


def _validate(parser: Parser) -> None:
    add_files(parser)
    parser.option(
        "--format", choices=FORMATS, metavar="FORMAT",
        help=("text、json、sarif、junit 或 html；默认按 -o 的后缀，否则 text",
              "text, json, sarif, junit or html; by default from the suffix of -o, else text"),
    )  # fmt: skip
    parser.option(
        "-o", "--out", metavar="OUT", help=("报告写进文件，- 为标准输出", "write the report to a file, - is stdout")
    )
    add_checking(parser)
    _text_beside(parser)
    parser.option(
        "--fail-on", choices=FAIL_ON, default="error", metavar="LEVEL",
        help=("哪一级起退出码为 1：error（默认）、warning、info、never",
              "from which severity on the exit code is 1: error (default), warning, info, never"),
    )  # fmt: skip
    _loudness(parser)


def _annotate(parser: Parser) -> None:
    add_files(parser)
    _writing(parser)
    add_checking(parser)
    _text_beside(parser)
    parser.option(
        "--text-output", metavar="COPY",
        help=("说明的批注写进这个副本，不动原文件", "write the comments on the text into this copy"),
    )  # fmt: skip
    parser.option(
        "--notes", choices=SEVERITIES, default="warning", metavar="LEVEL",
        help=("哪一级起写批注：error、warning（默认）、info",
              "from which severity on notes are written: error, warning (default), info"),
    )  # fmt: skip
    parser.option(
        "--highlight",
        action="store_true",
        help=("给有问题的单元格加底色（clear 可还原）", "colour the cells (clear restores them)"),
    )
    parser.option(
        "--result-sheet", action="store_true", help=("加一张“勾稽审核结果”工作表", "add the sheet 勾稽审核结果")
    )
    _loudness(parser)


def _clear(parser: Parser) -> None:
    add_files(parser)
    _writing(parser)
    parser.option("-q", "--quiet", action="store_true", help=("少说几句", "say less"))


def _explain(parser: Parser) -> None:
    parser.subject("rule", metavar="RULE", help=("规则编号，如 A06、G01", "a rule's id, as A06 or G01"))
    parser.option("--pack", metavar="ID", help=("在哪个规则包里找", "the pack to look in"))


def _tables(parser: Parser) -> None:
    add_files(parser)
    parser.option(
        "--pack", metavar="ID", help=("规则包，默认按工作簿选", "rule pack, by default chosen for the workbook")
    )
    parser.option(
        "--format", choices=("text", "json"), default="text", metavar="FORMAT", help=("text 或 json", "text or json")
    )
    parser.option("-v", "--verbose", action="store_true", help=("画出每一行", "draw every row"))


def _validate_command(given: argparse.Namespace, parser: Parser) -> Validate:
    return Validate(
        files=tuple(given.files),
        format=format_of(given),
        out=given.out,
        pack=given.pack,
        fail_on=given.fail_on,
        detail=_detail(given, parser),
        params=params_of(given, parser),
        text=given.text,
    )


def _annotate_command(given: argparse.Namespace, parser: Parser) -> Annotate:
    return Annotate(
        files=tuple(given.files),
        out=given.out,
        pack=given.pack,
        least=given.notes,
        highlight=given.highlight,
        result_sheet=given.result_sheet,
        backup=not given.no_backup,
        detail=_detail(given, parser),
        params=params_of(given, parser),
        text=given.text,
        text_out=given.text_output,
    )


def _clear_command(given: argparse.Namespace, _: Parser) -> Clear:
    return Clear(tuple(given.files), given.out, not given.no_backup, -1 if given.quiet else 0)


def _detail(given: argparse.Namespace, parser: Parser) -> int:
    if given.quiet and given.verbose:
        parser.error("argument -q: not allowed with argument -v")
    return -1 if given.quiet else 1 if given.verbose else 0


class _Verb(NamedTuple):
    """A verb: what it does, how its parser is filled, how the parsed arguments make its command."""

    description: tuple[str, str]
    fill: Callable[[Parser], None]
    command: Callable[[argparse.Namespace, Parser], Command]


def _own(verb: str, description: tuple[str, str]) -> _Verb:
    """A verb whose arguments stand in a module of their own (``fill``, ``command``), imported for it alone."""

    def module() -> ModuleType:
        return importlib.import_module(f"gouji.cli.{verb}_arguments")

    return _Verb(
        description, lambda parser: module().fill(parser), lambda given, parser: module().command(given, parser)
    )


VERBS: dict[str, _Verb] = {
    "validate": _Verb(
        ("核对工作簿，打印结果", "check workbooks and print what was found"), _validate, _validate_command
    ),
    "annotate": _Verb(
        ("核对工作簿，把问题写成单元格批注", "check workbooks and write what was found into the cells as notes"),
        _annotate, _annotate_command,
    ),
    "clear": _Verb(
        ("清除勾稽写的批注，别的都不动", "remove the notes of gouji and nothing else"), _clear, _clear_command
    ),
    "batch": _own("batch", (
        "核对一个文件夹里的全部工作簿，最后给一张汇总表", "check all workbooks of a folder, with a table at the end"
    )),
    "explain": _Verb(
        ("说明一条规则：做什么、依据、例", "say what a rule does, its basis and examples"),
        _explain, lambda given, _: Explain(given.rule, given.pack),
    ),
    "tables": _Verb(
        ("画出每张表是怎样认的", "draw how each table was recognised"), _tables,
        lambda given, _: Tables(tuple(given.files), given.pack, given.format, int(given.verbose)),
    ),
    "rules": _own("rules", ("列出、比较、检查、试算规则包", "list, compare, lint or test rule packs")),
    "template": _own("template", (
        "写出规则包的空白表，可带自检公式", "write a pack's blank forms, with checks in them if wanted"
    )),
    "text": _own("text", ("由工作簿起草情况说明", "write the 情况说明 from a workbook")),
    "addin": _own("addin", ("把审核按钮装进表格程序", "put the buttons into the spreadsheet program")),
}  # fmt: skip
