"""What explains the findings: all smallest sets of cells, each with what it should print, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from gouji.binding.bind import Binding
from gouji.binding.bound import Term, terms_of
from gouji.checking.check import Judged, Verdict
from gouji.diagnosis.causes import Diagnosis, Repair
from gouji.diagnosis.choices import WORK_AT_FIRST, WORK_ON_SETS, Choice, Choices, choices
from gouji.diagnosis.delta import Range
from gouji.diagnosis.explain import printable
from gouji.diagnosis.joint import Sum, contradictions
from gouji.diagnosis.likelihood import Suspect, suspect_of, unlikelihood
from gouji.diagnosis.printing import of_units, step
from gouji.diagnosis.relations import FORGIVEN, SERIOUS, compares_figures, is_said
from gouji.figures import Interval
from gouji.sheet import CellRef
from gouji.tables.model import Recognition, Spoken, TextTable

MOST_AT_ONCE = 4000
"""Relations that are judged together at once; beyond that only as far as their truths reach."""


Cause: TypeAlias = tuple[Suspect, ...]
"""A cell, or several, with the totals that carry them."""


class Explained(NamedTuple):
    """A smallest set of cells that explains failed relations (positions in ``Diagnosis.failed``).

    ``unique``: no other set explains the same.
    """

    explains: tuple[int, ...]
    cells: tuple[Suspect, ...]
    unique: bool

    @property
    def causes(self) -> int:
        """How many of the cells are causes."""
        return sum(not one.carries for one in self.cells)


class Suspects:
    """Everything that diagnosis finds of a workbook. ``money`` is the exponent of the pack's unit."""

    def __init__(
        self, decided: Sequence[Judged], binding: Binding, recognition: Recognition, money: int
    ) -> None:
        texts = [table for table in recognition.tables if isinstance(table, TextTable)]
        self._forms = binding.without(texts) if texts else binding
        self.causes = Diagnosis(decided, binding.reading, money, self._forms.reading if texts else None)
        self._decided, self._binding, self._recognition, self._money = decided, binding, recognition, money
        self._known: dict[CellRef, Suspect] = {}
        self.complete = True
        self.unlisted = 0
        """Groups of failed relations of which not all smallest sets could be listed."""

    @cached_property
    def explanations(self) -> list[Explained]:
        """Of each group of failed relations that share cells all smallest sets, the likeliest first."""
        found = [one for group in self._groups() for one in self._of_group(group)]
        return sorted(found, key=lambda one: (one.causes, -len(one.explains)))

    @cached_property
    def contradictions(self) -> list[Sum]:
        """Relations that can each hold, but not together.

        They are sought where no error stands in the way: sheets that relations connect are judged together once all
        of these relations can hold one by one.
        """
        seeds = [one for one in self._decided if one.rounded or one.verdict in FORGIVEN]
        if not any(_is_counted(one) and compares_figures(one) for one in seeds):
            return []
        part = self._binding.part
        broken = {part(self.causes.failed[number].instance.table) for number in self._serious}
        seeds = [one for one in seeds if part(one.instance.table) not in broken]

        def connected() -> list[Judged] | None:
            return self._connected(seeds, self._binding, self.causes, limits=False)

        found, complete = contradictions(seeds, self.causes.read_by, self._money, _is_counted, connected)
        self.complete = self.complete and complete
        return found

    @staticmethod
    def _connected(
        relations: Iterable[Judged], binding: Binding, causes: Diagnosis, *, limits: bool = True
    ) -> list[Judged] | None:
        """All relations of the sheets connected with those of ``relations``; ``None`` where they are too many."""
        found = binding.connected((one.instance.table for one in relations), MOST_AT_ONCE, limits=limits)
        return None if found is None else [causes.judged(one) for one in found]

    @cached_property
    def _serious(self) -> list[int]:
        """The positions of failures that are no mere hints."""
        return [
            number for number, one in enumerate(self.causes.failed)
            if one.verdict in SERIOUS and one.instance.rule.severity != "info"
        ]

    def _groups(self) -> list[list[int]]:
        """Positions of serious failures that share cells, directly or through others."""
        groups: list[tuple[set[object], list[int]]] = []
        for number in self._serious:
            cells, members = self._shared(self.causes.failed[number]), [number]
            for group in [group for group in groups if group[0] & cells]:
                groups.remove(group)
                cells, members = cells | group[0], group[1] + members
            groups.append((cells, members))
        return [sorted(members) for _, members in groups]

    def _shared(self, one: Judged) -> set[object]:
        """What a failed relation has in common with others that belong with it: cells.

        Of what a sentence says of forms these are only the cells whose repair would settle it as well; what one
        sentence says of its subject belongs together.
        """
        terms = terms_of(one.instance.relation)
        if not is_said(one):
            return {term.cell for term in terms}
        said = [term for term in terms if isinstance(term.cell, Spoken)]
        return {
            *(term.cell for term in terms if isinstance(term.cell, Spoken) or self._settles_sentences(term.cell)),
            *((id(term.section), term.line.index) for term in said),
        }

    def _settles_sentences(self, cell: CellRef) -> bool:
        repair = self.causes.repair(cell)
        return repair is not None and not repair.apart

    def _of_group(self, group: Sequence[int]) -> list[Explained]:
        """Single cells for what each of them settles; sets of several for what no single cell does.

        What no single cell settles is sought in the forms without the sentences, and in the sentences with the forms as
        they stand.
        """
        by_explained = self._by_single(group)
        most = [one for one in by_explained if not any(set(one) < set(other) for other in by_explained)]
        for is_text in (False, True):
            part = [number for number in group if is_said(self.causes.failed[number]) == is_text]
            if not set(part) <= {number for one in most for number in one}:
                most = self._several(part, most, by_explained, is_text=is_text)

        def unlikely(cells: Cause) -> tuple[int, int, list[CellRef]]:
            return unlikelihood(cells, self.causes.read_by)

        return [
            Explained(one, cells, len(by_explained[one]) == 1)
            for one in most for cells in sorted(by_explained[one], key=unlikely)
        ]  # fmt: skip

    def _by_single(self, group: Sequence[int]) -> dict[tuple[int, ...], list[Cause]]:
        """Single cells by what each settles. Where one that all relations read settles them, no total need follow."""
        failed = self._failed(group)
        read = [{term.cell: term for term in terms_of(one.instance.relation)} for one in failed]
        terms = {cell: term for each in read for cell, term in each.items()}
        common = [cell for cell in read[0] if all(cell in each for each in read)]
        if len(failed) > 1 and any(self._is_settled_alone(cell) for cell in common):
            terms = {cell: terms[cell] for cell in common}
        found: dict[tuple[int, ...], list[Cause]] = {}
        for cell, term in terms.items():
            repair = self.causes.repair(cell)
            if repair is not None:
                settled = tuple(n for n in self.causes.explained(cell, repair) if n in group)
                found.setdefault(settled, []).append(self._single(term, repair))
        return found

    def _is_settled_alone(self, cell: CellRef) -> bool:
        repair = self.causes.repair(cell)
        return repair is not None and not repair.totals and not repair.apart

    def suspect(self, term: Term, repair: Repair) -> Suspect:
        """A cell as the one cause of what it explains; ``repair`` is that of ``causes``."""
        known = self._known.get(term.cell)
        if known is None:
            known = suspect_of(term, repair.range, repair.values, (repair.least, repair.most), self._recognition)
            self._known[term.cell] = known
        return known

    def _several(
        self, group: Sequence[int], most: Sequence[tuple[int, ...]],
        by_explained: dict[tuple[int, ...], list[tuple[Suspect, ...]]], *, is_text: bool,
    ) -> list[tuple[int, ...]]:  # fmt: skip
        """What is explained once sets of several cells are added to ``by_explained``."""
        rest = sorted(set(group) - {number for one in most for number in one})
        is_partly = len(rest) < len(group)
        together = self._choices(group, WORK_AT_FIRST if is_partly else WORK_ON_SETS, is_text=is_text)
        if not together.sets and is_partly:  # too many: what single cells leave over, by itself
            group, together = rest, self._choices(rest, WORK_ON_SETS, is_text=is_text)
        self.unlisted += not together.complete
        sets = [one for one in together.sets if not is_text or all(map(_is_bounded, one.truths.values()))]
        if not sets:
            return list(most)
        by_explained[tuple(group)] = [self._of_choice(one) for one in sets]
        blamed = {term.cell for one in sets for term in one.terms}
        kept = [one for one in most if not set(one) <= set(group)
                or any(cells[0].term.cell in blamed for cells in by_explained[one])]
        return [*kept, tuple(group)]

    def _choices(self, group: Sequence[int], work: int, *, is_text: bool) -> Choices:
        """Sets of cells of the forms by the forms alone; sets of figures of sentences with the forms as they stand."""
        failed = self._failed(group)
        causes, binding = (self.causes, self._binding) if is_text else (self.causes.forms, self._forms)

        def own(relations: Iterable[Judged]) -> list[Judged]:
            return [one for one in relations if is_said(one)] if is_text else list(relations)

        def connected() -> list[Judged] | None:
            found = self._connected(failed, binding, causes)
            return None if found is None else own(found)

        def trusted(term: Term) -> bool:
            return _is_trusted(term) or (is_text and not isinstance(term.cell, Spoken))

        return choices(
            failed, lambda term: own(causes.read_by(term)), self._money, causes.carriers, trusted, connected, work=work
        )

    def _failed(self, group: Iterable[int]) -> list[Judged]:
        return [self.causes.failed[number] for number in group]

    def _single(self, term: Term, repair: Repair) -> tuple[Suspect, ...]:
        carried = (Suspect(total, figure.interval(), (figure,), carries=True) for total, figure in repair.totals)
        return self.suspect(term, repair), *carried

    def _of_choice(self, chosen: Choice) -> tuple[Suspect, ...]:
        totals = {total.cell for term in chosen.terms for total in self.causes.carriers(term)}
        suspects = [self._ranged(term, chosen.truths[term.cell], term.cell in totals) for term in chosen.terms]
        return tuple(sorted(suspects, key=lambda one: (one.carries, one.term.cell)))

    def _ranged(self, term: Term, truths: Range, carries: bool) -> Suspect:
        def interval(units: int) -> Interval:
            return of_units(term.figure, units).interval()

        found = printable(truths, step(term.figure), interval)
        values = tuple(of_units(term.figure, units) for units in found.listed())
        few = values if found.number is not None and found.number == len(values) else ()
        ends = [None if units is None else of_units(term.figure, units) for units in (found.least, found.most)]
        return suspect_of(term, truths, few, (ends[0], ends[1]), self._recognition, carries=carries)


def _is_bounded(truths: Range) -> bool:
    return truths.low is not None or truths.high is not None


def _is_counted(one: Judged) -> bool:
    return one.verdict in FORGIVEN | {Verdict.HOLDS} and one.instance.rule.severity != "info"


def _is_trusted(term: Term) -> bool:
    column = next(one for one in term.section.definition.columns if one.name == term.column)
    return bool(column.trusted or (term.line.definition is not None and term.line.definition.trusted))
