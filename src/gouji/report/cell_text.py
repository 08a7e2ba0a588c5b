"""What a figure's cell prints, as messages repeat it: a figure, a dash, nothing, an amount in a unit of its own."""

from __future__ import annotations

from gouji import number_format
from gouji.binding.bound import Term
from gouji.figures import MONEY_UNITS
from gouji.labels import visible
from gouji.sheet import CellKind
from gouji.tables.model import Spoken


def printed_in(term: Term) -> str:
    """``1,899.0``; a dash as it is, "" for a blank cell."""
    blank = None if term.figure.digits else _blank(term)
    return term.figure.printed() if blank is None else blank


def own_unit(term: Term) -> str:
    """The unit of an amount in a text, or in another than its form (``3972元``, or 元 shown as 万元); else nothing."""
    unit = term.figure.unit.name
    if isinstance(term.cell, Spoken):
        return f" {unit}" if unit in MONEY_UNITS else ""
    is_other = unit in MONEY_UNITS and unit != term.section.unit.name
    return unit if is_other and (_prints(term, unit) or _shown(term)) else ""


def said_to_print(term: Term) -> tuple[str, str]:
    """``列示 1,899.0``, ``列示 1899.0万元（存的是 18,990,000元）``, ``列示“—”``, ``空白``, in Chinese and English."""
    if term.figure.digits:
        text, shown = term.figure.printed() + own_unit(term), _shown(term)
        if shown:
            return f"列示 {shown}（存的是 {text}）", f"printed {shown} (stored as {text})"
        return f"列示 {text}", f"printed {text}"
    blank = _blank(term)
    if blank is None:
        return f"列示 {term.figure.printed()}", f"printed {term.figure.printed()}"
    return (f"列示“{blank}”", f"printed “{blank}”") if blank else ("空白", "blank")


def advice_on_unit(term: Term) -> tuple[str, str]:
    """What to do about an amount in a unit of its own, in Chinese and English; "" where there is none."""
    own, usual = own_unit(term), term.section.unit.name
    if not own or isinstance(term.cell, Spoken) or _shown(term):
        return "", ""
    return (
        f"此格写明是{own}，全表是{usual}；若数本是{usual}，请去掉格里的“{own}”。",
        f"This cell says {own}, its form is in {usual}; if the number is in {usual}, take {own} out of the cell.",
    )


def _blank(term: Term) -> str | None:
    """The dash of a cell without a number, "" for nothing at all, ``None`` where a number is printed."""
    if isinstance(term.cell, Spoken):
        return None
    cell = term.table.sheet.at(term.cell)
    if cell is None:
        return ""
    if cell.kind is not CellKind.TEXT or any(letter.isdigit() for letter in cell.text):
        return None
    return visible(cell.text) and cell.text.strip()


def _prints(term: Term, unit: str) -> bool:
    cell = term.table.sheet.at(term.cell)
    return cell is not None and cell.kind is CellKind.TEXT and visible(cell.text).endswith(unit)


def _shown(term: Term) -> str:
    """What a cell shows, where its format scales another unit into that of the form: ``1899.0万元``; else nothing."""
    if isinstance(term.cell, Spoken) or term.figure.unit == (usual := term.section.unit):
        return ""
    cell = term.table.sheet.at(term.cell)
    is_scaled = cell is not None and cell.kind is CellKind.NUMBER and number_format.scale(cell.number_format)
    return number_format.printed(cell.text, cell.number_format) + usual.name if cell is not None and is_scaled else ""
