"""Reads an .xlsx or .xlsm package straight from its parts into a ``Book``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gouji.errors import WorkbookError
from gouji.hosts.covered import without_covered
from gouji.hosts.formula_results import completed
from gouji.hosts.looks import is_results
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.cells import CellReader
from gouji.hosts.package.known import known_by_content
from gouji.hosts.package.markup import damaged, names, parse, relationship_id
from gouji.hosts.package.reading_notes import read_comments
from gouji.hosts.package.relations import Relation, existing, read_relations, relations_part
from gouji.hosts.package.shared_strings import read_strings
from gouji.hosts.package.sheet_xml import read_sheet
from gouji.hosts.package.styles import read_formats
from gouji.hosts.page_header import header_lines
from gouji.sheet import Book, Note, Sheet

_NAMES = names("workbook", "workbookPr", "sheet", "calcPr")
_TRUE = ("1", "true")


def read_package(path: Path) -> Book:
    """The workbook at ``path``; formulas without saved values are computed, which ``Book.remarks`` then says.

    Raises ``WorkbookError`` when it cannot be opened or a part is damaged.
    """
    return read_archive(Archive.open(path), path.name)


def read_archive(archive: Archive, name: str) -> Book:
    """The workbook in an open package; ``name`` is what reports call it.

    Chart sheets, dialogs, macro sheets and our own sheet of results are left out. Raises ``WorkbookError`` naming
    the part that is damaged.
    """
    return _Package(archive).book(name)


@dataclass(frozen=True, slots=True)
class _SheetEntry:
    name: str
    relation: str | None
    hidden: bool


@dataclass(slots=True)
class _WorkbookPart:
    sheets: list[_SheetEntry] = field(default_factory=list)
    date1904: bool = False
    to_compute: bool = False
    found: bool = False


class _Package:
    """A package and how its parts lead to one another."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def book(self, name: str) -> Book:
        workbook_name = self._workbook_name()
        relations = self._relations(workbook_name)
        workbook = _read_workbook(self._bytes(workbook_name), workbook_name)
        cells = self._cell_reader(relations, workbook)
        sheets: list[Sheet] = []
        for entry in workbook.sheets:
            relation = relations.get(entry.relation or "")
            if relation is None:
                raise damaged(
                    workbook_name, f"工作表“{entry.name}”没有对应的部件", f'sheet "{entry.name}" refers to no part'
                )
            if relation.kind == "worksheet":
                content = read_sheet(self._bytes(relation.target), relation.target, cells)
                if is_results(entry.name, content.footer):
                    continue
                notes = self._notes(relation.target)
                header = header_lines(content.header)
                sheets.append(Sheet(entry.name, content.cells, content.merged, notes, entry.hidden, header))
        return without_covered(completed(Book(name, tuple(sheets), date1904=workbook.date1904)))

    def _workbook_name(self) -> str:
        for relation in self._relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        raise WorkbookError(
            "这个文件里没有工作簿（不是 .xlsx 或 .xlsm）", "the file holds no workbook (not an .xlsx or .xlsm)"
        )

    def _cell_reader(self, relations: dict[str, Relation], workbook: _WorkbookPart) -> CellReader:
        by_kind = {relation.kind: relation.target for relation in relations.values()}
        strings = by_kind.get("sharedStrings")
        styles = by_kind.get("styles")
        return CellReader(
            read_strings(self._bytes(strings), strings) if strings else (),
            read_formats(self._bytes(styles), styles) if styles else (),
            workbook.date1904,
            zero_is_no_result=workbook.to_compute,
        )

    def _notes(self, sheet: str) -> tuple[Note, ...]:
        for relation in self._relations(sheet).values():
            if relation.kind == "comments" and relation.target in self.archive:
                return read_comments(self._bytes(relation.target), relation.target)
        return ()

    def _relations(self, source: str) -> dict[str, Relation]:
        part = relations_part(source)
        if part not in self.archive:
            return {}
        listed = read_relations(self._bytes(part), part)
        return {relation.id: existing(relation, self.archive) for relation in listed}

    def _bytes(self, part: str) -> bytes:
        if part not in self.archive:
            raise damaged(part, "部件不存在", "it is missing")
        return self.archive.read(part)


@known_by_content
def _read_workbook(data: bytes, part: str) -> _WorkbookPart:
    workbook = _WorkbookPart()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "<sheet>":
            hidden = attributes.get("state", "visible") != "visible"
            workbook.sheets.append(_SheetEntry(attributes["name"], relationship_id(attributes), hidden))
        elif name == "<workbookPr>":
            workbook.date1904 = attributes.get("date1904", "") in _TRUE
        elif name == "<calcPr>":
            workbook.to_compute = attributes.get("fullCalcOnLoad", "") in _TRUE
        elif name == "<workbook>":
            workbook.found = True

    parse(data, part, start, known=_NAMES)
    if not workbook.found:
        raise damaged(part, "不是工作簿", "it is not a workbook")
    return workbook
