"""Reads an .xlsx or .xlsm package straight from its parts into a ``Book``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gouji.errors import WorkbookError
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.markup import damaged, names, parse, relationship_id
from gouji.hosts.package.reading_notes import read_comments
from gouji.hosts.package.relations import Relation, read_relations, relations_part
from gouji.hosts.package.shared_strings import read_strings
from gouji.hosts.package.sheet_xml import Lookups, read_sheet
from gouji.hosts.package.styles import read_formats
from gouji.sheet import Book, Note, Sheet

MAX_PART_SIZE = 256 * 1024 * 1024
"""Bytes one part may hold when expanded; a 决算 workbook needs some hundred thousand."""

_NAMES = names("workbook", "workbookPr", "sheet")
_TRUE = ("1", "true")


def read_package(path: Path) -> Book:
    """The workbook at ``path``; formulas without saved values are computed, which ``Book.remarks`` then says.

    Raises ``WorkbookError`` when it cannot be opened or a part is damaged.
    """
    return read_archive(Archive.open(path), path.name)


def read_archive(archive: Archive, name: str) -> Book:
    """The workbook in an open package; ``name`` is what reports call it.

    Chart sheets, dialogs and macro sheets are left out. Raises ``WorkbookError`` naming the part that is damaged.
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
    found: bool = False


class _Package:
    """A package with its parts found by name, whatever their capitals."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.parts = {name.lower(): name for name in archive.names}

    def book(self, name: str) -> Book:
        workbook_name = self._workbook_name()
        relations = self._relations(workbook_name)
        workbook = _read_workbook(self._bytes(workbook_name), workbook_name)
        lookups = self._lookups(relations, workbook.date1904)
        sheets: list[Sheet] = []
        incomplete = False
        for entry in workbook.sheets:
            relation = relations.get(entry.relation or "")
            if relation is None:
                raise damaged(
                    workbook_name, f"工作表“{entry.name}”没有对应的部件", f'sheet "{entry.name}" refers to no part'
                )
            if relation.kind == "worksheet":
                content = read_sheet(self._bytes(relation.target), relation.target, lookups)
                incomplete = incomplete or content.incomplete
                notes = self._notes(relation.target)
                sheets.append(Sheet(entry.name, content.cells, content.merged, notes, entry.hidden))
        book = Book(name, tuple(sheets), date1904=workbook.date1904)
        return _computed(book) if incomplete else book

    def _workbook_name(self) -> str:
        if "_rels/.rels" in self.parts:
            for relation in self._relations("").values():
                if relation.kind == "officeDocument":
                    return relation.target
        raise WorkbookError(
            "这个文件里没有工作簿（不是 .xlsx 或 .xlsm）", "the file holds no workbook (not an .xlsx or .xlsm)"
        )

    def _lookups(self, relations: dict[str, Relation], date1904: bool) -> Lookups:
        by_kind = {relation.kind: relation.target for relation in relations.values()}
        strings = by_kind.get("sharedStrings")
        styles = by_kind.get("styles")
        return Lookups(
            read_strings(self._bytes(strings), strings) if strings else (),
            read_formats(self._bytes(styles), styles) if styles else (),
            date1904,
        )

    def _notes(self, sheet: str) -> tuple[Note, ...]:
        for relation in self._relations(sheet).values():
            if relation.kind == "comments":
                return read_comments(self._bytes(relation.target), relation.target)
        return ()

    def _relations(self, source: str) -> dict[str, Relation]:
        part = relations_part(source)
        return read_relations(self._bytes(part), source) if part.lower() in self.parts else {}

    def _bytes(self, part: str) -> bytes:
        stored = self.parts.get(part.lower())
        if stored is None:
            raise damaged(part, "部件不存在", "it is missing")
        return self.archive.read(stored)


def _read_workbook(data: bytes, part: str) -> _WorkbookPart:
    workbook = _WorkbookPart()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = _NAMES.get(name)
        if local == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            workbook.sheets.append(_SheetEntry(attributes["name"], relationship_id(attributes), hidden))
        elif local == "workbookPr":
            workbook.date1904 = attributes.get("date1904", "") in _TRUE
        elif local == "workbook":
            workbook.found = True

    parse(data, part, start)
    if not workbook.found:
        raise damaged(part, "不是工作簿", "it is not a workbook")
    return workbook


def _computed(book: Book) -> Book:
    from gouji.hosts.recalculation import recalculate

    return recalculate(book)
