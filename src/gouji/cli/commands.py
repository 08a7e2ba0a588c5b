"""What a command line asks for, as plain values: one type a verb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from gouji.packs.model import Severity

Format: TypeAlias = Literal["text", "json", "sarif", "junit", "html"]
FailOn: TypeAlias = Literal["error", "warning", "info", "never"]
FORMATS: tuple[Format, ...] = ("text", "json", "sarif", "junit", "html")
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "info", "never")


class Validate(NamedTuple):
    """Check and print. ``out`` is ``None`` or ``-`` for standard output; ``detail`` as in ``console.Options``."""

    files: tuple[str, ...]
    format: Format
    out: str | None
    pack: str | None
    fail_on: FailOn
    detail: int
    params: Mapping[str, str]


class Annotate(NamedTuple):
    """Check and write notes, in place or into ``out``."""

    files: tuple[str, ...]
    out: str | None
    pack: str | None
    least: Severity
    highlight: bool
    result_sheet: bool
    backup: bool
    detail: int
    params: Mapping[str, str]


class Clear(NamedTuple):
    """Remove our notes, in place or into ``out``."""

    files: tuple[str, ...]
    out: str | None
    backup: bool
    detail: int


class Explain(NamedTuple):
    """Say what a rule means."""

    rule: str
    pack: str | None


class Rules(NamedTuple):
    """List, check or test the rules of packs; no ``packs``: all there are."""

    action: Literal["list", "lint", "test"]
    packs: tuple[str, ...]


Command: TypeAlias = Validate | Annotate | Clear | Explain | Rules
