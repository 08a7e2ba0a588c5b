"""The parser of one verb's arguments, in Chinese or English, and the arguments that several verbs take."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from gouji.cli.commands import Format
from gouji.cli.help_text import HelpFormatter, translated
from gouji.errors import GoujiError
from gouji.report.words import choose

EXIT_CODES = (
    """退出码：
  0   相符，或写批注、清除已完成
  1   有达到 --fail-on 的问题
  2   用法或规则包有误
  3   工作簿不能读取、不能写入或没有标准表
  4   结果不完整（已达限度）
  70  程序内部错误
多个文件取最要紧的：70、2、3、4、1""",
    """exit codes:
  0   clean; notes written or cleared
  1   findings at or above --fail-on
  2   wrong usage or a faulty rule pack
  3   a workbook that cannot be read or written or holds no standard table
  4   the answer is incomplete (a limit was reached)
  70  internal error
of several files the most important: 70, 2, 3, 4, 1""",
)
_SUFFIXES: dict[str, Format] = {
    ".json": "json", ".jsonl": "json", ".sarif": "sarif", ".xml": "junit", ".html": "html", ".htm": "html",
}  # fmt: skip


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language and reports wrong usage as ``GoujiError``."""

    def __init__(self, prog: str, language: str, description: tuple[str, str]) -> None:
        self.language = language
        super().__init__(
            prog=prog,
            description=choose(description, language),
            epilog=choose(EXIT_CODES, language),
            formatter_class=lambda prog: HelpFormatter(prog, language=language),
            add_help=False,
            allow_abbrev=False,
        )
        self.subjects = self.add_argument_group(choose(("参数", "arguments"), language))
        self.choices = self.add_argument_group(choose(("选项", "options"), language))
        self.option("-h", "--help", action="help", help=("显示本说明", "show this help"))

    def option(self, *names: str, help: tuple[str, str], **settings: object) -> None:
        """Add an option with its help in both languages."""
        self.choices.add_argument(*names, help=choose(help, self.language), **settings)  # type: ignore[arg-type]

    def subject(self, name: str, help: tuple[str, str], **settings: object) -> None:
        """Add a positional argument."""
        self.subjects.add_argument(name, help=choose(help, self.language), **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Wrong usage."""
        hint = (f"{translated(message)}。用法见 {self.prog} --help", f"{message}; see {self.prog} --help")
        raise GoujiError(*hint)


def add_files(parser: Parser) -> None:
    """The files that a verb works on."""
    parser.subject(
        "files", metavar="FILE", nargs="+", help=("工作簿，可写 *.xlsx", "workbooks; *.xlsx works everywhere")
    )


def add_checking(parser: Parser) -> None:
    """By which rules a workbook is checked."""
    parser.option(
        "--pack", metavar="ID", help=("规则包，默认按工作簿选", "rule pack, by default chosen for the workbook")
    )
    parser.option(
        "--set", metavar="NAME=VALUE", action="append", default=[],
        help=("设定规则包的参数，如 满分=100", "set a parameter of the pack, as 满分=100"),
    )  # fmt: skip


def format_of(given: argparse.Namespace) -> Format:
    """The format asked for, else that of the suffix of ``-o``."""
    asked: Format | None = given.format
    return asked or _SUFFIXES.get(Path(given.out or "").suffix.lower(), "text")


def params_of(given: argparse.Namespace, parser: Parser) -> dict[str, str]:
    """What ``--set`` gave; wrong usage where it is no NAME=VALUE."""
    params = {}
    for setting in given.set:
        name, equals, value = setting.partition("=")
        if not (name.strip() and equals and value.strip()):
            parser.error(f"argument --set: NAME=VALUE expected, not '{setting}'")
        params[name.strip()] = value.strip()
    return params
