"""``lint``: what can be said about a pack's rules without a workbook.

Every reference is resolved against the definitions, kinds of figures are compared, examples are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gouji.errors import Problem
from gouji.labels import normalised
from gouji.language.ast import (
    Call,
    Compare,
    Each,
    Expression,
    Formula,
    Here,
    Parameter,
    Place,
    Reference,
    Step,
)
from gouji.language.functions import ADDRESS, SET_FUNCTIONS, TRUTHS, no_address
from gouji.language.spelling import nearest
from gouji.language.walking import parts, references
from gouji.packs.cache import digest
from gouji.packs.consequences import at_their_cause
from gouji.packs.figure_kinds import referred, type_faults
from gouji.packs.loading import chain_of, draft_pack
from gouji.packs.locations import PackFiles, find_pack, read_lineage
from gouji.packs.loose import loose_figures
from gouji.packs.model import OUTCOMES, Case, Pack, Rule
from gouji.packs.names import Fault, Form, Meaning, meaning
from gouji.packs.shapes import rounding_matters, shape_faults

OTHER_BOOKS = ("上年", "所属单位")


def lint(pack: Pack) -> list[Problem]:
    """Every problem of every rule, by file and line; an empty list is a clean pack."""
    return _in_order(problem for rule in pack.rules for problem in _rule_problems(pack, rule))


def lint_files(pack_id: str | Path) -> tuple[Pack, list[Problem]]:
    """A pack as far as its files can be understood, and every problem of files, definitions and rules at once.

    ``PackError`` when there is no such pack.
    """
    lineage = read_lineage(find_pack(pack_id))
    draft = draft_pack(lineage, digest(lineage)[:12])
    problems = [*draft.problems, *lint(draft.pack)]
    if len(lineage) > 1:
        above = draft_pack(lineage[:-1])
        if any(not problem.file.startswith(f"{lineage[-1].name}/") for problem in problems):
            problems = _at_their_cause(lineage, problems, [*above.problems, *lint(above.pack)])
        problems += loose_figures(above.pack, draft.pack, chain_of(lineage))
    return draft.pack, _in_order(problems)


def told_at_their_cause(pack_id: str | Path, problems: Sequence[Problem]) -> list[Problem]:
    """Problems that show once the rules stand on forms, those of inherited rules where the pack brought them about."""
    lineage = read_lineage(find_pack(pack_id))
    return _at_their_cause(lineage, problems, ()) if len(lineage) > 1 else list(problems)


def _at_their_cause(
    lineage: tuple[PackFiles, ...], problems: Sequence[Problem], inherited: Sequence[Problem]
) -> list[Problem]:
    return at_their_cause(problems, inherited, chain_of(lineage), lineage[-1].name)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda each: (each.file, each.line, each.column))


def _rule_problems(pack: Pack, rule: Rule) -> Iterator[Problem]:
    if not rule.checks or not set(rule.tables) <= pack.tables.keys():
        return  # said when the rule was read
    for formula in _formulas(rule):
        for fault in _formula_faults(pack, rule, formula):
            yield _problem(rule, fault, formula)
    for fault in _place_faults(pack, rule):
        yield _problem(rule, fault)
    for case in rule.cases:
        if case.origin.pack == pack.id:
            yield from _case_problems(pack, rule, case)
    for fault in (*_missing_examples(pack, rule), *_year_faults(pack, rule)):
        yield _problem(rule, fault)


def _formulas(rule: Rule) -> Iterator[Formula]:
    yield from rule.checks
    if rule.when:
        yield rule.when
    for cause in rule.causes:
        yield cause.condition


def _problem(rule: Rule, fault: Fault, formula: Formula | None = None) -> Problem:
    """A fault at its place in the file; an inherited formula is shown at the rule that changed it."""
    origin = rule.origin
    line, column = origin.line, 1
    if formula and formula.line and not rule.overrides:
        line, column = formula.line, formula.column + max(fault.column, 1) - 1
    return Problem(
        f"{origin.pack}/{origin.file}", line, column,
        f"{rule.id}：{fault.chinese}", f"{rule.id}: {fault.english}",
    )


def _formula_faults(pack: Pack, rule: Rule, formula: Formula) -> Iterator[Fault]:
    expression = formula.expression
    if not _is_relation(expression):
        yield Fault(
            1, "这里应是一个关系：用 = <= >= 比较两边", "expected a relation: compare two sides with = <= >="
        )
    for part in parts(expression):
        if isinstance(part, Reference):
            yield from _here_faults(pack, rule, part.place, part.table or rule.tables[0])
        if isinstance(part, Parameter):
            yield from _parameter_faults(pack, rule, expression, part)
    for table in rule.tables:
        faults = list(_reference_faults(pack, table, expression))
        yield from faults
        if not faults:
            yield from type_faults(pack, table, expression)
            yield from shape_faults(pack, table, expression)


def _is_relation(expression: Expression) -> bool:
    return isinstance(expression, Compare) or (isinstance(expression, Call) and expression.name in TRUTHS)


def _steps(place: Place) -> Iterator[Step]:
    for axis in place.axes:
        for path in (axis.start, axis.end):
            if path is not None:
                yield from path.steps


def _here_faults(pack: Pack, rule: Rule, place: Place, table: str) -> Iterator[Fault]:
    for step in _steps(place):
        if not isinstance(step, Here):
            continue
        if step.word == "本表":
            if not any(pack.tables[name].many for name in rule.tables):
                name = rule.tables[0]
                yield Fault(step.column, f"{name} 没有 many，不能写 本表", f"{name} has no many: no 本表")
        elif rule.places is None:
            yield Fault(step.column, f"写了 {step.word}，规则却没有 for", f"{step.word} without for")
        elif step.word == "本栏" and len(rule.places.place.axes) == 1:
            yield Fault(step.column, "for 里没有栏，不能写 本栏", "for names no columns: no 本栏")


def _parameter_faults(pack: Pack, rule: Rule, expression: Expression, part: Parameter) -> Iterator[Fault]:
    asked = {
        argument.column
        for call in parts(expression) if isinstance(call, Call) and call.name == "有"
        for argument in call.arguments if isinstance(argument, Parameter)
    }
    known = (*pack.tables, *OTHER_BOOKS) if part.column in asked else tuple(pack.params)
    if part.name in known:
        return
    if ADDRESS.fullmatch(part.name):
        yield Fault(part.column, *no_address(part.name))
    elif _is_printed(pack, rule, part.name):
        yield Fault(part.column, f"表上的数写在方括号里：[{part.name}]", f"write a figure in brackets: [{part.name}]")
    else:
        yield _no(part.name, part.column, known, "名字", "name")


def _is_printed(pack: Pack, rule: Rule, name: str) -> bool:
    """Whether a row or column of the rule's forms has the name."""
    sections = [section for table in rule.tables for section in pack.tables[table].sections]
    rows = {row.name for section in sections for row in section.rows}
    return name in rows or name in {column.name for section in sections for column in section.columns}


