"""``lint``: what can be said about a pack's rules without a workbook.

Every reference is resolved against the definitions, kinds of figures are compared, examples are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.errors import Problem
from gouji.language.ast import (
    Binary,
    Call,
    Compare,
    Each,
    Expression,
    Formula,
    Here,
    Negate,
    Parameter,
    Percent,
    Place,
    Reference,
    Step,
)
from gouji.language.functions import SET_FUNCTIONS
from gouji.language.spelling import nearest
from gouji.language.walking import parts, references
from gouji.packs.model import Case, Pack, Rule
from gouji.packs.names import Fault, Form, Meaning, meaning
from gouji.packs.shapes import rounding_matters, shape_faults

OTHER_BOOKS = ("上年", "所属单位")
_TYPELESS = frozenset({"指标值", "实际值", "文字", "年", "数", "行名", "编码", "序号"})
_SAME_TYPE = frozenset({"SUM", "AVERAGE", "MIN", "MAX"})


def lint(pack: Pack) -> list[Problem]:
    """Every problem of every rule, by file and line; an empty list is a clean pack."""
    problems = [problem for rule in pack.rules for problem in _rule_problems(pack, rule)]
    return sorted(set(problems), key=lambda each: (each.file, each.line, each.column))


def _rule_problems(pack: Pack, rule: Rule) -> Iterator[Problem]:
    for formula in _formulas(rule):
        for fault in _formula_faults(pack, rule, formula):
            yield _problem(rule, fault, formula)
    for fault in _place_faults(pack, rule):
        yield _problem(rule, fault)
    for case in rule.cases:
        if case.origin.pack == pack.id:
            yield from _case_problems(pack, rule, case)
    for fault in _missing_examples(pack, rule):
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
    for part in parts(expression):
        if isinstance(part, Reference):
            yield from _here_faults(pack, rule, part.place, part.table or rule.tables[0])
        if isinstance(part, Parameter):
            yield from _parameter_faults(pack, expression, part)
    for table in rule.tables:
        faults = list(_reference_faults(pack, table, expression))
        yield from faults
        if not faults:
            yield from _type_faults(pack, table, expression)
            yield from shape_faults(pack, table, expression)


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


def _parameter_faults(pack: Pack, expression: Expression, part: Parameter) -> Iterator[Fault]:
    asked = {
        argument.column
        for call in parts(expression) if isinstance(call, Call) and call.name == "有"
        for argument in call.arguments if isinstance(argument, Parameter)
    }
    known = (*pack.tables, *OTHER_BOOKS) if part.column in asked else tuple(pack.params)
    if part.name not in known:
        yield _no(part.name, part.column, known, "名字", "name")


def _no(name: str, column: int, known: tuple[str, ...], chinese: str, english: str) -> Fault:
    guess = nearest(name, known)
    hint_zh, hint_en = (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("", "")
    return Fault(column, f"没有{chinese} {name}{hint_zh}", f"no {english} {name}{hint_en}")


def _reference_faults(pack: Pack, table: str, expression: Expression) -> Iterator[Fault]:
    for reference, call in references(expression):
        if reference.table and reference.table not in pack.tables:
            yield _no(reference.table, reference.column, tuple(pack.tables), "表", "table")
            continue
        if reference.book and reference.book not in OTHER_BOOKS:
            yield _no(reference.book, reference.column, OTHER_BOOKS, "工作簿", "workbook")
        found = _meaning(pack, table, reference, call)
        if isinstance(found, Fault):
            yield found
            continue
        yield from found.advice
        if found.is_set and call not in SET_FUNCTIONS:
            yield Fault(
                reference.column,
                "这里要一个数，却是一组数；用 SUM 等函数", "one figure is needed here, not a set: use SUM",
            )


def _meaning(pack: Pack, table: str, reference: Reference, call: str | None = None) -> Meaning | Fault:
    name = reference.table or table
    if name not in pack.tables:
        return Fault(reference.column, f"没有表 {name}", f"no table {name}")
    form = Form(pack.tables[name], pack.codes)
    found = meaning(form, reference.place, column_needed=call != "有")
    many = bool(reference.table and form.table.many) or reference.book == "所属单位"
    return found._replace(is_set=True) if many and isinstance(found, Meaning) else found


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


def _type_faults(pack: Pack, table: str, expression: Expression) -> Iterator[Fault]:
    for part in parts(expression):
        if isinstance(part, Compare) or (isinstance(part, Binary) and part.operator in "+-"):
            left, right = _type(pack, table, part.left), _type(pack, table, part.right)
            if left and right and left != right:
                yield Fault(
                    part.column, f"{left}与{right}不能相加减或比较", f"{left} and {right} do not add or compare"
                )


def _type(pack: Pack, table: str, expression: Expression) -> str | None:
    """金额, 比率, 分 … or ``None`` where it takes the other side's."""
    match expression:
        case Reference():
            found = _meaning(pack, table, expression)
            kind = found.type if isinstance(found, Meaning) else None
            return None if kind in _TYPELESS else kind
        case Negate(operand=operand):
            return _type(pack, table, operand)
        case Percent():
            return "比率"
        case Binary(operator=sign, left=left, right=right):
            return _result(sign, _type(pack, table, left), _type(pack, table, right))
        case Call(name=name, arguments=arguments) if name in _SAME_TYPE:
            return next(filter(None, (_type(pack, table, argument) for argument in arguments)), None)
    return None


def _result(sign: str, left: str | None, right: str | None) -> str | None:
    if sign in "+-":
        return left or right
    if sign == "/" and left and left == right:
        return "比率"
    if right in (None, "比率"):
        return left or (right if sign == "*" else None)
    return right if sign == "*" and left in (None, "比率") else None


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
    needed = ("pass", "edge", "fail") if rounded else ("pass", "fail")
    for outcome in needed:
        if outcome not in given:
            yield Fault(1, f"缺 {outcome} 的例子", f"no {outcome} example")
