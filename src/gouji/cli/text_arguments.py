"""The arguments of ``gouji text``."""

from __future__ import annotations

import argparse

from gouji.cli.commands import Text
from gouji.cli.parser import Parser


def fill(parser: Parser) -> None:
    """Describe the arguments."""
    parser.subject(
        "action", metavar="ACTION", choices=("draft",),
        help=("draft 由工作簿起草情况说明", "draft: write the 情况说明 from a workbook"),
    )  # fmt: skip
    parser.subject("file", metavar="FILE", help=("本年的工作簿", "this year's workbook"))
    parser.option(
        "--last-year", metavar="FILE",
        help=("上年的工作簿，用来写增减额和增减幅", "last year's workbook, for changes and growth"),
    )  # fmt: skip
    parser.option(
        "-o", "--out", metavar="OUT",
        help=("写成这个 .docx 或 .txt；默认是工作簿旁边的“…情况说明.docx”，- 为标准输出",
              "the .docx or .txt to write; by default …情况说明.docx beside the workbook, - is stdout"),
    )  # fmt: skip
    parser.option(
        "--pack", metavar="ID", help=("规则包，默认按工作簿选", "rule pack, by default chosen for the workbook")
    )


def command(given: argparse.Namespace, _: Parser) -> Text:
    """The command."""
    return Text(given.action, given.file, given.last_year, given.out, given.pack)
