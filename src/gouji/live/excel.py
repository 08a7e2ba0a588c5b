"""What the buttons of the Excel add-in call: ``RunPython("from gouji.live import excel; excel.check()")``.

Each runs its command on the workbook in front, says the outcome in the status bar, and in a message box where it is a
warning or an error.
"""

from __future__ import annotations

from gouji.live.outcome import Outcome


def check() -> None:
    """审核."""
    _run("check")


def check_sheet() -> None:
    """审核本表."""
    _run("check_sheet")


def clear() -> None:
    """清除批注."""
    _run("clear")


def previous() -> None:
    """上一处."""
    _run("previous")


def next() -> None:
    """下一处."""
    _run("next")


def results() -> None:
    """显示结果表."""
    _run("results")


def packs() -> None:
    """规则包: list them, and say which is chosen."""
    _run("packs")


def choose_pack(pack: str) -> None:
    """Keep a pack as the one to check by; ``""`` for automatic."""
    raise NotImplementedError


def export() -> None:
    """导出报告."""
    _run("export")


def about() -> None:
    """说明."""
    _run("about")


def _run(command: str) -> Outcome:
    raise NotImplementedError
