"""Building ``gouji.xlam`` from the text in ``addin/excel``."""

from __future__ import annotations

from pathlib import Path

from gouji.addin.excel.package import AddinText, addin_package
from gouji.addin.excel.vba_project import Module

FILE = "gouji.xlam"
TITLE = "决算勾稽 gouji"


def source_folder() -> Path:
    """The folder of the add-in's text: in the installed package, or in the checkout."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "_data" / "addin" / "excel"
    return installed if installed.is_dir() else package.parents[1] / "addin" / "excel"


def addin_text(version: str) -> AddinText:
    """The text of the add-in of this version of gouji."""
    folder = source_folder()
    modules = [Module(path.stem, path.read_text("ascii")) for path in sorted((folder / "vba").glob("*.bas"))]
    return AddinText(
        title=TITLE,
        description=f"gouji {version}：核对部门决算工作簿，把对不上的数写成批注",
        modules=tuple(modules),
        ribbon=(folder / "ribbon" / "customUI14.xml").read_bytes().replace(b"\r\n", b"\n"),
        messages=(*_messages(folder / "messages.tsv"), ("version", version)),
    )


def build(version: str) -> bytes:
    """``gouji.xlam``: the same bytes for the same text and version."""
    return addin_package(addin_text(version))


def mac_script(interpreter: str, log: str) -> str:
    """The AppleScript through which Excel on a Mac starts ``interpreter``; what goes wrong is written to ``log``."""
    template = (source_folder() / "macos" / "gouji.applescript").read_text("utf-8")
    return template.replace('"{python}"', _apple_text(interpreter)).replace('"{log}"', _apple_text(log))


def _messages(path: Path) -> list[tuple[str, str]]:
    rows = (line.partition("\t") for line in path.read_text("utf-8").splitlines())
    return [(name, message.replace("\\n", "\n")) for name, _, message in rows]


def _apple_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
