"""The report: frozen values that every front end only renders (design section 8)."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.packs.model import Severity
from gouji.sheet import CellRef
from gouji.tables.model import Spoken

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

    @property
    def text(self) -> Spoken | None:
        """The words of a text that the finding is about; ``None`` when it is about a cell."""
        return self.cell if isinstance(self.cell, Spoken) else None

    def message(self, language: str = "zh") -> str:
        """The sentence in ``zh`` or ``en``."""
        return self.message_en if language == "en" else self.message_zh


@dataclass(frozen=True, slots=True)
class SuspectCell:
    """A cell of an explanation: what it prints, the range of its truth and the values it could print.

    ``mechanism``: the slip that would explain it, by its key, ``slip`` in words (Chinese, English). ``carries``: a
    total that is only wrong because it adds up the cell before. ``label``: what the form calls the figure. ``wide``:
    the values are the ends of what is possible, not all of it; ``plausible`` is then the one value between that the
    slip explains, if there is one. ``shown``: what the cell prints in words (列示 1,899.0, 空白), ``unit``: that of its
    amount where it is not the form's.
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
    shown: tuple[str, str] = ("", "")
    unit: str = ""
    plausible: str = ""


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
class Unread:
    """Words of a text that hold figures nobody understood: the sentence, its place, and what its figures are."""

    words: Spoken
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextReport:
    """A text that was checked.

    ``figures`` are its amounts, rates and scores, ``understood`` those that rules could look at, ``reasons`` those that
    stand in reasons and prices, where there is nothing to compare them with. ``unread``: sentences with all the others;
    ``alone``: sentences with figures that were understood, but that nothing printed could be compared with.
    """

    document: str
    year: int | None
    figures: int
    understood: int
    reasons: int
    unread: tuple[Unread, ...]
    alone: tuple[Unread, ...] = ()


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
    texts: tuple[TextReport, ...] = ()
    schema: str = field(default=SCHEMA)

    @property
    def is_about_something(self) -> bool:
        """Whether there was a standard table or a text to check."""
        return bool(self.tables or self.texts)
