"""The whole flow on one workbook: read → recognise → bind → check → report."""

from __future__ import annotations

from collections.abc import Mapping
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
from gouji.tables.recognise import Forms, recognise, titles_printed


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
    chosen = held_pack(pack) if pack is not None else best_pack(book)
    return judge_book(book, chosen, params or {}, details=details)


def judge_book(book: Book, pack: Pack, params: Mapping[str, str], *, details: bool = True) -> Report:
    """Recognise, bind, check and report with a loaded pack."""
    recognition = recognise(book, forms_of(pack))
    if not recognition.tables:
        raise WorkbookError(
            f"{book.name}：没有找到任何标准决算表（规则包 {pack.id}）。"
            f"{_why(recognition.unknown)}请确认打开的是决算公开表。",
            f"{book.name}: no standard table was found (pack {pack.id}). Make sure that this is a 决算 workbook.",
        )
    money = MONEY_UNITS[pack.unit].exponent
    binding = bind(pack, recognition, _parameters(pack, params))
    judged = check(binding.instances, money, Rounding(pack.rounding))
    return compose(book, pack, recognition, judged, binding.missed, money, details=details)


def forms_of(pack: Pack) -> Forms:
    """What recognition needs of a pack."""
    return Forms(pack.tables, pack.codes, pack.unit, pack.figures == "显示")


def best_pack(book: Book) -> Pack:
    """The pack that knows most of the titles printed in ``book``; of several the most general."""
    from gouji.packs.locations import available_packs

    packs = [held_pack(pack_id) for pack_id in available_packs()]
    printed = titles_printed(book, [pack.tables.values() for pack in packs])
    best = max(range(len(packs)), key=lambda number: (printed[number], -len(packs[number].lineage)))
    return packs[best]


def _why(unknown: tuple[tuple[str, str, str], ...]) -> str:
    reasons = [f"{sheet}：{reason}" for sheet, reason, _ in unknown[:3]]
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
