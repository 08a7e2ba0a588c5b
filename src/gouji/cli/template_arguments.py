"""The arguments of ``gouji template``."""

from __future__ import annotations

import argparse

from gouji.cli.commands import Template
from gouji.cli.parser import Parser


def fill(parser: Parser) -> None:
    """Describe the arguments."""
    parser.subject("action", metavar="ACTION", choices=("new",), help=("new 写出空白表", "new: write the blank forms"))
    parser.subject("pack", metavar="PACK", help=("规则包，编号或文件夹", "the pack, by id or folder"))
    parser.option(
        "-o", "--out", metavar="OUT",
        help=("写成这个 .xlsx 文件，或写进这个文件夹；默认当前文件夹",
              "the .xlsx file or the folder to write to; by default the current folder"),
    )  # fmt: skip
    parser.option(
        "--self-check", action="store_true",
        help=("加上“自检”：填表时用公式随填随核", "add the sheet 自检: formulas that check as the forms are filled in"),
    )  # fmt: skip
    parser.option(
        "--decimals", metavar="N", choices=("0", "1", "2"), default="2",
        help=("金额填几位小数：0、1、2（默认），自检按它取舍", "decimals of amounts, for the checks: 0, 1, 2"),
    )  # fmt: skip


def command(given: argparse.Namespace, _: Parser) -> Template:
    """The command."""
    return Template(given.action, given.pack, given.out, given.self_check, int(given.decimals))
