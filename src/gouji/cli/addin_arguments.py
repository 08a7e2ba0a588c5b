"""The arguments of ``gouji addin``."""

from __future__ import annotations

import argparse

from gouji.cli.commands import Addin
from gouji.cli.parser import Parser


def fill(parser: Parser) -> None:
    """Describe the arguments."""
    parser.subject(
        "action", metavar="ACTION", choices=("install", "status", "uninstall"),
        help=("install 安装或更新；status 看装在哪里、能不能用；uninstall 卸载",
              "install or update; status: what is installed and whether it works; uninstall"),
    )  # fmt: skip
    parser.option(
        "--dry-run", action="store_true",
        help=("只说会写入、删除哪些文件，什么也不动", "only say which files would be written or removed"),
    )  # fmt: skip


def command(given: argparse.Namespace, _: Parser) -> Addin:
    """The command."""
    return Addin(given.action, given.dry_run)
