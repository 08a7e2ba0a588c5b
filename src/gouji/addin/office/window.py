"""What a command of the extension shows in the window of LibreOffice: a bar above the cells, rarely a window to answer.

The bar never waits for anybody, so that a run without a screen cannot hang.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gouji.addin.office.choosing import choose_one
from gouji.addin.office.commands import address, caption
from gouji.errors import GoujiError
from gouji.hosts.live.libreoffice.bridge import desktop, enum, on_screen, struct
from gouji.hosts.protocol import MARKER
from gouji.live import office, settings
from gouji.live.commands import CAPTIONS
from gouji.live.outcome import Outcome

BAR = "org.gouji.outcome"
_INFORMATION, _SUCCESS, _WARNING, _DANGER = range(4)
_OPEN = "open_report"
_MORE = {"check": ("next", "results"), "check_sheet": ("next", "results"), "next": ("previous", "next"),
         "previous": ("previous", "next"), "export": (_OPEN,)}  # fmt: skip
"""The buttons offered in the bar after a command that found something or went somewhere."""

_exported: list[Path] = []


def act(command: str, context: Any) -> None:
    """Run a command on the workbook in front and show how it ended."""
    if command == _OPEN:
        open_report(context)
        return
    frame = desktop(context).getCurrentFrame()
    outcome = office.run(command, context)
    if outcome.path is not None:
        _exported[:] = [outcome.path]
    if frame is not None:
        show(command, outcome, frame, context)


def show(command: str, outcome: Outcome, frame: Any, context: Any) -> None:
    """Show an outcome: packs and the explanation in a window of their own, the rest in the bar."""
    if outcome.choices and _on_screen(frame):
        chosen = choose(outcome, frame, context)
        if chosen is None:
            return
        settings.choose_pack(chosen)
        title = next(choice.title for choice in outcome.choices if choice.id == chosen)
        outcome = Outcome((f"规则包：{title}。再点“审核”就按它核对。", f"Rule pack: {title}. Check again to use it."))
    elif command == "about" and _on_screen(frame):
        _message_box(frame, outcome)
        return
    tell(command, outcome, frame.getController())


def tell(command: str, outcome: Outcome, controller: Any) -> None:
    """Replace the bar above the cells: what leads in bold, the rest after it, buttons for what comes next."""
    first, rest = _parted(outcome.text(_language()))
    if controller.hasInfobar(BAR):
        controller.removeInfobar(BAR)
    found = outcome.kind == "warning" or outcome.selected is not None or outcome.path is not None
    more = _MORE.get(command, ()) if found else ()
    controller.appendInfobar(BAR, first, rest, _kind(command, outcome), _buttons(more), True)


def choose(outcome: Outcome, frame: Any, context: Any) -> str | None:
    """Let the person choose one of the packs; ``None`` when the window was closed without an answer."""
    language = _language()
    titles = [choice.title for choice in outcome.choices]
    chosen = next((place for place, choice in enumerate(outcome.choices) if choice.chosen), 0)
    buttons = _said(("确定", "OK")), _said(("取消", "Cancel"))
    explanation = outcome.text(language).partition("\n")[0]
    place = choose_one(context, frame, _said(CAPTIONS["packs"]), explanation, titles, chosen, buttons)
    return None if place is None else outcome.choices[place].id


def open_report(context: Any) -> None:
    """Open the report written last with the program that the person uses for such files."""
    if _exported:
        shell = context.ServiceManager.createInstanceWithContext("com.sun.star.system.SystemShellExecute", context)
        shell.execute(_exported[0].as_uri(), "", 0)


def _parted(text: str) -> tuple[str, str]:
    """The first line and the others, or what stands before a note's own words and these."""
    first, _, rest = text.partition("\n")
    before, marker, note = first.partition(MARKER)
    return (before.strip(), "\n".join(filter(None, (marker + note, rest)))) if before and note else (first, rest)


def _kind(command: str, outcome: Outcome) -> int:
    if outcome.kind == "error":
        return _DANGER
    if outcome.kind == "warning":
        return _WARNING
    did = command in ("check", "check_sheet", "clear") or outcome.path is not None
    return _SUCCESS if did else _INFORMATION


def _buttons(commands: Sequence[str]) -> tuple[Any, ...]:
    captions = {_OPEN: ("打开报告", "Open Report")}
    return tuple(
        struct("beans.StringPair", First=_said(captions.get(each) or caption(each)), Second=address(each))
        for each in commands
    )


def _said(captions: tuple[str, str]) -> str:
    return captions[_language() == "en"]


def _language() -> str:
    """The person's own choice; Chinese where their settings cannot be read."""
    try:
        return settings.load().language
    except GoujiError:
        return "zh"


def _message_box(frame: Any, outcome: Outcome) -> None:
    window = frame.getContainerWindow()
    kind = enum("awt.MessageBoxType", "INFOBOX")
    box = window.getToolkit().createMessageBox(window, kind, 1, _said(("决算勾稽", "gouji")), outcome.text(_language()))
    box.execute()
    box.dispose()


def _on_screen(frame: Any) -> bool:
    """Whether somebody can answer a window."""
    return on_screen(frame.getContainerWindow())
