"""What a command did, as a status line or a message box shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from gouji.sheet import CellRef

Kind: TypeAlias = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, such as a pack: its id, its title, and whether it is chosen now."""

    id: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command says and where it led.

    ``message`` is (Chinese, English); its first line fits a status line. ``kind``: ``info`` needs no answer,
    ``warning`` is something found or left undone, ``error`` is a command that did nothing. ``selected`` is the cell
    selected now, ``path`` the file written, ``choices`` what the command ``packs`` lists (the first is automatic, with
    the id ``""``).
    """

    message: tuple[str, str]
    kind: Kind = "info"
    selected: CellRef | None = None
    path: Path | None = None
    choices: tuple[Choice, ...] = ()

    def text(self, language: str = "zh") -> str:
        """The message in ``zh`` or ``en``."""
        return self.message[language == "en"]
