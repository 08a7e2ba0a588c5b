"""LibreOffice's own objects: how Python comes by them, and the few values they take."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from gouji.errors import GoujiError

_SYSTEM = Path("/usr/lib/python3/dist-packages")
"""Where Debian keeps ``uno.py``; LibreOffice's own Python has it on its path."""


def uno_module() -> ModuleType:
    """The module ``uno``. Raises ``GoujiError`` where this Python has none."""
    if "uno" not in sys.modules and (_SYSTEM / "uno.py").is_file() and str(_SYSTEM) not in sys.path:
        sys.path.append(str(_SYSTEM))
    try:
        import uno
    except ImportError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        raise GoujiError(
            f"这个 Python（{version}）里没有 LibreOffice 的 uno 模块。"
            "请安装 python3-uno，并使用与它同一版本的 Python，或用 LibreOffice 自带的 Python。",
            f"This Python ({version}) has no module uno of LibreOffice. Install python3-uno and use the Python of the "
            "same version, or the Python that comes with LibreOffice.",
        ) from error
    module: ModuleType = uno
    return module


def struct(name: str, **values: object) -> Any:
    """A UNO struct, such as ``table.CellAddress``."""
    made = uno_module().createUnoStruct(f"com.sun.star.{name}")
    for field, value in values.items():
        setattr(made, field, value)
    return made


def constant(name: str) -> Any:
    """A UNO constant, such as ``sheet.CellFlags.ANNOTATION``."""
    return uno_module().getConstantByName(f"com.sun.star.{name}")


def enum(kind: str, name: str) -> Any:
    """A value of a UNO enumeration."""
    return uno_module().Enum(f"com.sun.star.{kind}", name)


def properties(**values: object) -> tuple[Any, ...]:
    """Named values as LibreOffice takes them."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def desktop(context: Any) -> Any:
    """The program: what opens documents and knows which one is in front."""
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def on_screen(window: Any) -> bool:
    """Whether somebody can see a window and answer it. Without a screen windows say that they are visible, too."""
    kinds = ("WIN32", "MAC", "XWINDOW")
    handles = [window.getWindowHandle((), constant(f"lang.SystemDependent.SYSTEM_{kind}")) for kind in kinds]
    return any(getattr(handle, "WindowHandle", handle) or getattr(handle, "DisplayPointer", 0) for handle in handles)


def spreadsheets(context: Any) -> Iterator[Any]:
    """The open spreadsheet documents."""
    documents = desktop(context).Components.createEnumeration()
    while documents.hasMoreElements():
        document = documents.nextElement()
        if is_spreadsheet(document):
            yield document


def is_spreadsheet(document: Any) -> bool:
    """Whether a component is a spreadsheet document."""
    supports = getattr(document, "supportsService", None)
    return supports is not None and bool(supports("com.sun.star.sheet.SpreadsheetDocument"))
