"""Every rule of a pack on every place of the blank forms, as formulas, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from gouji.binding.bind import bind
from gouji.binding.bound import Bound, Instance, Single, Term, operands
from gouji.binding.places import groups
from gouji.binding.rows import rows
from gouji.binding.standing import Names, Reasons, Standing
from gouji.checking.excel import excel_form
from gouji.figures import MONEY_UNITS
from gouji.hosts.forms.check_sheets import CheckLine, RuleChecks
from gouji.language.ast import Call, Each, Expression, Formula, Label, Reference
from gouji.language.walking import parts, references
from gouji.packs.model import Rule
from gouji.selfcheck.spots import NoLiveForm, Spot, is_preset
from gouji.selfcheck.symbolic import formula_of
from gouji.selfcheck.trial import Trial, quoted
from gouji.sheet import column_letters
from gouji.tables.definition import FIGURE_TYPES
from gouji.tables.model import Table

_READS_WORDS = frozenset({"达标", "可比", "方向", "单位", "档次", "完成比", "COUNTIF"})
_MEASURES = frozenset({"指标值", "实际值"})
_WORDS_ONLY = "读目标值、完成值或名称的文字，填好后请用 gouji 核对"
_NOT_PRINTED = "这套表没有印它要用的行或栏"

_Place: TypeAlias = tuple[str, str, int, int | None, int | None, str | None]


def checks_of(trial: Trial, sheet: str, decimals: int) -> list[RuleChecks]:
    """The checks of every rule on every form, in the order of the pack; formulas stand on ``sheet``."""
    maker = _Maker(trial, sheet, decimals)
    by_rule = [
        maker.on_form(rule, table)
        for rule in trial.pack.rules
        for name in rule.tables
        for table in trial.recognition.named(name)[:1]
    ]
    return [*(_of_cells(table, trial) for table in trial.recognition.tables), *by_rule]


def _of_cells(table: Table, trial: Trial) -> RuleChecks:
    """What a form must be for its other checks to mean anything: numbers in its cells, and no rows put in between."""
    lines = [CheckLine(f"{name}：都是数", _no_words(area)) for name, area in _figure_areas(table, trial)]
    for opened in trial.open.values():
        if opened.table is table:
            rows = opened.bottom - opened.top + 1
            lines.append(CheckLine("没有在模板的行之间插入新行", f"ROWS({opened.area(opened.key)})={rows}"))
    name = "格里是数，行没有插入（插入的行不逐行核对）"
    return RuleChecks("自检", name, "error", table.definition.title, tuple(lines))


def _no_words(area: str) -> str:
    dashes = "".join(f'*({area}<>"{dash}")' for dash in ("", "—", "——", "-", "/"))
    return f"SUMPRODUCT(ISTEXT({area}){dashes})=0"


def _figure_areas(table: Table, trial: Trial) -> Iterator[tuple[str, str]]:
    """The cells of each column of figures, lane by lane, with the column's name."""
    for section in table.sections:
        opened = trial.open.get(id(section))
        for name, column in section.columns.items():
            places = [
                place for line in section.lines if (place := section.place(line, name)) is not None
                if column.definition.type in FIGURE_TYPES and not is_preset(table, place)
            ]
            for at in sorted({place[1] for place in places}):
                rows = [place[0] for place in places if place[1] == at]
                top, bottom = min(rows), max(rows)
                if opened is not None:
                    top, bottom = min(top, opened.top), max(bottom, opened.bottom)
                letters = column_letters(at)
                yield name, f"{quoted(table.sheet.name)}${letters}${top}:${letters}${bottom}"