def _no(name: str, column: int, known: tuple[str, ...], chinese: str, english: str) -> Fault:
    guess = nearest(name, known)
    hint_zh, hint_en = (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("", "")
    return Fault(column, f"没有{chinese} {name}{hint_zh}", f"no {english} {name}{hint_en}")


def _no_table(pack: Pack, name: str, column: int) -> Fault:
    """There is no table of that name; a printed title has one."""
    titled = {normalised(title): table.name for table in pack.tables.values() for title in table.titles}
    known = titled.get(normalised(name))
    if known:
        return Fault(column, f"{name} 是标题，规则里叫它 {known}", f"{name} is a title; rules call it {known}")
    return _no(name, column, tuple(pack.tables), "表", "table")


def _reference_faults(pack: Pack, table: str, expression: Expression) -> Iterator[Fault]:
    for reference, call in references(expression):
        if reference.table and reference.table not in pack.tables:
            yield _no_table(pack, reference.table, reference.column)
            continue
        if reference.book and reference.book not in OTHER_BOOKS:
            yield _no(reference.book, reference.column, OTHER_BOOKS, "工作簿", "workbook")
        found = referred(pack, table, reference, call)
        if isinstance(found, Fault):
            yield found
            continue
        yield from found.advice
        if found.is_set and call not in SET_FUNCTIONS:
            yield Fault(
                reference.column,
                "这里要一个数，却是一组数；用 SUM 等函数", "one figure is needed here, not a set: use SUM",
            )


def _place_faults(pack: Pack, rule: Rule) -> Iterator[Fault]:
    """Faults of for and except: a name or kind must fit at least one table of the rule."""
    for formula in (*((rule.places,) if rule.places else ()), *rule.excepts):
        found = [
            meaning(Form(pack.tables[name], pack.codes), formula.place, column_needed=False)
            for name in rule.tables if name in pack.tables
        ]
        faults = [each for each in found if isinstance(each, Fault)]
        if found and len(faults) == len(found):
            yield faults[0]
        for each in found:
            if isinstance(each, Meaning):
                yield from each.advice


def _case_problems(pack: Pack, rule: Rule, case: Case) -> Iterator[Problem]:
    where = f"{case.origin.pack}/{case.origin.file}", case.origin.line, 1
    for cell in case.cells:
        name = (cell.table or rule.tables[0]).rpartition(".")[2]
        if name not in pack.tables:
            fault: Meaning | Fault = _no(name, 1, tuple(pack.tables), "表", "table")
        else:
            fault = meaning(Form(pack.tables[name], pack.codes, lenient=True), cell.place)
        chinese, english = f"{rule.id} 的例子 {cell.text}", f"{rule.id}, example {cell.text}"
        if isinstance(fault, Fault):
            yield Problem(*where, f"{chinese}：{fault.chinese}", f"{english}: {fault.english}")
        elif fault.is_set or any(isinstance(step, Here | Each) for step in _steps(cell.place)):
            yield Problem(*where, f"{chinese} 应是一格", f"{english}: name one cell")


def _missing_examples(pack: Pack, rule: Rule) -> Iterator[Fault]:
    given = {case.outcome for case in rule.cases}
    rounded = any(rounding_matters(pack, rule.tables[0], check.expression) for check in rule.checks)
    missing = [outcome for outcome in OUTCOMES if outcome not in given and (rounded or outcome != "edge")]
    if missing:
        words = "、".join(f"{outcome}（{OUTCOMES[outcome][0]}）" for outcome in missing)
        yield Fault(1, f"examples 里缺 {words} 的例子", f"no {', '.join(missing)} example")


def _year_faults(pack: Pack, rule: Rule) -> Iterator[Fault]:
    """A rule of this pack that no year, or not the pack's own, can reach."""
    since, until = rule.since or 0, rule.until or 9999
    if since > until:
        yield Fault(
            1, f"since {since} 在 until {until} 之后，永远不会核对",
            f"since {since} is after until {until}: it never applies",
        )
    elif pack.year is not None and rule.origin.pack == pack.id and not since <= pack.year <= until:
        yield Fault(
            1, f"本包是 {pack.year} 年度的，since、until 使它永远不会核对",
            f"this pack is for {pack.year}: since and until keep it from ever applying",
        )
