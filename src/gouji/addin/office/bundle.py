"""What LibreOffice's own Python must be able to import: gouji with its packs, and the free libraries that it needs.

All of it lies in the extension's folder ``python``, so that the person installs nothing else and the environment that
built the extension may go.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import gouji
from gouji.errors import GoujiError
from gouji.packs.locations import shipped_packs

FOLDER = PurePosixPath("python")


class Library(NamedTuple):
    """A distribution, its package, and the folders of it that are left out."""

    distribution: str
    package: str
    left_out: tuple[str, ...] = ()


LIBRARIES = (
    Library("lark", "lark", ("__pyinstaller", "tools")),
    Library("PyYAML", "yaml"),
    # pro and reports are under another licence; the others are for Excel or for servers
    Library("xlwings", "xlwings", ("pro", "addin", "ext", "html", "js", "rest")),
)
"""All in plain Python; ``openpyxl``, ``formulas`` and ``rich`` are for files and terminals."""

_TEXT = {".py", ".lark", ".css"}


def bundled() -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every file below ``python``, with its content. ``GoujiError`` where a library is not installed."""
    package = Path(gouji.__file__).parent
    yield from _package(package, FOLDER / "gouji", ("_data", "forms"))
    packs = shipped_packs()
    for path in sorted(packs.rglob("*")):
        if path.is_file():
            yield FOLDER / "gouji" / "_data" / "rules" / path.relative_to(packs).as_posix(), path.read_bytes()
    told = f"Metadata-Version: 2.1\nName: gouji\nVersion: {gouji.__version__}\n"
    yield FOLDER / f"gouji-{gouji.__version__}.dist-info" / "METADATA", told.encode()
    yield PurePosixPath("licenses") / "gouji" / "LICENSE", _own_licence(package).read_bytes()
    for library in LIBRARIES:
        yield from _library(library)


def _library(library: Library) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        found = metadata.distribution(library.distribution)
    except metadata.PackageNotFoundError:
        raise GoujiError(
            f"缺少 {library.distribution}，做不成 LibreOffice 扩展。请运行 pip install 'gouji[live]'。",
            f"{library.distribution} is missing, which the LibreOffice extension holds. Run pip install 'gouji[live]'.",
        ) from None
    yield from _package(Path(str(found.locate_file(library.package))), FOLDER / library.package, library.left_out)
    for path in sorted(found.files or (), key=str):
        if path.name.startswith("LICENSE") and "PRO" not in path.name:
            yield PurePosixPath("licenses") / library.package / path.name, path.read_binary()


def _own_licence(package: Path) -> Path:
    """In the installed package, or in the checkout."""
    installed = package / "_data" / "LICENSE"
    return installed if installed.is_file() else package.parents[1] / "LICENSE"


def _package(folder: Path, target: PurePosixPath, left_out: tuple[str, ...]) -> Iterator[tuple[PurePosixPath, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix in _TEXT and not set(left_out) & set(inside.parts):
            yield target / inside.as_posix(), path.read_bytes()