class _Maker:
    """Makes the checks of one trial workbook."""

    def __init__(self, trial: Trial, sheet: str, decimals: int) -> None:
        self.trial, self.sheet, self.decimals = trial, sheet, decimals
        pack = trial.pack
        self.money = MONEY_UNITS[pack.unit].exponent
        self.names = Names(0, {})
        self.bound: Mapping[_Place, Instance] = {
            _place(one.rule, one.formula, Standing(one.rule, one.table, self.names, one.section, one.line, one.column)):
            one for one in bind(pack, trial.recognition, dict(pack.params)).instances
        }

    def on_form(self, rule: Rule, table: Table) -> RuleChecks:
        """The checks of a rule on one form."""
        reads_words = _reads_words(rule, self.trial)
        lines = () if reads_words else tuple(self._lines(rule, table))
        why = "" if lines else _WORDS_ONLY if reads_words else _NOT_PRINTED
        return RuleChecks(rule.id, rule.name, rule.severity, table.definition.title, lines, why)

    def _lines(self, rule: Rule, table: Table) -> Iterator[CheckLine]:
        for group in groups(Standing(rule, table, self.names), Reasons()):
            for line in group.lines:
                for formula in rule.checks:
                    at = group.at(line)
                    text = self._formula(rule, formula, at)
                    if text is not None:
                        yield CheckLine(self._label(at, formula, rule), text)

    def _formula(self, rule: Rule, formula: Formula, at: Standing) -> str | None:
        when = rule.when.expression if rule.when is not None else None
        asked = [formula.expression, *([when] if when is not None else [])]
        try:
            if any(self._touches_open(node, at) for each in asked for node, _ in references(each)):
                spot = Spot(self.trial, at, self.decimals)
                return self._on_level(rule, at, formula_of(formula.expression, when, spot))
        except NoLiveForm:
            return None
        instance = self.bound.get(_place(rule, formula, at))
        text = None if instance is None else excel_form(instance, self.money, sheet=self.sheet)
        if instance is None or text is None:
            return None
        return self._on_level(rule, at, self._where_filled_in(instance, text.removeprefix("="), at))

    def _touches_open(self, node: Reference, at: Standing) -> bool:
        """Whether a reference may read lines that are typed later, other than the very line it stands on."""
        own = node.table is None or node.table == at.table.definition.name
        path = node.place.axes[0].start
        if own and at.names.uses(path).is_this_row:
            return False
        found = self.trial.recognition.named(node.table or "")
        table = at.table if own else found[0] if found else None
        if table is None:
            return False
        opened = [self.trial.open[id(s)] for s in table.sections if id(s) in self.trial.open]
        if not opened:
            return False
        if isinstance(path.steps[-1], Each) or (at.line is not None and any(o.holds(at.line) for o in opened) and own):
            named = rows(table, path, at)
            sections = {id(section) for section, _ in named.found} if named is not None else set()
            return not sections or bool(sections & {id(each.section) for each in opened})
        named = rows(table, path, at)
        lines = [line for _, line in named.found] if named is not None else []
        return not lines or any(each.holds(line) for each in opened for line in lines)

    def _on_level(self, rule: Rule, at: Standing, text: str) -> str:
        """For 各类, 各款 and 各项 of lines typed later: only on codes of that many digits."""
        opened = self.trial.open.get(id(at.section))
        step = rule.places.place.axes[0].start.steps[-1] if rule.places is not None else None
        if opened is None or at.line is None or not opened.holds(at.line):
            return text
        entry = opened.section.definition.open_row
        codes = self.trial.pack.codes.get(entry.codes or "") if entry is not None else None
        digits = dict(codes.levels).get(step.kind) if codes is not None and isinstance(step, Each) else None
        return text if digits is None else f'IF(LEN({opened.cell(at.line.row, opened.key)})<>{digits},"",{text})'

    def _where_filled_in(self, instance: Instance, text: str, at: Standing) -> str:
        """The formula, asked only where the figures that may be left out are there."""
        blank = dict.fromkeys(term.cell for term in _singles(instance.relation) if _blank_is_nothing(term))
        if blank:
            text = f"IF(AND({','.join(f'COUNT({quoted(cell.sheet)}{cell.address})>0' for cell in blank)}),{text},TRUE)"
        opened = self.trial.open.get(id(at.section))
        if opened is not None and at.line is not None and opened.holds(at.line):
            text = f'IF({opened.cell(at.line.row, opened.key)}="","",{text})'
        return text

    def _label(self, at: Standing, formula: Formula, rule: Rule) -> str:
        """What the place is called: a text, or for a line typed later a formula that shows its key."""
        column = f"·{at.column}" if at.column else ""
        number = f"（{rule.checks.index(formula) + 1}）" if len(rule.checks) > 1 else ""
        opened = self.trial.open.get(id(at.section))
        if opened is not None and at.line is not None and opened.holds(at.line):
            return f'={opened.cell(at.line.row, opened.key)}&"{column}{number}"'
        return f"{at.line.label if at.line is not None else formula.text}{column}{number}"


def _place(rule: Rule, formula: Formula, at: Standing) -> _Place:
    section = None if at.section is None else id(at.section)
    return rule.id, formula.text, id(at.table), section, None if at.line is None else at.line.index, at.column


def _reads_words(rule: Rule, trial: Trial) -> bool:
    """Whether the rule reads what a formula cannot: targets, results, names of projects, fields of a form."""
    asked = [check.expression for check in rule.checks] + ([rule.when.expression] if rule.when is not None else [])
    return any(_is_about_words(part, rule, trial) for each in asked for part in parts(each))


def _is_about_words(node: Expression, rule: Rule, trial: Trial) -> bool:
    if isinstance(node, Call):
        return node.name in _READS_WORDS or (node.name == "有" and "本表" in str(node.arguments))
    if not isinstance(node, Reference):
        return False
    table = trial.pack.tables[node.table or rule.tables[0]]
    step = node.place.axes[-1].start.steps[-1]
    name = step.name if isinstance(step, Label) else ""
    if len(node.place.axes) == 1:
        return any(field.name == name for field in table.fields)
    return any(column.name == name and column.type in _MEASURES for s in table.sections for column in s.columns)


def _singles(bound: Bound) -> Iterator[Term]:
    """The figures that stand by themselves, not in a set."""
    return (one.term for one in operands(bound) if isinstance(one, Single))


def _blank_is_nothing(term: Term) -> bool:
    """Whether the cell may be left empty and is then no figure; what the form itself prints (10分) is always there."""
    if is_preset(term.table, (term.cell.row, term.cell.column)):
        return False
    line = term.line.definition
    column = next(each for each in term.section.definition.columns if each.name == term.column)
    return ((line.blank if line is not None else None) or column.blank) == "无"
