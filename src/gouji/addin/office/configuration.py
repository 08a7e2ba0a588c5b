"""The extension's configuration files, written from the list of commands: menu, toolbar, symbols, windows."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from gouji.addin.office.commands import GROUPS, TOOLBAR, address, caption

MENU_CAPTION = ("决算勾稽", "Final Accounts")
CALC = "com.sun.star.sheet.SpreadsheetDocument"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="{name}" oor:package="{package}">\n'
)


def addons() -> str:
    """``Addons.xcu``: the menu, the toolbar and the symbols of every command."""
    menu = _node("org.gouji.menu", _prop("Title", captions=MENU_CAPTION), _prop("Context", CALC),
                 _node_set("Submenu", _items()))  # fmt: skip
    parts = (
        _node_set("OfficeMenuBar", [menu]),
        _node_set("OfficeToolBar", [_node("org.gouji.toolbar", *_items())]),
        _node_set("Images", [_image(command) for group in GROUPS for command in group]),
    )
    return _file("Addons", "org.openoffice.Office", _node_set("AddonUI", parts))


def window_state() -> str:
    """``CalcWindowState.xcu``: the toolbar is shown from the start, docked below the others, with captions."""
    state = _node(
        TOOLBAR,
        _prop("UIName", captions=MENU_CAPTION),
        *(_prop(name, value) for name, value in (
            ("ContextSensitive", "false"), ("Docked", "true"), ("DockingArea", "0"), ("DockPos", "0,9"),
            ("Visible", "true"), ("Style", "2"),
        )),
    )  # fmt: skip
    states = _node_set("UIElements", [_node_set("States", [state])])
    return _file("CalcWindowState", "org.openoffice.Office.UI", states)


def _file(name: str, package: str, body: str) -> str:
    return f"{_HEAD.format(name=name, package=package)}{body}</oor:component-data>\n"


def _items() -> list[str]:
    """Menu or toolbar entries; their names are numbered, since LibreOffice orders them by name."""
    entries: list[tuple[str, ...]] = []
    for group in GROUPS:
        entries += [(_prop("URL", "private:separator"),)] if entries else []
        entries += [_entry(command) for command in group]
    return [_node(f"m{place:02}", *entry) for place, entry in enumerate(entries)]


def _entry(command: str) -> tuple[str, ...]:
    return (
        _prop("URL", address(command)), _prop("Target", "_self"), _prop("Title", captions=caption(command)),
        _prop("Context", CALC),
    )  # fmt: skip


def _image(command: str) -> str:
    pictures = _node_set("UserDefinedImages", [
        _prop("ImageSmallURL", f"%origin%/icons/{command}-16.png"),
        _prop("ImageBigURL", f"%origin%/icons/{command}-26.png"),
    ])  # fmt: skip
    return _node(f"org.gouji.image.{command}", _prop("URL", address(command)), pictures)


def _node(name: str, *content: str) -> str:
    return f'<node oor:name={quoteattr(name)} oor:op="replace">\n{"".join(content)}</node>\n'


def _node_set(name: str, content: Iterable[str]) -> str:
    return f"<node oor:name={quoteattr(name)}>\n{''.join(content)}</node>\n"


def _prop(name: str, value: str | None = None, captions: tuple[str, str] | None = None) -> str:
    if captions is None:
        values = f"<value>{escape(value or '')}</value>"
    else:
        texts = zip(("zh-CN", "en-US"), captions, strict=True)
        values = "".join(f'<value xml:lang="{language}">{escape(text)}</value>' for language, text in texts)
    return f'<prop oor:name="{name}">{values}</prop>\n'
