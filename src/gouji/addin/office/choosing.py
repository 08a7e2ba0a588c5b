"""A small window with a list to choose one line from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_WIDTH, _MARGIN, _LINE, _BUTTON = 240, 8, 10, (50, 15)
_ROWS_SHOWN = 14
_AGREE, _CANCEL = 1, 2
_PLACE_ONLY = 3


def choose_one(
    context: Any, frame: Any, title: str, explanation: str, lines: Sequence[str], chosen: int, buttons: tuple[str, str]
) -> int | None:
    """The number of the line that the person chose, ``None`` when the window was closed; ``chosen`` is marked at first.

    ``buttons``: the words of the one that agrees and of the one that does not.
    """
    dialog = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.UnoControlDialog", context)
    dialog.setModel(_model(context, title, explanation, len(lines), buttons))
    window = frame.getContainerWindow()
    dialog.createPeer(window.getToolkit(), window)
    _centre(dialog, window)
    listed = dialog.getControl("list")
    listed.addItems(tuple(lines), 0)
    listed.selectItemPos(chosen, True)
    listed.setFocus()
    try:
        return int(listed.getSelectedItemPos()) if dialog.execute() else None
    finally:
        dialog.dispose()


def _centre(dialog: Any, window: Any) -> None:
    """Put the window over the middle of the one that it belongs to."""
    outer, inner = window.getPosSize(), dialog.getPosSize()
    left = outer.X + (outer.Width - inner.Width) // 2
    dialog.setPosSize(left, outer.Y + (outer.Height - inner.Height) // 3, 0, 0, _PLACE_ONLY)


def _model(context: Any, title: str, explanation: str, rows: int, buttons: tuple[str, str]) -> Any:
    """The window: an explanation, the list below it, two buttons at the foot. LibreOffice has a unit of its own."""
    model = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.UnoControlDialogModel", context)
    text = _LINE * (explanation.count("\n") + 1) + 2
    listed = _LINE * min(max(rows, 4), _ROWS_SHOWN) + 4
    foot = 3 * _MARGIN + text + listed
    width, height = _BUTTON
    _set(model, Title=title, Width=_WIDTH, Height=foot + height + _MARGIN, Moveable=True, Closeable=True)
    inner = _WIDTH - 2 * _MARGIN
    _add(model, "FixedText", "text", (_MARGIN, _MARGIN, inner, text), Label=explanation, MultiLine=True,
         NoLabel=True)  # fmt: skip
    _add(model, "ListBox", "list", (_MARGIN, 2 * _MARGIN + text, inner, listed))
    right = _WIDTH - _MARGIN - width
    for push, left, label in ((_AGREE, right - width - _MARGIN, buttons[0]), (_CANCEL, right, buttons[1])):
        _add(model, "Button", f"button{push}", (left, foot, width, height), Label=label, PushButtonType=push,
             DefaultButton=push == _AGREE)  # fmt: skip
    return model


def _add(model: Any, kind: str, name: str, place: tuple[int, int, int, int], **values: object) -> None:
    part = model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
    left, top, width, height = place
    _set(part, PositionX=left, PositionY=top, Width=width, Height=height, **values)
    model.insertByName(name, part)


def _set(model: Any, **values: object) -> None:
    for name, value in values.items():
        model.setPropertyValue(name, value)
