"""Rules out of merged nodes: the schema of ``rules/*.yaml``; formulas, places and examples parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast, get_args

from gouji.language.ast import Formula, Reference
from gouji.language.errors import FormulaError
from gouji.language.parse import parse_formula, parse_place
from gouji.language.spelling import nearest
from gouji.packs.keys import CAUSE, RULE, SEVERITY_WORDS
from gouji.packs.model import OUTCOMES, Case, CaseCell, Cause, Origin, PlaceFormula, Rule, Severity
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import QUOTE_HINT, ListNode, MapNode, Node, ScalarNode

_SEVERITIES: dict[str, Severity] = dict(zip(SEVERITY_WORDS, get_args(Severity), strict=True))
_Parsed = TypeVar("_Parsed")


def read_rule(
    reader: Reader, node: MapNode, tables: tuple[str, ...], packs: Mapping[str, str], overrides: tuple[str, ...]
) -> Rule:
    """The rule ``node`` writes; problems go to the reader. ``packs`` maps the names of folders to pack ids."""
    reader.known_keys(node, RULE.names)
    return Rule(
        id=reader.text(node.get("id")),
        name=reader.text(reader.required(node, "name", ("（用一句话说这条关系）", " (the relation in words)"))),
        basis=reader.text(reader.required(node, "basis", ("（政策依据）", " (the grounds)"))),
        tables=_tables(reader, node, tables),
        checks=_formulas(reader, reader.required(node, "check", ("（核对的公式）", " (the formula)"))),
        places=next(iter(_places(reader, node.get("for"))), None),
        excepts=_places(reader, node.get("except")),
        when=next(iter(_formulas(reader, node.get("when"))), None),
        severity=_SEVERITIES[reader.word(node.get("severity"), _SEVERITIES, "错误")],
        causes=_causes(reader, node.get("causes")),
        advice=reader.text(node.get("advice")),
        since=reader.whole(node.get("since")),
        until=reader.whole(node.get("until")),
        locked=reader.flag(node.get("locked")),
        cases=_cases(reader, reader.mapping(node.get("examples")), packs),
        origin=_origin(node, packs),
        overrides=overrides,
    )


def _tables(reader: Reader, node: MapNode, tables: tuple[str, ...]) -> tuple[str, ...]:
    required = reader.required(node, "table", ("（规则所在的表）", " (where the rule stands)"))
    names = reader.scalars(required)
    for scalar in names:
        if scalar.text not in tables:
            guess = nearest(scalar.text, tables)
            hint_zh, hint_en = (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("", "")
            reader.problem(scalar, f"没有表 {scalar.text}{hint_zh}", f"there is no table {scalar.text}{hint_en}")
    return tuple(scalar.text for scalar in names)


def _formulas(reader: Reader, node: Node | None) -> tuple[Formula, ...]:
    found = []
    bare = isinstance(node, ListNode) and node.flow
    for scalar in reader.scalars(node):
        if bare and scalar.plain:
            reader.problem(cast(Node, node), *QUOTE_HINT)
            break
        expression = _parsed(reader, scalar, parse_formula)
        if expression is not None:
            found.append(Formula(scalar.text, expression, scalar.line, scalar.column))
    return tuple(found)


def _places(reader: Reader, node: Node | None) -> tuple[PlaceFormula, ...]:
    found = []
    for scalar in reader.scalars(node):
        place = _parsed(reader, scalar, parse_place)
        if place is not None:
            found.append(PlaceFormula(scalar.text, place))
    return tuple(found)


def _parsed(reader: Reader, scalar: ScalarNode, parse: Callable[[str], _Parsed]) -> _Parsed | None:
    try:
        return parse(scalar.text)
    except FormulaError as error:
        shift = 0 if "\n" in scalar.text else error.column - 1
        reader.problem(scalar, error.chinese, error.english, shift)
        return None


def _causes(reader: Reader, node: Node | None) -> tuple[Cause, ...]:
    found = []
    for mapping in reader.maps(node):
        reader.known_keys(mapping, CAUSE.names)
        conditions = _formulas(reader, reader.required(mapping, "if"))
        say = reader.text(reader.required(mapping, "say"))
        if conditions and say:
            found.append(Cause(conditions[0], say))
    return tuple(found)


def _cases(reader: Reader, node: MapNode | None, packs: Mapping[str, str]) -> tuple[Case, ...]:
    if node is None:
        return ()
    reader.known_keys(node, OUTCOMES)
    found = []
    for outcome in OUTCOMES:
        for mapping in reader.maps(node.get(outcome)):
            cells = tuple(cell for name in mapping.entries if (cell := _case_cell(reader, mapping, name)))
            found.append(Case(outcome, cells, _origin(mapping, packs)))
    return tuple(found)


def _case_cell(reader: Reader, mapping: MapNode, name: str) -> CaseCell | None:
    entry = mapping.entries[name]
    printed = reader.text(entry.value)
    if not name.endswith("]"):
        place = _parsed(reader, entry.key, parse_place)
        return CaseCell(None, place, name, printed) if place else None
    expression = _parsed(reader, entry.key, parse_formula)
    if isinstance(expression, Reference):
        table = ".".join(part for part in (expression.book, expression.table) if part) or None
        return CaseCell(table, expression.place, name, printed)
    if expression is not None:
        reader.problem(
            entry.key, "例子的键应是一个位置，如 支出表[201, 本年支出合计]", "an example's key is one place"
        )
    return None


def _origin(node: Node, packs: Mapping[str, str]) -> Origin:
    folder, _, file = node.file.partition("/")
    return Origin(packs.get(folder, folder), file, node.line)
