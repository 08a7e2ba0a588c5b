"""The whole flow on one workbook: read → recognise → bind → check → report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.binding.bind import bind
from gouji.checking.check import Judged, check
from gouji.collection import uncollected
from gouji.diagnosis.relations import FAILING, is_said
from gouji.document import Document
from gouji.errors import GoujiError, NoStandardTable
from gouji.figures import MONEY_UNITS, Rounding
from gouji.hosts.package.reading import read_package
from gouji.packs.load import held_pack
from gouji.packs.model import Pack
from gouji.report.compose import compose
from gouji.report.model import Report
from gouji.sheet import Book
from gouji.tables.grid import Grid
from gouji.tables.model import Recognition, UnknownRegion
from gouji.tables.recognise import recognise
from gouji.tables.regions import Forms
from gouji.texts.sheets import sheet_texts

if TYPE_CHECKING:
    from gouji.texts.text import TextReading

MOST_WRONG = 200
"""How many failing sentences of one text are listed and explained."""
COMMON_PACK = "mof"
"""The pack whose sentences are read where no table says whose they are."""


@uncollected
def validate(
    source: str | Path | Book, *, pack: str | None = None, params: Mapping[str, str] | None = None,
    details: bool = True, text: Document | None = None,
) -> Report:
    """Check one workbook. ``pack`` is an id or a folder; without it the pack whose forms fit best.

    ``text`` is the 情况说明 that belongs to it: its sentences are judged with the tables.

    ``params`` set names that formulas use, such as ``{"满分": "100"}``. Without ``details`` the report lacks what only
    machine formats show: the Excel form of each relation and the list of explanations. Raises ``WorkbookError`` for
    a workbook that cannot be read or holds no standard table, ``PackError`` for a faulty pack, ``GoujiError`` for
    wrong usage.
    """
    book, grids = _opened(source)
    if pack is not None:
        return judge_book(book, held_pack(pack), params or {}, details=details, grids=grids, text=text)
    from gouji.packs.choosing import choose  # not for a run that names its pack

    choice = choose(book, grids=grids)
    report = judge_book(
        book, held_pack(choice.pack), params or {}, details=details, grids=grids, text=text, year=choice.year
    )
    doubt = ((choice.doubt("zh"), choice.doubt("en")),) if choice.doubts else ()
    why = choice.reason("zh"), choice.reason("en")
    return replace(report, pack_reason=why, remarks=(*doubt, *report.remarks))


def recognise_tables(source: str | Path | Book, *, pack: str | None = None) -> tuple[Book, Pack, Recognition]:
    """What is recognised of one workbook, whether it is any table or not; arguments and errors as of ``validate``."""
    book, grids = _opened(source)
    if pack is None:
        from gouji.packs.choosing import choose

        pack = choose(book, grids=grids).pack
    chosen = held_pack(pack)
    return book, chosen, recognise(book, forms_of(chosen), grids)


def _opened(source: str | Path | Book) -> tuple[Book, list[Grid]]:
    """The workbook, and its sheets as recognition sees them."""
    book = source if isinstance(source, Book) else read_package(Path(source))
    return book, _grids(book)


def _grids(book: Book) -> list[Grid]:
    return [Grid(sheet) for sheet in book.sheets]


def judge_book(
    book: Book, pack: Pack, params: Mapping[str, str], *, details: bool = True, grids: Sequence[Grid] | None = None,
    text: Document | None = None, year: int | None = None,
) -> Report:
    """Recognise, bind, check and report with a loaded pack.

    ``grids`` are the sheets as recognition sees them, ``year`` the one that they print, where these are known already.
    """
    grids = _grids(book) if grids is None else grids
    recognition = recognise(book, forms_of(pack), grids)
    if not recognition.tables:
        raise NoStandardTable(
            f"{book.name}：没有找到任何标准决算表（规则包 {pack.id}）。"
            f"{_why(recognition.unknown)}请确认打开的是决算公开表。",
            f"{book.name}: no standard table was found (pack {pack.id}). Make sure that this is a 决算 workbook.",
        )
    texts = [*sheet_texts(book, recognition), *([text] if text else [])]
    return _judged(book, pack, recognition, params, texts, details=details, year=_year(book, pack, grids, year))


def validate_text(text: Document, *, pack: str | None = None, params: Mapping[str, str] | None = None) -> Report:
    """Check a text without a workbook, with the standard tables that it holds itself, if any.

    Without ``pack`` the one whose forms its tables are, else the common one. Errors as of ``validate``.
    """
    if pack is None and text.tables:
        from gouji.packs.choosing import choose  # not for a run that names its pack

        pack = choose(Book(text.name, text.tables)).pack
    return judge_text(text, held_pack(pack or COMMON_PACK), params or {})


def judge_text(text: Document, pack: Pack, params: Mapping[str, str]) -> Report:
    """Check a text that has no workbook: its sentences, and the standard tables it holds itself."""
    book = Book(text.name, text.tables)
    grids = _grids(book)
    recognition = recognise(book, forms_of(pack), grids)
    if not recognition.tables:
        pack = replace(pack, rules=tuple(rule for rule in pack.rules if pack.tables_of(rule) <= pack.texts.keys()))
    report = _judged(book, pack, recognition, params, [text], details=True, year=_year(book, pack, grids))
    return report if recognition.tables else replace(report, unknown_sheets=())


def _judged(
    book: Book, pack: Pack, recognition: Recognition, params: Mapping[str, str], texts: Sequence[Document], *,
    details: bool, year: int | None,
) -> Report:
    readings = _read(texts, pack, recognition, book) if texts else []
    told = {name for reading in readings for name in (reading.document.name, *_compared(reading, book))}
    unknown = tuple(region for region in recognition.unknown if region[0] not in told)
    spoken = [table for reading in readings for table in reading.tables]
    everything = Recognition((*recognition.tables, *spoken), unknown) if spoken else recognition
    money = MONEY_UNITS[pack.unit].exponent
    binding = bind(pack, everything, _parameters(pack, year, params))
    judged = check(binding.open, money, Rounding(pack.rounding))
    kept = _fewer(judged) if spoken else judged
    report = compose(book, pack, everything, binding, kept, money, details=details, texts=readings)
    if len(kept) < len(judged):
        report = replace(report, complete=False, remarks=(*report.remarks, _TOO_MANY))
    return report if year == pack.year else replace(report, remarks=(*report.remarks, _other_year(pack, year)))


def _read(texts: Sequence[Document], pack: Pack, recognition: Recognition, book: Book) -> list[TextReading]:
    from gouji.texts.text import read_text  # most workbooks have no text

    return [read_text(each, pack, recognition, is_own=each.tables is book.sheets) for each in texts]


def _compared(reading: TextReading, book: Book) -> list[str]:
    """The tables of a text, judged by itself, that were read as comparisons."""
    own = reading.document.tables if reading.document.tables is book.sheets else ()
    return [sheet.name for sheet in own if sheet not in reading.unread_tables]


_TOO_MANY = (
    f"文字里不符的地方超过 {MOST_WRONG} 处，只列出前 {MOST_WRONG} 处。请确认这份文字与工作簿是同一单位、同一年度。",
    f"The text disagrees in more than {MOST_WRONG} places; only the first are listed. Is it the text of this workbook?",
)


def _fewer(judged: Sequence[Judged]) -> list[Judged]:
    """The verdicts without those on sentences that fail after many others have."""
    wrong = 0
    kept = []
    for one in judged:
        if one.verdict in FAILING and is_said(one):
            wrong += 1
            if wrong > MOST_WRONG:
                continue
        kept.append(one)
    return kept


def forms_of(pack: Pack) -> Forms:
    """What recognition needs of a pack."""
    return Forms(pack.forms, pack.codes, pack.unit, pack.figures == "显示")


def _why(unknown: Sequence[UnknownRegion]) -> str:
    reasons = [f"{region.sheet}：{region.chinese}" for region in unknown[:3]]
    return "；".join(reasons) + "。" if reasons else ""


def _year(book: Book, pack: Pack, grids: Sequence[Grid], printed: int | None = None) -> int | None:
    """The year of the accounts, where rules ask for it: as ``printed`` (looked for when not given), else the pack's."""
    if not pack.asks_for_year:
        return pack.year
    from gouji.packs.choosing import printed_year  # few packs ask

    return printed or printed_year(book, grids) or pack.year


def _other_year(pack: Pack, year: int | None) -> tuple[str, str]:
    own_zh, own_en = f"是 {pack.year} 年度的", f"is for {pack.year}"
    if pack.year is None:
        own_zh, own_en = "没有写年度", "has none"
    return (
        f"工作簿印的是 {year} 年度，规则包 {pack.id} {own_zh}：公式里的年度、规则适用的年度按 {year}。",
        f"The workbook prints the year {year}, the pack {pack.id} {own_en}: rules are applied as of {year}.",
    )


def _parameters(pack: Pack, year: int | None, given: Mapping[str, str]) -> dict[str, Decimal | str]:
    params: dict[str, Decimal | str] = dict(pack.params)
    if year is not None:
        params["年度"] = Decimal(year)
    for name, text in given.items():
        if name not in params:
            known = "、".join(params)
            raise GoujiError(f"没有名为“{name}”的参数（有 {known}）", f"there is no parameter {name} (known: {known})")
        try:
            params[name] = Decimal(text)
        except InvalidOperation:
            params[name] = text
    return params
