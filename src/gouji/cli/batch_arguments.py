"""The arguments of ``gouji batch``."""

from __future__ import annotations

import argparse

from gouji.cli.commands import FAIL_ON, FORMATS, Batch
from gouji.cli.parser import Parser, add_checking, format_of, params_of
from gouji.report.words import SEVERITIES


def fill(parser: Parser) -> None:
    """Describe the arguments."""
    parser.subject("folder", metavar="DIR", help=("文件夹，连同下级文件夹", "the folder, with those below it"))
    parser.option(
        "--format", choices=FORMATS, metavar="FORMAT",
        help=("text（汇总表）、json、sarif、junit 或 html；默认按 -o 的后缀，否则 text",
              "text (a table), json, sarif, junit or html; by default from the suffix of -o, else text"),
    )  # fmt: skip
    parser.option(
        "-o", "--out", metavar="OUT", help=("报告写进文件，- 为标准输出", "write the report to a file, - is stdout")
    )
    parser.option(
        "--annotate", metavar="COPIES",
        help=("把写好批注的副本放进这个文件夹，下级文件夹照样；原文件不动",
              "write annotated copies into this folder, arranged as the originals, which stay as they are"),
    )  # fmt: skip
    parser.option(
        "--jobs", metavar="N", type=int, default=0,
        help=("同时核对几本，默认有几个处理器就几本", "how many at a time, by default one a processor"),
    )  # fmt: skip
    parser.option(
        "--fail-on", choices=FAIL_ON, default="error", metavar="LEVEL",
        help=("哪一级起退出码为 1：error（默认）、warning、info、never",
              "from which severity on the exit code is 1: error (default), warning, info, never"),
    )  # fmt: skip
    parser.option(
        "--notes",
        choices=SEVERITIES,
        default="warning",
        metavar="LEVEL",
        help=("--annotate：哪一级起写批注", "--annotate: from which severity on notes are written"),
    )
    parser.option("--highlight", action="store_true", help=("--annotate：加底色", "--annotate: colour the cells"))
    parser.option(
        "--result-sheet", action="store_true", help=("--annotate：加结果表", "--annotate: add the sheet of results")
    )
    parser.option("-q", "--quiet", action="store_true", help=("不逐本报进度", "no line for each workbook"))
    add_checking(parser)


def command(given: argparse.Namespace, parser: Parser) -> Batch:
    """The command."""
    if given.jobs < 0:
        parser.error("argument --jobs: expected one argument")
    return Batch(
        folder=given.folder,
        format=format_of(given),
        out=given.out,
        pack=given.pack,
        fail_on=given.fail_on,
        annotate=given.annotate,
        least=given.notes,
        highlight=given.highlight,
        result_sheet=given.result_sheet,
        jobs=given.jobs,
        detail=-1 if given.quiet else 0,
        params=params_of(given, parser),
    )
