"""The person's own configuration of the add-in: ``key = value`` lines written by installing, read by Excel's Basic."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_HEAD = "; gouji addin install"


class Configuration(NamedTuple):
    """What was installed: the Python that a click starts, the version, and the digests of the written files."""

    interpreter: str
    version: str
    digests: dict[str, str]

    def written(self) -> bytes:
        """The file, in UTF-16: what Excel's Basic on Windows reads whatever the code page is."""
        lines = [_HEAD, f"interpreter = {self.interpreter}", f"version = {self.version}"]
        lines += [f"sha256 {digest} = {path}" for path, digest in self.digests.items()]
        return "\r\n".join([*lines, ""]).encode("utf-16")


def read_configuration(place: Path) -> Configuration | None:
    """The configuration, ``None`` where there is none that can be read."""
    try:
        text = place.read_text("utf-16")
    except (OSError, UnicodeError):
        return None
    lines = (line.partition(" = ") for line in text.splitlines())
    settings = {key: value for key, equals, value in lines if equals}
    digests = {value: key.removeprefix("sha256 ") for key, value in settings.items() if key.startswith("sha256 ")}
    return Configuration(settings.get("interpreter", ""), settings.get("version", ""), digests)
