"""The report of an open workbook as a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from gouji import __version__
from gouji.errors import GoujiError
from gouji.hosts.live.program import FileKind
from gouji.live.settings import Settings
from gouji.report.model import Report

if TYPE_CHECKING:
    from xlwings import Book

_FORMATS: dict[str, tuple[str, str, tuple[str, str]]] = {
    "html": ("html", ".html", ("网页", "Web page")),
    "json": ("json_report", ".json", ("JSON", "JSON")),
    "sarif": ("sarif", ".sarif", ("SARIF", "SARIF")),
    "junit": ("junit", ".xml", ("JUnit", "JUnit")),
}
"""By the name in the settings: the module that renders, the ending of the file's name, what the person calls it."""


def proposed_place(book: Book, settings: Settings) -> Path:
    """Beside the workbook, or where the settings say; in the person's home for one never saved."""
    folder = settings.export_to or _own_folder(book)
    return folder / f"{Path(book.name).stem}.勾稽审核{_FORMATS[settings.export_format][1]}"


def file_kinds(settings: Settings) -> list[FileKind]:
    """What a report may be, that of the settings first."""
    ordered = sorted(_FORMATS.items(), key=lambda named: named[0] != settings.export_format)
    return [FileKind(captions[settings.language == "en"], suffix) for _, (_, suffix, captions) in ordered]


def write_report(report: Report, path: Path, settings: Settings) -> Path:
    """Write the report, of the kind that the file's name ends with (else that of the settings); the path.

    Raises ``GoujiError`` where it cannot be written.
    """
    text = _rendered(report, path, settings)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(text.encode("utf-8", "backslashreplace"))
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise GoujiError(
            f"无法写入 {path}：{error.strerror}。请换一个文件夹再导出（设置里的 export_to 可以固定一个）。",
            f"Cannot write {path}: {error.strerror}. Export to another folder (export_to in the settings keeps one).",
        ) from error
    return path


def _rendered(report: Report, path: Path, settings: Settings) -> str:
    by_name = (module for module, suffix, _ in _FORMATS.values() if path.suffix.lower() == suffix)
    module = next(by_name, _FORMATS[settings.export_format][0])
    render: Callable[..., str] = import_module(f"gouji.report.{module}").render
    return render([report], settings.language, **({"version": __version__} if module == "sarif" else {}))


def _own_folder(book: Book) -> Path:
    """The workbook's folder; the person's home for one never saved or kept on a server."""
    folder = Path(book.fullname).parent
    return folder if folder.is_absolute() and folder.is_dir() else Path.home()
