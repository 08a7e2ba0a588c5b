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
    """Look at rule packs, check or test them. ``packs``: names given; none: all there are.

    ``show`` takes a pack and perhaps a rule or table, ``diff`` two packs, ``schema`` perhaps a kind of file.
    """

    action: Literal["list", "show", "diff", "lint", "test", "coverage", "schema"]
    packs: tuple[str, ...]
    resolved: bool = False
    mutants: bool = False
    template: str | None = None
    format: Literal["text", "json"] = "text"
    out: str | None = None


class Template(NamedTuple):
    """Write a pack's blank forms. ``out``: a file or a folder; ``decimals`` of amounts, for the checks."""

    action: Literal["new"]
    pack: str
    out: str | None
    self_check: bool
    decimals: int


class Addin(NamedTuple):
    """Put the add-ins into the spreadsheet programs of this machine, say what is there, or take them away."""

    action: Literal["install", "status", "uninstall"]
    dry_run: bool


Command: TypeAlias = Validate | Annotate | Clear | Explain | Rules | Template | Addin
