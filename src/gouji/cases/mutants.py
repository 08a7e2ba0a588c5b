"""How many mistakes in a pack's formulas its examples and whole cases notice, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.binding.bound import NotFormed
from gouji.cases.forms import imagined
from gouji.cases.mutations import Mutant, mutants
from gouji.cases.running import outcome
from gouji.cases.whole import WholeCase, run_whole
from gouji.errors import PackError
from gouji.packs.lint import lint
from gouji.packs.model import Case, Pack, Rule
from gouji.tables.model import Recognition


class Measured(NamedTuple):
    """A rule's mutants: ``noticed`` by an example or a whole case (or refused by lint), ``missed`` by all of them."""

    rule: Rule
    noticed: tuple[Mutant, ...]
    missed: tuple[Mutant, ...]

    @property
    def total(self) -> int:
        """All mutants."""
        return len(self.noticed) + len(self.missed)


def measure(pack: Pack, rules: Iterable[Rule] | None = None, wholes: Sequence[WholeCase] = ()) -> list[Measured]:
    """Try every mutant of ``rules`` (those the pack itself writes or changes when left out) on the rule's examples.

    What they do not notice is tried on the ``wholes``, the pack's whole cases.
    """
    return [_measured(pack, rule, wholes) for rule in (own_rules(pack) if rules is None else rules)]


def own_rules(pack: Pack) -> list[Rule]:
    """The rules that the pack itself writes or changes: the others are measured where they are written."""
    return [rule for rule in pack.rules if rule.origin.pack == pack.id]


def _measured(pack: Pack, rule: Rule, wholes: Sequence[WholeCase]) -> Measured:
    tried = [(case, imagined(pack, rule, case.cells)) for case in rule.cases]
    noticed: list[Mutant] = []
    missed: list[Mutant] = []
    for mutant in mutants(rule):
        found = _is_noticed(pack, mutant, tried) or _fails_a_whole(pack, mutant, wholes)
        (noticed if found else missed).append(mutant)
    return Measured(rule, tuple(noticed), tuple(missed))


def _is_noticed(pack: Pack, mutant: Mutant, tried: list[tuple[Case, Recognition]]) -> bool:
    try:
        if any(outcome(pack, mutant.rule, case, forms, mutant.change) is not None for case, forms in tried):
            return True
    except (PackError, NotFormed):
        return True
    return mutant.change is None and _is_refused(pack, mutant.rule)


def _fails_a_whole(pack: Pack, mutant: Mutant, wholes: Sequence[WholeCase]) -> bool:
    """Whether some whole case does not find what it must with the mutant in the rule's place."""
    if mutant.change is not None:
        return False
    rules = tuple(mutant.rule if rule.id == mutant.rule.id else rule for rule in pack.rules)
    return any(run_whole(replace(pack, rules=rules), case).differences for case in wholes)


def _is_refused(pack: Pack, rule: Rule) -> bool:
    """Whether lint does not let the mutant pass."""
    return bool(lint(replace(pack, rules=(rule,)))) and not lint(replace(pack, rules=(pack.rule(rule.id),)))
