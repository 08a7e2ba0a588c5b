"""From workbooks to a draft: this year's tables, last year's when given, by the template of the pack that fits."""

from __future__ import annotations

from pathlib import Path

from gouji.drafting.draft import Draft, draft_text
from gouji.drafting.figures import Figures
from gouji.errors import WorkbookError
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.packs.choosing import choose
from gouji.packs.drafts import load_draft
from gouji.packs.load import held_pack
from gouji.packs.model import Pack
from gouji.sheet import Book
from gouji.tables.model import Recognition
from gouji.tables.recognise import recognise


def draft_workbook(workbook: Path, last_year: Path | None = None, *, pack: str | None = None) -> Draft:
    """The 情况说明 of a workbook. Raises as ``flow.validate`` does; ``GoujiError`` when the pack has no template."""
    own, recognition = _recognised(read_package(workbook), pack)
    template = load_draft(own.id if pack is None else pack)
    this = Figures(own, recognition, template.figures)
    if last_year is None:
        return draft_text(template, this)
    before, listed = _recognised(read_package(last_year), None)
    return draft_text(template, this, Figures(before, listed, template.figures))


def _recognised(book: Book, pack_id: str | None) -> tuple[Pack, Recognition]:
    pack = held_pack(choose(book).pack if pack_id is None else pack_id)
    recognition = recognise(book, forms_of(pack))
    if not recognition.tables:
        raise WorkbookError(
            f"{book.name}：没有找到任何标准决算表，不能起草。请确认打开的是决算公开表。",
            f"{book.name}: no standard table was found to write from. Make sure that this is a 决算 workbook.",
        )
    return pack, recognition
