"""From one flagged cell to the next: by our notes in the workbook, so that nothing need be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.hosts.live.host import LiveHost
from gouji.live.outcome import Outcome

if TYPE_CHECKING:
    from xlwings import Book


def step(book: Book, by: int) -> Outcome:
    """Select the next flagged cell (``by`` 1) or the one before (-1), from the last back to the first.

    Cells on hidden sheets cannot be selected; how many there are is said.
    """
    host = LiveHost(book)
    flagged = host.flagged()
    if not flagged:
        return Outcome(
            ("没有勾稽的批注：请先点“审核”；审核后没有批注，就是没有要看的。",
             "There are no notes of gouji: check first; no notes after a check means nothing to look at."), "warning",
        )  # fmt: skip
    hidden = host.hidden_sheets()
    open_to = [cell for cell in flagged if cell.sheet not in hidden]
    left_out = len(flagged) - len(open_to)
    zh = f"（另有 {left_out} 处在隐藏的工作表）" if left_out else ""
    en = f" ({left_out} more on hidden sheets)" if left_out else ""
    if not open_to:
        return Outcome((f"批注都在隐藏的工作表里{zh}。", f"All notes are on hidden sheets{en}."), "warning")
    order = {name: index for index, name in enumerate(host.sheet_names())}
    here = host.selected()
    places = [(order[cell.sheet], cell.row, cell.column) for cell in open_to]
    at = (order.get(here.sheet, -1), here.row, here.column) if here else (-1, 0, 0)
    if by > 0:
        number = next((n for n, place in enumerate(places) if place > at), 0)
    else:
        number = next((n for n in reversed(range(len(places))) if places[n] < at), len(places) - 1)
    cell = open_to[number]
    unseen = host.select(cell)
    said = flagged[cell].split("\n", 1)[0]
    rows_zh, rows_en = ("（所在行被隐藏或筛选掉了）", " (its row is hidden or filtered out)") if unseen else ("", "")
    count = f"{number + 1}/{len(open_to)}"
    return Outcome((f"{count}  {cell}{rows_zh}{zh} {said}", f"{count}  {cell}{rows_en}{en} {said}"), selected=cell)
