"""How a layout comes to be known: from a workbook that is bound in the general way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gouji.binding.bound import Inapplicable
from gouji.binding.computed import Computed, Leaf, Looked, Share
from gouji.binding.evident import Evident
from gouji.binding.known.additions import ZERO, Addition, Additions, Members, Sums, is_added
from gouji.binding.known.layout import Asked, Check, ColumnAt, KnownRule, Layout, Spanned, keep
from gouji.binding.known.places import Places
from gouji.binding.known.stacks import (
    AchievedAt,
    FigureAt,
    Reader,
    ResultAt,
    Stack,
    Tell,
    Told,
    achieved_at,
    asking,
    comparing,
    computing,
    constant,
    figures_at,
    telling,
    unchanging,
    undecided,
)
from gouji.binding.planning import References
from gouji.binding.prepared import Plans, plans
from gouji.binding.quick import Settling, sum_of
from gouji.binding.scope import Scope
from gouji.binding.standing import Group, Names, Read, Reasons
from gouji.binding.terms import UNFORMED
from gouji.language.ast import Parameter
from gouji.packs.model import Rule
from gouji.sheet import CellKind
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Recognition, Section, Table


class Recorder:
    """Fills in the layout of a workbook while that is bound."""

    def __init__(self, layout: Layout, recognition: Recognition, scope: Scope, names: Names) -> None:
        self._layout, self._scope, self._names = layout, scope, names
        self._places = Places(layout, recognition, names)
        self._references = References(self._places)
        self._questions: dict[int, int] = {}
        self._reasons = Reasons()
        self._additions: list[Addition] = []

    def keep(self, rule: Rule, groups: Sequence[Group], reasons: Reasons) -> None:
        """Where a rule stands, in the order of its series, and why some of it cannot be formed."""
        checks = self._layout.checks
        first, each = len(checks), len(rule.checks)
        for group in groups:
            checks += [self._check(group, number) for number in range(each)]
        self._reasons = Reasons()
        self._reasons.include(reasons)
        self._layout.rules.append(KnownRule(rule, range(first, len(checks)), self._reasons))
        if rule.when is None:
            for number, formula in enumerate(rule.checks):
                of_formula = range(first + number, len(checks), each)
                settling = plans(formula).settling
                if settling is not None:
                    for check, group in zip(of_formula, groups, strict=True):
                        self._add(check, group, settling)
                else:
                    self._stack(None, [of_formula], groups)
        else:
            when = plans(rule.when)
            self._stack(when, [range(first + number, len(checks), each) for number in range(each)], groups)

    def finish(self) -> None:
        """Put together what is known of all rules; the layout is known from now on."""
        layout, places = self._layout, self._places
        layout.additions = Additions(self._additions)
        for (section, column), spans in self._names.spans.items():
            at = ColumnAt(*places.sections[section], column)
            start = layout.starts.get(at)
            if start is not None and None not in spans.holes.values():
                of_lines = range(start, start + len(spans.twice))
                found = map(places.cells.get, of_lines)
                cells = [None if cell is None or isinstance(cell, ResultAt) else cell[1] for cell in found]
                layout.spanned.append(Spanned(at, cells, start, spans.holes))
        for (section, column), targets in self._names.targets.items():
            table, position = places.sections[section]
            form = self._scope.recognition.tables[table]
            of_section = form.sections[position]
            if not _has_numbers(form, of_section, [of_section.definition.columns_by_name[column]]):
                layout.targets.append((ColumnAt(table, position, column), targets))
        keep(layout)

    def _check(self, group: Group, number: int) -> Check:
        """A check of which nothing is known but where it stands."""
        table, section = self._places.tables[id(group.table)], None
        if group.section is not None:
            _, section = self._places.sections[id(group.section)]
        return Check(group.rule, group.rule.checks[number], table, section, group.column, group.lines)

    def _know(self, check: int, reads: Iterable[Read], **known: Any) -> None:
        checks = self._layout.checks
        columns = tuple([ColumnAt(*self._places.sections[section], column) for section, column in reads])
        checks[check] = checks[check]._replace(reads=columns, **known)

    def _know_read(self, check: int, group: Group, **known: Any) -> None:
        """What is known, and what is read when print tells and when all is bound."""
        group.names.read, prepared = set(), plans(self._layout.checks[check].formula)
        if prepared.evidence is not None:
            prepared.evidence.on(group)
        prepared.bind(group, self._scope)
        self._know(check, group.names.read, **known)

    def _members(self, settling: Settling, group: Group) -> tuple[tuple[Members, ...], ...]:
        """Where the numbers of each reference stand, by line."""
        found = [self._references.plan(reference)(group, self._scope) for reference in settling.references]
        return tuple(map(tuple, found))

    def _add(self, check: int, group: Group, settling: Settling) -> None:
        """A comparison of sums: what figures decide is an addition, the rest is the same in every workbook."""
        group.names.read = set()
        members, numbers = self._members(settling, group), self._layout.numbers
        found = [[sum_of([numbers[at] for at in one]) if isinstance(one, tuple) else numbers[one] for one in each]
                 for each in members]
        verdicts = settling.decide(lambda reference: found[reference], len(group.lines))
        if False in verdicts:
            verdicts = self._without_missing(check, group, verdicts)
        sums = Sums(settling, members, {})
        self._know(check, group.names.read, verdicts=verdicts, sums=sums)
        for line, verdict in enumerate(verdicts):
            if verdict:
                left, right = sums.added(line, 1), sums.added(line, -1)
                if all(is_added(numbers[place]) for place in left + right):
                    self._additions.append(Addition(settling.test, left or (ZERO,), right or (ZERO,), (check, line)))

    def _without_missing(self, check: int, group: Group, verdicts: Sequence[bool | None]) -> list[bool | None]:
        """The verdicts where nothing is left to bind on lines to which the layout itself lacks something."""
        wanted = [at for at, verdict in enumerate(verdicts) if verdict is False]
        formula = self._layout.checks[check].formula
        outcomes = plans(formula).bind(group._replace(lines=[group.lines[at] for at in wanted]), self._scope)
        left = list(verdicts)
        for at, outcome in zip(wanted, outcomes, strict=True):
            if type(outcome) is Inapplicable and outcome.cell is None:
                self._reasons.add(outcome)
            if outcome is None or (type(outcome) is Inapplicable and outcome.cell is None):
                left[at] = None
        return left

    def _stack(self, when: Plans | None, formulas: Sequence[range], groups: Sequence[Group]) -> None:
        """Formulas of a rule on all its groups."""
        lines = [len(group.lines) for group in groups]
        if (when is not None and when.evidence is None) or not groups:
            for checks in formulas:
                for check, group in zip(checks, groups, strict=True):
                    self._know_read(check, group, verdicts=[False] * len(group.lines))
            return
        told: list[Told] = []
        for checks in formulas:
            tell = self._tell(plans(self._layout.checks[checks[0]].formula), groups, checks)
            told.append(Told(tell, _slices(checks, lines)))
        asked = None if when is None or when.evidence is None else self._asking(when.evidence, groups, formulas[0])
        for checks in formulas:
            for check, group in zip(checks, groups, strict=True):
                self._know_read(check, group)
        self._layout.stacks.append(Stack(asked, tuple(told)))

    def _tell(self, prepared: Plans, groups: Sequence[Group], checks: range) -> Tell:
        count = sum(len(group.lines) for group in groups)
        if prepared.evidence is not None:
            return telling(self._asking(prepared.evidence, groups, checks))
        if prepared.computed is not None:
            return self._computing(prepared.computed, groups)
        if prepared.settling is not None:
            found = zip(*[self._members(prepared.settling, group) for group in groups], strict=True)
            return comparing(prepared.settling, [[one for of_group in each for one in of_group] for each in found])
        if prepared.is_of_layout:
            return unchanging([one for group in groups for one in prepared.printed(group, self._scope)])
        return undecided(count)

    def _asking(self, evident: Evident, groups: Sequence[Group], checks: range) -> Any:
        questions: list[tuple[int, list[int]]] = []
        for question in evident.questions:
            number = self._questions.setdefault(id(question), len(self._questions))
            if number == len(self._layout.asked):
                self._layout.asked.append(Asked(question))
            places: list[int] = []
            for check, group in zip(checks, groups, strict=True):
                start = self._answered(self._layout.asked[number], group, check)
                places += [0 if start is None or line is None else start + line.index for line in group.lines]
            questions.append((number, places))
        return asking(evident, questions)

    def _answered(self, asked: Asked, group: Group, check: int) -> int | None:
        """The place of the answer on the first line of a section; ``None`` where there is none."""
        section = group.section
        columns = () if section is None else asked.question.columns(section, group)
        if section is None or not columns:
            return None
        key = tuple([ColumnAt(*self._places.sections[id(section)], one.name) for one in columns])
        if key not in asked.starts:
            found = asked.question.on_section(group)
            assert found is not None  # there are columns
            asked.starts[key] = len(asked.answers)
            if _has_numbers(group.table, section, columns):
                asked.live.append((check, columns, len(asked.answers)))
            asked.answers += found
        return asked.starts[key]

    def _computing(self, computed: Computed, groups: Sequence[Group]) -> Tell:
        if groups[0].names.widest != 1:  # asked under 四舍五入 only
            return undecided(sum(len(group.lines) for group in groups))
        printed = self._figures(computed.leaves[0], groups)  # type: ignore[arg-type]
        fixed = [True if isinstance(at, tuple) else None if at is UNFORMED else False for at in printed]
        others = [self._reader(leaf, groups) for leaf in computed.leaves[1:]]
        return computing(computed, [figures_at(printed), *others], fixed)

    def _reader(self, leaf: Leaf, groups: Sequence[Group]) -> Reader:
        if isinstance(leaf, Parameter):
            return constant(self._scope.params.get(leaf.name), sum(len(group.lines) for group in groups))
        if isinstance(leaf, Share):
            return achieved_at([at for group in groups for at in self._achieved(leaf, group)])
        return figures_at(self._figures(leaf, groups))

    def _achieved(self, share: Share, group: Group) -> Sequence[AchievedAt]:
        section = group.section
        aim, done = share.aims.sole_text(section, group), share.results.sole_text(section, group)
        if section is None or aim is None or done is None:
            return [None] * len(group.lines)
        at = self._places.sections[id(section)]
        return [(*at, aim, done, line.index) for line in group.lines if line is not None]

    def _figures(self, looked: Looked, groups: Sequence[Group]) -> Sequence[FigureAt]:
        cells, numbers = self._places.cells, self._layout.numbers
        plan = self._references.plan(looked.reference)
        places = [place for group in groups for place in plan(group, self._scope)]
        return [
            None if isinstance(place, tuple)
            else cells.get(place, UNFORMED if numbers[place] is UNFORMED else None)
            for place in places
        ]


def _slices(checks: range, lines: Sequence[int]) -> list[tuple[int, slice]]:
    found: list[tuple[int, slice]] = []
    start = 0
    for check, count in zip(checks, lines, strict=True):
        found.append((check, slice(start, start + count)))
        start += count
    return found


def _has_numbers(table: Table, section: Section, columns: Sequence[ColumnDefinition]) -> bool:
    """Whether a number is printed in some columns, or beside them as sign or unit of a target."""
    named = {name for one in columns for name in (one.name, one.sign, one.unit) if name}
    cells = table.sheet.cells
    places = [section.place(line, name) for line in section.lines for name in named]
    return any(place in cells and cells[place].kind is CellKind.NUMBER for place in places if place is not None)
