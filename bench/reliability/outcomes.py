"""What gouji says of a damaged workbook, beside what it said of the workbook as it was.

- **accusation**: an error or a warning that is new, and none of whose cells was damaged or lost a figure it added up;
  nor does it miss the line of its project, whose name is gone.
- **silence**: a figure that an equality read is read by none any more, and nothing new is said about its sheet.
- **missed**: a figure became another one that some equality reads, and no finding that reads it is new or has other
  numbers than before.
- **finding**, **not applied**, **unchanged**: the three answers that are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from bench.reliability.damages import Damage
from gouji.binding.bind import Binding, bind
from gouji.binding.bound import Compared, Instance, cells_of, terms_of
from gouji.checking.check import check
from gouji.errors import WorkbookError
from gouji.figures import MONEY_UNITS, Rounding
from gouji.flow import forms_of
from gouji.labels import normalised
from gouji.packs.model import Pack
from gouji.report.compose import compose
from gouji.report.model import Finding, Report
from gouji.sheet import Book, CellRef
from gouji.tables.model import Recognition
from gouji.tables.recognise import recognise

Kind: TypeAlias = Literal["finding", "not applied", "unchanged", "missed", "silence", "accusation"]
Key: TypeAlias = tuple[str, str, CellRef | None]
"""A finding by its rule, its formula and its cell as it stood before the damage."""


class Answer(NamedTuple):
    """What gouji says of a workbook: the report, the relations, and the figures that equalities read."""

    report: Report | None
    instances: tuple[Instance, ...]
    equal: frozenset[CellRef]
    statements: frozenset[str]


class Outcome(NamedTuple):
    """The answer to a damage, as a kind, and in words what shows it."""

    kind: Kind
    words: str = ""


def answer(book: Book, pack: Pack) -> tuple[Answer, Recognition]:
    """The answer to a workbook."""
    recognition = recognise(book, forms_of(pack))
    if not recognition.tables:
        raise WorkbookError("没有标准表", "no table")
    binding = bind(pack, recognition, dict(pack.params))
    return _answer(book, pack, recognition, binding), recognition


def _answer(book: Book, pack: Pack, recognition: Recognition, binding: Binding) -> Answer:
    money = MONEY_UNITS[pack.unit].exponent
    judged = check(binding.open, money, Rounding(pack.rounding))
    report = compose(book, pack, recognition, binding, judged, money, details=False)
    return Answer(report, binding.instances, frozenset(_read_by_equalities(binding.instances)), _statements(report))


def _read_by_equalities(instances: Iterable[Instance]) -> Iterable[CellRef]:
    for one in instances:
        if isinstance(one.relation, Compared) and one.relation.comparison == "=" and one.rule.severity != "info":
            yield from (term.cell for term in terms_of(one.relation))


def _statements(report: Report) -> frozenset[str]:
    """Everything said about what was not understood or not applied, each with the places it speaks of."""
    said = [f"{one.rule} {one.reason_zh} {' '.join(map(str, one.cells))}" for one in report.not_applied]
    said += [f"{one.sheet} {one.reason_zh}" for one in report.unknown_sheets]
    said += [f"{table.sheet} {table.table} {chinese}" for table in report.tables for chinese, _ in table.remarks]
    said += [f"{table.sheet} {table.table} {table.recognised_by[0]}" for table in report.tables]
    return frozenset([*said, *(chinese for chinese, _ in report.remarks)])


class Judge:
    """Classifies the answers to damages of one workbook."""

    def __init__(self, book: Book, pack: Pack) -> None:
        self.pack = pack
        self.answer, self.recognition = answer(book, pack)
        assert self.answer.report is not None
        self.known = {_key(one, one.cell): (one.left, one.right) for one in self.answer.report.findings}
        self.read = _cells_by_place(self.answer.instances)
        self.keys = {
            (table.sheet.name, line.row): line.key
            for table in self.recognition.tables for section in table.sections for line in section.lines
        }
        self.printed = {CellRef(sheet.name, *place) for sheet in book.sheets for place in sheet.cells}
        self.forms = {table.sheet.name: table.key for table in self.recognition.tables}
        self.names = {
            CellRef(sheet.name, *place): key for sheet in book.sheets for place, cell in sheet.cells.items()
            if (key := self.keys.get((sheet.name, place[0]))) and normalised(cell.text) == key
        }
        self.titles = {table.sheet.name: table.definition.title for table in self.recognition.tables}

    def outcome(self, damage: Damage) -> Outcome:
        """What became of a damage."""
        try:
            now, _ = answer(damage.book, self.pack)
        except WorkbookError as error:
            return Outcome("not applied", error.chinese)
        assert now.report is not None
        new = [one for one in now.report.findings if _key(one, damage.before(one.cell)) not in self.known]
        wrong = [one for one in new if one.severity != "info" and not self._supported(one, damage)]
        if wrong:
            return Outcome("accusation", wrong[0].message_zh)
        said = now.statements - self.answer.statements
        lost, unsaid = self._lost(now, damage, new, said)
        if unsaid is not None:
            return Outcome("silence", f"{unsaid} 不再核对，没有说明")
        if damage.wrong and not new and not self._retold(now.report, damage):
            read = damage.changed & now.equal
            return Outcome("missed", str(min(read))) if read else Outcome("unchanged", "没有等式读到它")
        if new or damage.wrong:
            return Outcome("finding", new[0].message_zh if new else "")
        return Outcome("not applied", min(said)) if said and lost else Outcome("unchanged")

    def _retold(self, report: Report, damage: Damage) -> bool:
        """Whether a finding that was there already reads the damaged figure and says other numbers now."""
        return any(
            not damage.changed.isdisjoint(one.cells)
            and self.known.get(_key(one, damage.before(one.cell))) not in {None, (one.left, one.right)}
            for one in report.findings
        )

    def _supported(self, finding: Finding, damage: Damage) -> bool:
        """Whether a finding reads something damaged, or read something that is gone."""
        if not damage.changed.isdisjoint(finding.cells):
            return True
        before = damage.before(finding.cell)
        if before is None:
            return False
        if any(key and key in finding.message_zh for key in {self.forms.get(ref.sheet) for ref in damage.gone}):
            return True
        if not damage.gone.isdisjoint(self.read.get((finding.rule, before), ())):
            return True
        if self._misses_a_line(finding, before, damage):
            return True
        key = self.keys.get((before.sheet, before.row))
        return key is not None and key in {self.keys.get((ref.sheet, ref.row)) for ref in damage.gone}

    def _misses_a_line(self, finding: Finding, before: CellRef, damage: Damage) -> bool:
        """Whether a finding on a form of one project speaks of the form whose line of that project is named no more."""
        project = self.forms.get(before.sheet)
        touched = damage.gone | {old for ref in damage.changed if (old := damage.before(ref)) is not None}
        sheets = {ref.sheet for ref in touched if project and self.names.get(ref) == project}
        named = {
            sheet.name for sheet in damage.book.sheets for cell in sheet.cells.values()
            if sheet.name in sheets and normalised(cell.text) == project
        }
        return any(self.titles[sheet] in finding.message_zh for sheet in sheets - named)

    def _lost(
        self, now: Answer, damage: Damage, new: Iterable[Finding], said: Iterable[str]
    ) -> tuple[bool, CellRef | None]:
        """Whether some figure is read by no equality any more, or some relation is not applied; and one unsaid.

        Unsaid: it is still there, it was not read together with what was damaged, and nothing is said of its sheet.
        """
        read = {old for ref in now.equal if (old := damage.before(ref)) is not None}
        changed = {old for ref in damage.changed if (old := damage.before(ref)) is not None}
        places = {cell.sheet for finding in new for cell in finding.cells}
        assert now.report is not None
        assert self.answer.report is not None
        before, after = self.answer.report.summary.not_applied, now.report.summary.not_applied
        fewer = bool(self.answer.equal - read) or after > before
        for ref in sorted((self.answer.equal & self.printed) - read - damage.gone - changed):
            if self._read_with(ref, damage.gone | changed):
                continue
            title = self.titles.get(ref.sheet, ref.sheet)
            reading = {rule for (rule, _), cells in self.read.items() if ref in cells}
            told = any(text.split()[0] in reading or ref.sheet in text or title in text for text in said)
            if not told and ref.sheet not in places:
                return True, ref
        return fewer, None


    def _read_with(self, ref: CellRef, gone: frozenset[CellRef]) -> bool:
        """Whether the relations that read a figure read something that is gone as well: without it there are none."""
        return bool(gone) and any(ref in cells and not gone.isdisjoint(cells) for cells in self.read.values())


def _key(finding: Finding, cell: CellRef | None) -> Key:
    return finding.rule, finding.formula, cell


def _cells_by_place(instances: Iterable[Instance]) -> Mapping[tuple[str, CellRef], set[CellRef]]:
    """The cells that relations read, by their rule and each cell they may be reported at."""
    found: dict[tuple[str, CellRef], set[CellRef]] = {}
    for one in instances:
        cells = cells_of(one.relation)
        for cell in cells:
            found.setdefault((one.rule.id, cell), set()).update(cells)
    return found
