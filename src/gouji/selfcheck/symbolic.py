"""Rules over lines that are typed later: references become look-ups by code or name, 下级 the lines below a code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from gouji.binding.columns import columns
from gouji.binding.rows import rows as named_rows
from gouji.figures import decimal_text
from gouji.labels import squeezed
from gouji.language.ast import Binary, Call, Compare, Each, Expression, Number, Parameter, Path, Reference
from gouji.language.walking import references
from gouji.selfcheck.amounts import Amount, below, children, compared, looked_up, of_area, of_cell
from gouji.selfcheck.spots import (
    NoLiveForm,
    Spot,
    column_of,
    fixed_line,
    is_left_out,
    is_preset,
    key_of,
    key_text,
    levels_of,
    parts_of,
)
from gouji.selfcheck.trial import RATE_PLACES, SCORE_PLACES, OpenRows, quoted
from gouji.sheet import Address
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition
from gouji.tables.model import Line, Section, Table


def formula_of(check: Expression, when: Expression | None, spot: Spot) -> str:
    """The check as a formula without its ``=``: TRUE where it holds or is not formed, "" where nothing is to be asked.

    Raises ``NoLiveForm``.
    """
    text = _truth(check, spot)
    if when is not None:
        text = f"IF({_truth(when, spot)},{text},TRUE)"
    if filled := list(dict.fromkeys(each for node, _ in references(check) for each in _filled_in(node, spot))):
        text = f"IF(AND({','.join(filled)}),{text},TRUE)"
    own = spot.open
    if own is not None and spot.at.line is not None:
        text = f'IF({own.cell(spot.at.line.row, own.key)}="","",{text})'
    return text


def _truth(node: Expression, spot: Spot) -> str:
    match node:
        case Compare("<>", Reference() as reference, Number(value)) if not value:
            return f"{_amount(reference, spot).text}<>0"
        case Compare("=", Reference() as one, Call("AVERAGE", (Reference() as members,))):
            return _mean(one, members, spot)
        case Compare("=" | "<=" | ">=" as comparison, left, right):
            places = _places(node, spot)
            formed = _formed(node, spot)
            text = compared(comparison, _amount(left, spot), _amount(right, spot), places)
            return f"IF({formed},{text},TRUE)" if formed else text
        case Call("有", (Reference() as reference,)):
            return _printed(reference, spot)
    raise NoLiveForm


def _filled_in(node: Reference, spot: Spot) -> Iterator[str]:
    """That the figures of a reference are there, where an empty cell is no figure; that a project is listed."""
    if is_left_out(node, spot):
        return
    table, path, column_path = parts_of(node, spot)
    if any(isinstance(step, Each) for step in path.steps):
        own, column = _set(node, spot)
        if column.blank == "无":
            yield f"COUNT({own.area(column.name)})>0"
        return
    key = key_of(path, spot)
    for section in table.sections:
        line = spot.at.line if spot.at.names.uses(path).is_this_row and table is spot.at.table else None
        line = line or fixed_line(section, key, spot)
        own_rows = spot.trial.open.get(id(section))
        if line is None and own_rows is not None and spot.at.names.uses(path).sheet:
            area = own_rows.area(column_of(section, column_path, spot.at).name)
            yield f"SUMPRODUCT(({own_rows.area(own_rows.key)}={key_text(path, key, spot)})*ISNUMBER({area}))>0"
        elif line is not None and _named(section, column_path, spot) and _blank_is_nothing(section, column_path, spot):
            place = section.place(line, column_of(section, column_path, spot.at).name)
            if place is not None and not is_preset(table, place):
                yield f"COUNT({quoted(table.sheet.name)}{Address(*place)})>0"


def _named(section: Section, path: Path | None, spot: Spot) -> bool:
    return path is None or columns(section, path, spot.at) is not None


def _blank_is_nothing(section: Section, path: Path | None, spot: Spot) -> bool:
    return column_of(section, path, spot.at).blank == "无"


def _mean(one: Reference, members: Reference, spot: Spot) -> str:
    """``均分 = AVERAGE(…)``: the mean times how many there are is their sum."""
    own, opened, column = _amount(one, spot), *_set(members, spot)
    area = opened.area(column.name)
    number = f"COUNT({area})"
    times = Amount(f"{own.text}*{number}", tuple(f"{number}*{each}" for each in own.counts))
    return f"IF({number}=0,TRUE,{compared('=', times, of_area(area, rounded=True), SCORE_PLACES)})"


def _amount(node: Expression, spot: Spot) -> Amount:
    match node:
        case Reference() if is_left_out(node, spot):
            return Amount("0")
        case Reference():
            return _referred(node, spot)
        case Binary("+" | "-" as sign, left, right):
            return _amount(left, spot).plus(_amount(right, spot), sign)
        case Call("SUM", (Reference() as members,)):
            return _sum(members, spot)
        case Number(value):
            return Amount(str(value))
        case Parameter(name):
            given = spot.trial.pack.params.get(name)
            if isinstance(given, Decimal):
                return Amount(str(given))
    raise NoLiveForm


def _referred(node: Reference, spot: Spot) -> Amount:
    table, path, column_path = parts_of(node, spot)
    at = spot.at
    if any(isinstance(step, Each) for step in path.steps):
        return _sum(node, spot)
    if table is at.table and at.names.uses(path).is_this_row:
        assert at.line is not None
        assert at.section is not None
        return _cell(at.table, at.section, at.line, column_of(at.section, column_path, at))
    key = key_of(path, spot)
    for section in table.sections:
        line = fixed_line(section, key, spot)
        if line is not None:
            return _cell(table, section, line, column_of(section, column_path, at))
        own = spot.trial.open.get(id(section))
        if own is not None:
            levels = levels_of(section, spot)
            if levels or at.names.uses(path).sheet:
                column = column_of(section, column_path, at)
                return _in_scale(looked_up(own, column.name, key_text(path, key, spot), levels), column)
    raise NoLiveForm


def _cell(table: Table, section: Section, line: Line, column: ColumnDefinition) -> Amount:
    place = section.place(line, column.name)
    if place is None or column.type not in FIGURE_TYPES:
        raise NoLiveForm
    exact = column.exact or (line.definition is not None and line.definition.exact)
    figure = table.values[place].figure
    if figure is not None and is_preset(table, place):
        return Amount(decimal_text(figure.value))
    return _in_scale(of_cell(f"{quoted(table.sheet.name)}{Address(*place)}", rounded=not exact), column)


def _in_scale(amount: Amount, column: ColumnDefinition) -> Amount:
    """A rate as a share of 1: under a heading with % it is typed as a number of percents."""
    if column.type == "比率" and "%" in squeezed(column.labels[0]):
        return amount._replace(text=f"({amount.text})/100")
    return amount


def _sum(node: Reference, spot: Spot) -> Amount:
    own, column = _set(node, spot)
    _, path, _ = parts_of(node, spot)
    if path.steps[-1] == Each("下级"):
        levels = levels_of(own.section, spot)
        return children(own, column.name, _above(path, own, spot), levels) if levels else of_area(
            own.area(column.name), rounded=not column.exact)
    return of_area(own.area(column.name), rounded=not column.exact)


def _set(node: Reference, spot: Spot) -> tuple[OpenRows, ColumnDefinition]:
    """The open rows and the column that a set is made of: all lines, or those below one."""
    table, path, column_path = parts_of(node, spot)
    last = path.steps[-1]
    found = named_rows(table, path, spot.at) if isinstance(last, Each) else None
    sections = [section for section, _ in found.found] if found is not None else []
    if last == Each("下级") and spot.open is not None:
        sections = [spot.open.section]
    own = spot.trial.open.get(id(sections[0])) if sections else None
    if own is None or found is None or any(section is not own.section for section in sections):
        raise NoLiveForm
    if last != Each("下级") and len(path.steps) > 1:  # the lines beside one merged cell
        rows = sorted(line.row for _, line in found.found)
        if len(rows) != rows[-1] - rows[0] + 1:
            raise NoLiveForm
        own = replace(own, top=rows[0], bottom=rows[-1])
    return own, column_of(own.section, column_path, spot.at)


def _above(path: Path, own: OpenRows, spot: Spot) -> str:
    """The code whose children are meant: of this line, or "" for a total of all."""
    if spot.open is not None and spot.at.names.uses(Path(path.steps[:-1])).is_this_row:
        assert spot.at.line is not None
        return own.cell(spot.at.line.row, own.key)
    return '""'


def _formed(node: Expression, spot: Spot) -> str:
    """The condition on which a sum of children is formed at all, "" where it always is."""
    for part in (node.left, node.right) if isinstance(node, Compare) else ():
        if isinstance(part, Call) and isinstance(part.arguments[0], Reference):
            own, _ = _set(part.arguments[0], spot)
            _, path, _ = parts_of(part.arguments[0], spot)
            levels = levels_of(own.section, spot)
            if path.steps[-1] == Each("下级"):
                keys = own.area(own.key)
                return f"SUMPRODUCT({below(own, _above(path, own, spot), levels)})>0" if levels else f"COUNTA({keys})>0"
    return ""


def _printed(node: Reference, spot: Spot) -> str:
    """有(表[本行]): whether another form prints the line."""
    table, path, _ = parts_of(node, spot)
    key = key_text(path, key_of(path, spot), spot)
    for section in table.sections:
        own = spot.trial.open.get(id(section))
        if own is not None:
            levels = levels_of(section, spot)
            own_line = f"COUNTIF({own.area(own.key)},{key})>0"
            return f"OR({own_line},SUMPRODUCT({below(own, key, levels)})>0)" if levels else own_line
    raise NoLiveForm


def _places(node: Compare, spot: Spot) -> int:
    """The decimals of the figures compared; only amounts, or only scores, in one unit."""
    kinds = {kind for side in (node.left, node.right) for kind in _kinds(side, spot)}
    if kinds == {"金额"}:
        return spot.decimals
    if kinds == {"分"}:
        return SCORE_PLACES
    if kinds == {"比率"}:
        return RATE_PLACES + 2
    raise NoLiveForm


def _kinds(node: Expression, spot: Spot) -> set[str]:
    match node:
        case Reference() if is_left_out(node, spot):
            return set()
        case Reference():
            table, path, column_path = parts_of(node, spot)
            found = named_rows(table, path, spot.at)
            sections = [section for section, _ in found.found] if found is not None else []
            if found is not None and found.absent is not None:
                sections = [found.absent.section]
            return {column_of(section, column_path, spot.at).type for section in sections or table.sections[:1]}
        case Binary(left=left, right=right):
            return _kinds(left, spot) | _kinds(right, spot)
        case Call(arguments=arguments):
            return set().union(*(_kinds(argument, spot) for argument in arguments))
    return set()
