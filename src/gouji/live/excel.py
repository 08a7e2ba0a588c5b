"""What the buttons of the Excel add-in call: ``RunPython("from gouji.live import excel; excel.check()")``.

Each runs its command on the workbook in front and says the outcome in the status bar; in a message box, too, where the
command failed or there is more than a line to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.errors import GoujiError
from gouji.hosts.live.opening import calling_book
from gouji.live import commands, settings
from gouji.live.outcome import Outcome

if TYPE_CHECKING:
    from xlwings import Book

_TITLE = "勾稽"
_WORKING = ("正在处理，请稍候……", "working …")


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
    book = calling_book()
    try:
        known = {choice.id: choice.title for choice in commands.run("packs", book).choices}
        if pack not in known:
            raise GoujiError(f"没有规则包 {pack}（有 {'、'.join(filter(None, known))}）。", f"There is no pack {pack}.")
        settings.choose_pack(pack)
        show(Outcome((f"规则包：{known[pack]}", f"Pack: {pack or 'automatic'}")), book)
    except GoujiError as error:
        show(Outcome((error.chinese, error.english), "error"), book)


def export() -> None:
    """导出报告."""
    _run("export")


def about() -> None:
    """说明."""
    _run("about")


def show(told: Outcome, book: Book) -> None:
    """The first line in the status bar; all of it in a message box where an answer is due or there is more of it."""
    text = told.text(_language())
    book.app.status_bar = f"{_TITLE}：{text.splitlines()[0]}"
    if told.kind == "error" or "\n" in text:
        book.app.alert(text, title=_TITLE, mode="critical" if told.kind == "error" else "info")


def _language() -> str:
    try:
        return settings.load().language
    except GoujiError:
        return "zh"


def _run(command: str) -> None:
    book = calling_book()
    book.app.status_bar = f"{_TITLE}：{_WORKING[_language() == 'en']}"
    show(commands.run(command, book), book)
