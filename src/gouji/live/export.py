"""The report of an open workbook as a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from gouji import __version__
from gouji.errors import GoujiError
from gouji.live.settings import Settings
from gouji.report.model import Report

if TYPE_CHECKING:
    from xlwings import Book

_RENDERERS = {
    "html": ("html", ".html"), "json": ("json_report", ".json"), "sarif": ("sarif", ".sarif"),
    "junit": ("junit", ".xml"),
}  # fmt: skip


def exported(book: Book, report: Report, settings: Settings) -> Path:
    """Write the report beside the workbook, or where the settings say; the path.

    Raises ``GoujiError`` where it cannot be written.
    """
    module, suffix = _RENDERERS[settings.export_format]
    render: Callable[..., str] = import_module(f"gouji.report.{module}").render
    text = render([report], settings.language, **({"version": __version__} if module == "sarif" else {}))
    folder = settings.export_to or _own_folder(book)
    path = folder / f"{Path(book.name).stem}.勾稽审核{suffix}"
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(text.encode("utf-8", "backslashreplace"))
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise GoujiError(
            f"无法写入 {path}：{error.strerror}。可在设置里另指定文件夹（export_to）。",
            f"Cannot write {path}: {error.strerror}. Name another folder in the settings (export_to).",
        ) from error
    return path


def _own_folder(book: Book) -> Path:
    """The workbook's folder; the person's home for one never saved or kept on a server."""
    folder = Path(book.fullname).parent
    return folder if folder.is_absolute() and folder.is_dir() else Path.home()
