"""Building ``gouji.oxt``: the extension's text in ``addin/libreoffice``, its configuration, symbols, gouji itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import gouji
from gouji.addin.office.bundle import bundled
from gouji.addin.office.commands import GROUPS
from gouji.addin.office.configuration import addons, window_state
from gouji.addin.office.icons import picture

FILE = "gouji.oxt"
IDENTIFIER = "org.gouji"
_COMPONENT = "application/vnd.sun.star.uno-component;type=Python"
_CONFIGURATION = "application/vnd.sun.star.configuration-data"
_MEDIA_TYPES = {"job.py": _COMPONENT, "Addons.xcu": _CONFIGURATION, "CalcWindowState.xcu": _CONFIGURATION}
_TIME = (1980, 1, 1, 0, 0, 0)


def source_folder() -> Path:
    """The folder of the extension's own text: in the installed package, or in the checkout."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "_data" / "addin" / "libreoffice"
    return (installed if installed.is_dir() else package.parents[1] / "addin" / "libreoffice") / "extension"


def build() -> bytes:
    """``gouji.oxt``: the same bytes for the same text, the same version of gouji and of the libraries it holds.

    ``GoujiError`` where one of these libraries is not installed.
    """
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for path, content in sorted({**dict(_own()), **dict(bundled())}.items()):
            entry = ZipInfo(str(path), _TIME)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def _own() -> Iterator[tuple[PurePosixPath, bytes]]:
    folder = source_folder()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield PurePosixPath(path.relative_to(folder).as_posix()), path.read_bytes().replace(b"\r\n", b"\n")
    description = (folder / "description.xml").read_text("utf-8").replace("{version}", gouji.__version__)
    yield PurePosixPath("description.xml"), description.encode()
    yield PurePosixPath("META-INF/manifest.xml"), _manifest().encode()
    yield PurePosixPath("Addons.xcu"), addons().encode()
    yield PurePosixPath("CalcWindowState.xcu"), window_state().encode()
    for command in (command for group in GROUPS for command in group):
        for size in (16, 26):
            yield PurePosixPath(f"icons/{command}-{size}.png"), picture(command, size)
    yield PurePosixPath("icons/gouji.png"), picture("check", 42)


def _manifest() -> str:
    entries = "".join(
        f"  <manifest:file-entry manifest:full-path={quoteattr(path)} manifest:media-type={quoteattr(kind)}/>\n"
        for path, kind in _MEDIA_TYPES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}</manifest:manifest>\n'
    )
