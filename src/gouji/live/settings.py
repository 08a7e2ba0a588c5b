"""What a person set for 审核 in the window, kept in a file of their own.

Nothing is ever taken from the workbook that is checked, nor from its folder: an audited file must not choose the rules
it is judged by.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from gouji.errors import GoujiError
from gouji.packs.model import Severity

ExportFormat: TypeAlias = Literal["html", "json", "sarif", "junit"]
Language: TypeAlias = Literal["zh", "en"]

FILE = "live.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """``pack`` is an id, ``None`` for the pack that fits best; ``notes`` the least severity that gets a note.

    ``export_to`` is the folder for exported reports, ``None`` for the workbook's own (the person's home for one never
    saved).
    """

    pack: str | None = None
    notes: Severity = "warning"
    highlight: bool = False
    language: Language = "zh"
    export_format: ExportFormat = "html"
    export_to: Path | None = None


def settings_file() -> Path:
    """The file in the user's own configuration folder."""
    if sys.platform == "win32" and os.environ.get("APPDATA"):
        return Path(os.environ["APPDATA"]) / "gouji" / FILE
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "gouji" / FILE
    named = os.environ.get("XDG_CONFIG_HOME")
    return (Path(named) if named else Path.home() / ".config") / "gouji" / FILE


def load(file: Path | None = None) -> Settings:
    """The settings kept in ``file`` (by default the user's own); as they come where there is no file.

    Raises ``GoujiError`` naming the file and the key where something in it cannot be understood.
    """
    place = file or settings_file()
    try:
        written = tomllib.loads(place.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GoujiError(
            f"读不懂设置文件 {place}：{error}。请改正，或删去该文件。",
            f"The settings file {place} cannot be read: {error}. Mend or delete it.",
        ) from error
    return Settings(**{key: _read(place, key, value) for key, value in written.items()})


def save(settings: Settings, file: Path | None = None) -> Path:
    """Keep the settings in ``file`` (by default the user's own); the path. Raises ``GoujiError`` where it cannot."""
    place = file or settings_file()
    values = {name: getattr(settings, name) for name in Settings.__slots__}
    lines = [f"{name} = {_spelled(value)}\n" for name, value in values.items() if value is not None]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("".join(lines), "utf-8")
    except OSError as error:
        raise GoujiError(
            f"无法保存设置 {place}：{error.strerror}。", f"The settings {place} cannot be saved: {error.strerror}."
        ) from error
    return place


def choose_pack(pack: str | None, file: Path | None = None) -> Settings:
    """Keep ``pack`` as the one to check by, ``None`` or ``""`` for automatic; the settings as they are now."""
    chosen = replace(load(file), pack=pack or None)
    save(chosen, file)
    return chosen


_CHOICES: dict[str, tuple[str, ...]] = {
    "notes": get_args(Severity),
    "language": get_args(Language),
    "export_format": get_args(ExportFormat),
}


def _read(place: Path, key: str, value: object) -> Any:
    if key in _CHOICES and value in _CHOICES[key]:
        return value
    if key == "highlight" and isinstance(value, bool):
        return value
    if key == "pack" and isinstance(value, str):
        return value or None
    if key == "export_to" and isinstance(value, str):
        return Path(value).expanduser()
    known = "、".join(_CHOICES.get(key, Settings.__slots__))
    raise GoujiError(
        f"设置文件 {place} 里的 {key} = {value!r} 不对，可用：{known}。",
        f"The settings file {place} says {key} = {value!r}; possible: {known}.",
    )


def _spelled(value: object) -> str:
    """The value in TOML; JSON's texts and booleans are TOML's."""
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)
