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
    text: str | None = None


class Annotate(NamedTuple):
    """Check and write notes, in place or into ``out``; those on ``text`` into it or into ``text_out``."""

    files: tuple[str, ...]
    out: str | None
    pack: str | None
    least: Severity
    highlight: bool
    result_sheet: bool
    backup: bool
    detail: int
    params: Mapping[str, str]
    text: str | None = None
    text_out: str | None = None


class Clear(NamedTuple):
    """Remove our notes, in place or into ``out``."""

    files: tuple[str, ...]
    out: str | None
    backup: bool
    detail: int


class Batch(NamedTuple):
    """Check all workbooks of a folder, ``jobs`` at a time (0: as many as there are processors).

    ``annotate``: the folder for annotated copies. ``detail`` -1: no line for each workbook.
    """

    folder: str
    format: Format
    out: str | None
    pack: str | None
    fail_on: FailOn
    annotate: str | None
    least: Severity
    highlight: bool
    result_sheet: bool
    jobs: int
    detail: int
    params: Mapping[str, str]


class Explain(NamedTuple):
    """Say what a rule means."""

    rule: str
    pack: str | None


class Tables(NamedTuple):
    """Show what is recognised; ``detail`` 1 draws every row."""

    files: tuple[str, ...]
    pack: str | None
    format: Literal["text", "json"]
    detail: int


class Rules(NamedTuple):
    """Look at rule packs, check or test them. ``packs``: names given; none: all there are.

    ``show`` takes a pack and perhaps a rule or table, ``diff`` two packs, ``docs`` one, ``schema``
    perhaps a kind of file.
    """

    action: Literal["list", "show", "diff", "lint", "test", "coverage", "docs", "schema"]
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


class Text(NamedTuple):
    """Write a text from a workbook. ``out``: a .docx or .txt, ``-`` is standard output."""

    action: Literal["draft"]
    file: str
    last_year: str | None
    out: str | None
    pack: str | None


class Addin(NamedTuple):
    """Put the add-ins into the spreadsheet programs of this machine, say what is there, or take them away."""

    action: Literal["install", "status", "uninstall"]
    dry_run: bool


Command: TypeAlias = Validate | Annotate | Clear | Batch | Explain | Tables | Rules | Template | Text | Addin
