"""The whole flow on one workbook: read → recognise → bind → check → report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from gouji.binding.bind import bind
from gouji.checking.check import check
from gouji.errors import GoujiError, WorkbookError
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


def validate(
    source: str | Path | Book, *, pack: str | None = None, params: Mapping[str, str] | None = None,
    details: bool = True,
) -> Report:
    """Check one workbook. ``pack`` is an id or a folder; without it the pack whose forms fit best.

    ``params`` set names that formulas use, such as ``{"满分": "100"}``. Without ``details`` the report lacks what only
    machine formats show: the Excel form of each relation and the list of explanations. Raises ``WorkbookError`` for
    a workbook that cannot be read or holds no standard table, ``PackError`` for a faulty pack, ``GoujiError`` for
    wrong usage.
    """
    book = source if isinstance(source, Book) else read_package(Path(source))
    if pack is not None:
        return judge_book(book, held_pack(pack), params or {}, details=details)
    from gouji.packs.choosing import choose  # not for a run that names its pack

    grids = [Grid(sheet) for sheet in book.sheets]
    choice = choose(book, grids=grids)
    report = judge_book(book, held_pack(choice.pack), params or {}, details=details, grids=grids)
    doubt = ((choice.doubt("zh"), choice.doubt("en")),) if choice.doubts else ()
    why = choice.reason("zh"), choice.reason("en")
    return replace(report, pack_reason=why, remarks=(*doubt, *report.remarks))


def recognise_tables(source: str | Path | Book, *, pack: str | None = None) -> tuple[Book, Pack, Recognition]:
    """What is recognised of one workbook, whether it is any table or not; arguments and errors as of ``validate``."""
    book = source if isinstance(source, Book) else read_package(Path(source))
    grids = [Grid(sheet) for sheet in book.sheets]
    if pack is None:
        from gouji.packs.choosing import choose

        pack = choose(book, grids=grids).pack
    chosen = held_pack(pack)
    return book, chosen, recognise(book, forms_of(chosen), grids)


def judge_book(
    book: Book, pack: Pack, params: Mapping[str, str], *, details: bool = True, grids: Sequence[Grid] | None = None
) -> Report:
    """Recognise, bind, check and report with a loaded pack; ``grids`` are the sheets as recognition sees them."""
    recognition = recognise(book, forms_of(pack), grids)
    if not recognition.tables:
        raise WorkbookError(
            f"{book.name}：没有找到任何标准决算表（规则包 {pack.id}）。"
            f"{_why(recognition.unknown)}请确认打开的是决算公开表。",
            f"{book.name}: no standard table was found (pack {pack.id}). Make sure that this is a 决算 workbook.",
        )
    money = MONEY_UNITS[pack.unit].exponent
    binding = bind(pack, recognition, _parameters(pack, params))
    judged = check(binding.open, money, Rounding(pack.rounding))
    return compose(book, pack, recognition, binding, judged, money, details=details)


def forms_of(pack: Pack) -> Forms:
    """What recognition needs of a pack."""
    return Forms(pack.tables, pack.codes, pack.unit, pack.figures == "显示")


def _why(unknown: Sequence[UnknownRegion]) -> str:
    reasons = [f"{region.sheet}：{region.chinese}" for region in unknown[:3]]
    return "；".join(reasons) + "。" if reasons else ""


def _parameters(pack: Pack, given: Mapping[str, str]) -> dict[str, Decimal | str]:
    params: dict[str, Decimal | str] = dict(pack.params)
    if pack.year is not None:
        params["年度"] = Decimal(pack.year)
    for name, text in given.items():
        if name not in params:
            known = "、".join(params)
            raise GoujiError(f"没有名为“{name}”的参数（有 {known}）", f"there is no parameter {name} (known: {known})")
        try:
            params[name] = Decimal(text)
        except InvalidOperation:
            params[name] = text
    return params
