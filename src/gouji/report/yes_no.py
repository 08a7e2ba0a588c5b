"""What is said of a relation of texts, dates, names or choices: what is printed, what should be."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.binding.bound import (
    Applied,
    Bound,
    Compared,
    Constant,
    Instance,
    Single,
    Term,
    Truth,
    Words,
    cells_of,
    leaves,
    terms_of,
)
from gouji.language.ast import Call, Compare, Comparison, Label, Reference
from gouji.language.functions import TEXTS
from gouji.language.unparse import unparse_place
from gouji.language.walking import references
from gouji.report.cell_text import said_to_print
from gouji.report.wording import BOUNDS, Sentence, form_of, label_of, side
from gouji.sheet import CellRef

_LONGEST = 24
_BOTH_OR_NEITHER = Sentence("应当同时有数，或者同时没有", "both must have an amount, or neither")
_ALIKE = Sentence("两处应当相同", "both should be the same")


def yes_no(instance: Instance, judged: Term | None, label: str) -> Sentence:
    """``原因空白；应填写原因``: the cells that condition and relation read, then what should be.

    ``label`` is said before it: a cell that prints just that is left out.
    """
    facts = _facts(instance, label)
    should = _should(instance, judged)
    return Sentence(
        "；".join(filter(None, ("，".join(fact.chinese for fact in facts), should.chinese))),
        "; ".join(filter(None, (", ".join(fact.english for fact in facts), should.english))),
    )


def _facts(instance: Instance, label: str) -> list[Sentence]:
    """What the cells print, as they stand on the form, each once; then what was found out about them."""
    printed: dict[CellRef, Sentence] = {}
    found: list[Sentence] = []
    for bound in (instance.relation, instance.when):
        for leaf in () if bound is None else leaves(bound):
            if isinstance(leaf, Term):
                printed.setdefault(leaf.cell, _figure(instance, leaf))
            elif isinstance(leaf, Truth):
                printed |= {cell: _cell(instance, cell, "") for cell in leaf.cells}
                found += [Sentence(*leaf.said)] if bound is instance.relation else []
            else:
                text = leaf.text if isinstance(leaf, Words) else leaf.printed
                printed |= {cell: _cell(instance, cell, text) for cell in cells_of(leaf)}
    for cell in _condition_cells(instance):
        printed.setdefault(cell, _cell(instance, cell, ""))
    own = instance.table.sheet.name
    ordered = sorted(printed, key=lambda cell: (cell.sheet != own, cell))
    return [*(printed[cell] for cell in ordered if f"“{label}”" not in printed[cell].chinese), *found]


def _condition_cells(instance: Instance) -> Iterator[CellRef]:
    """The cells of the instance's own line that the rule's condition names."""
    when, section, line = instance.rule.when, instance.section, instance.line
    if when is None or section is None or line is None:
        return
    for reference, _ in references(when.expression):
        step = reference.place.axes[-1].start.steps[-1]
        place = section.place(line, step.name) if isinstance(step, Label) else None
        if reference.table is None and place is not None:
            yield instance.table.ref(place)


def _figure(instance: Instance, term: Term) -> Sentence:
    name, (chinese, english) = _name(instance, term), said_to_print(term)
    return Sentence(f"{name}{chinese}", f"{name} {english}")


def _name(instance: Instance, term: Term) -> str:
    if term.table is not instance.table:
        return f"{form_of(term)} {label_of(term)}"
    return term.column if term.line is instance.line else label_of(term)


def _cell(instance: Instance, cell: CellRef, text: str) -> Sentence:
    """``目标“≥15次”``, ``原因空白``; a cell of another sheet by its place."""
    table = instance.table
    if cell.sheet != table.sheet.name:
        return Sentence(f"{cell} 是“{text}”", f"{cell} is “{text}”")
    name = _called(instance, cell)
    there = table.sheet.at(cell)
    if name in table.fields:
        text = table.fields[name][0]
    elif there is not None:
        text = there.text.strip()
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return Sentence(f"{name}“{shown}”", f"{name} “{shown}”") if text else Sentence(f"{name}空白", f"{name} is blank")


def _called(instance: Instance, cell: CellRef) -> str:
    """The column or field that a cell of the instance's own table is."""
    table, place = instance.table, (cell.row, cell.column)
    for name, (_, address) in table.fields.items():
        if tuple(address) == place:
            return name
    for section in table.sections:
        for line in section.lines:
            for name in section.columns if line.row == cell.row else ():
                if section.place(line, name) == place:
                    return name if line is instance.line else f"{line.label}·{name}"
    return cell.address


def _should(instance: Instance, judged: Term | None) -> Sentence:
    written = instance.formula.expression
    call = written.left if isinstance(written, Compare) else None
    if isinstance(call, Call) and call.name == "COUNTIF":
        return _count_should(call, instance.relation)
    said = _required(instance, instance.relation, judged)
    if isinstance(call, Call) and call.name in TEXTS:
        return Sentence(call.name + said.chinese, f"{call.name}: {said.english}")
    return said


def _count_should(count: Call, relation: Bound) -> Sentence:
    among = count.arguments[0]
    place = f"{among.table or ''}的{unparse_place(among.place)}" if isinstance(among, Reference) else "各处"
    match relation:
        case Compared("=", Constant(_, found), Constant(_, wanted)):
            return Sentence(
                f"{place}与它相同的有 {found} 处，应有 {wanted} 处",
                f"{found} of {place} are the same, it should be {wanted}",
            )
    return Sentence("", "")


def _required(instance: Instance, relation: Bound, judged: Term | None) -> Sentence:
    """What would make the relation hold."""
    match relation:
        case Compared("<>", Words(_, cell), Words("", None)) if cell is not None:
            name = _called(instance, cell)
            return Sentence(f"应填写{name}", f"{name} must be filled in")
        case Compared("=", Words() | Constant(), Words() | Constant()) if all(cells_of(one) for one in relation[1:]):
            return _ALIKE
        case Compared("=", Words(text), Words(wanted)):
            return Sentence(f"“{text}”应为“{wanted}”", f"“{text}” should be “{wanted}”")
        case Compared("<>", Words(), Words(wanted)):
            return Sentence(f"不应是“{wanted}”", f"it should not be “{wanted}”")
        case Compared("=", Compared(">", _, Constant(_, "0")), Compared(">", _, Constant(_, "0"))):
            return _BOTH_OR_NEITHER
        case Compared("=", Compared("=", Words(), Words(one)), Compared("=", Words(), Words(other))):
            return Sentence(f"“{one}”与“{other}”应当同时出现", f"“{one}” goes with “{other}”, and only with it")
        case Applied("OR", arguments):
            ways = [_required(instance, each, judged) for each in arguments]
            return Sentence(
                "或者".join(f"{way.chinese}，" for way in ways).rstrip("，"), ", or ".join(way.english for way in ways)
            )
        case Compared(comparison, left, right):
            return _comparison(comparison, left, right, judged)
    return Sentence("", "")


def _comparison(comparison: Comparison, left: Bound, right: Bound, judged: Term | None) -> Sentence:
    first = next(iter(terms_of(left)), judged)
    if first is None:
        return Sentence("", "")
    a = Sentence(first.column, first.column) if isinstance(left, Single) else side(left, first)
    b, word = side(right, first), BOUNDS[comparison]
    return Sentence(f"{a.chinese}{word.chinese}{b.chinese}", f"{a.english} {word.english} {b.english}")
