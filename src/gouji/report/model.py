"""The report: frozen values that every front end only renders (design section 8)."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.packs.model import Severity
from gouji.sheet import CellRef

SCHEMA = "gouji/report/1"


@dataclass(frozen=True, slots=True)
class TableReport:
    """A recognised table. ``decimals`` of its amounts as taken; ``remarks``: (Chinese, English) sentences."""

    table: str
    sheet: str
    area: str
    unit: str
    decimals: int
    key: str = ""
    recognised_by: tuple[str, str] = ("", "")
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure of a finding as a person redoes the sum: ``sign`` is ``+`` or ``-``.

    ``label`` is how the form prints it (``行政运行·本年收入合计``), ``printed`` its text with separators.
    ``table`` is the official title; ``cell`` is ``None`` for a line that is not printed.
    """

    sign: str
    label: str
    printed: str
    cell: CellRef | None
    table: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One failed instance.

    ``cell`` is the figure judged, ``cells`` every cell it reads, ``note_at`` where notes go.
    ``left``/``right``/``difference`` are decimal texts in the unit of ``cell`` ("" where a rule is no relation
    of numbers). ``message_zh``/``message_en`` are complete sentences. ``operands``: the left side first
    (``left_count`` of them), then the right side. ``suspect`` is the one cell that explains the finding, where there is
    only one such cell; notes go there, and a short one to ``cell``. ``answer``: what a person wrote below our note,
    line by line, "" for nothing.
    """

    rule: str
    name: str
    severity: Severity
    table: str
    sheet: str
    cell: CellRef
    cells: tuple[CellRef, ...]
    note_at: tuple[CellRef, ...]
    left: str
    right: str
    difference: str
    comparison: str
    message_zh: str
    message_en: str
    formula: str
    excel: str | None
    basis: str
    adjusted: bool = False
    row_label: str = ""
    unit: str = ""
    operands: tuple[Operand, ...] = ()
    left_count: int = 0
    suspect: CellRef | None = None
    answer: str = ""

    def message(self, language: str = "zh") -> str:
        """The sentence in ``zh`` or ``en``."""
        return self.message_en if language == "en" else self.message_zh


@dataclass(frozen=True, slots=True)
class SuspectCell:
    """A cell of an explanation: what it prints, the range of its truth and the values it could print.

    ``mechanism``: the slip that would explain it, by its key, ``slip`` in words (Chinese, English). ``carries``: a
    total that is only wrong because it adds up the cell before. ``label``: what the form calls the figure. ``wide``:
    the values are the ends of what is possible, not all of it.
    """

    cell: CellRef
    printed: str
    range: str
    values: tuple[str, ...]
    mechanism: str | None = None
    carries: bool = False
    label: str = ""
    slip: tuple[str, str] = ("", "")
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A smallest set of cells that, if different, makes the findings ``explains`` (indices) go away."""

    explains: tuple[int, ...]
    unique: bool
    cells: tuple[SuspectCell, ...]


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A rule, or some of its instances, that could not be applied, and why."""

    rule: str
    reason_zh: str
    reason_en: str
    cells: tuple[CellRef, ...] = ()
    instances: int = 1

    def reason(self, language: str = "zh") -> str:
        """The reason in ``zh`` or ``en``."""
        return self.reason_en if language == "en" else self.reason_zh


@dataclass(frozen=True, slots=True)
class UnknownSheet:
    """A sheet, or a part of one, that is no standard table of the pack."""

    sheet: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of rule instances and of findings. ``undecided``: left open by rounding, not formed."""

    checked: int
    failed: int
    not_applied: int
    error: int
    warning: int
    info: int
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one run says about one workbook. ``pack_reason``: why this pack, where it was not named."""

    workbook: str
    pack_id: str
    pack_version: str
    pack_title: str
    summary: Summary
    tables: tuple[TableReport, ...]
    findings: tuple[Finding, ...]
    explanations: tuple[Explanation, ...] = ()
    not_applied: tuple[NotApplied, ...] = ()
    unknown_sheets: tuple[UnknownSheet, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    complete: bool = True
    pack_reason: tuple[str, str] = ("", "")
    schema: str = field(default=SCHEMA)
