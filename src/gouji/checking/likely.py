"""The likely cause that a rule gives for a relation that fails."""

from __future__ import annotations

from gouji.binding.bind import Binding
from gouji.binding.bound import Inapplicable, Instance, NotFormed, terms_of
from gouji.binding.expressions import bind_expression
from gouji.binding.standing import Standing
from gouji.checking.decide import DividedByZero, possible
from gouji.checking.linear import NotLinear


def likely_cause(instance: Instance, binding: Binding, money: int) -> str:
    """The first of the rule's causes that could hold of the figure the relation begins with; "" when there is none."""
    terms = terms_of(instance.relation) if instance.rule.causes else ()
    if not terms:
        return ""
    series = next((one for one in binding.series if one.group.rule is instance.rule), None)
    if series is None:
        return ""
    standing = Standing(
        instance.rule, instance.table, series.group.names, instance.section, instance.line, instance.column
    )
    for cause in instance.rule.causes:
        try:
            bound = bind_expression(cause.condition.expression, standing, series.scope)
            if any(term.cell == terms[0].cell for term in terms_of(bound)) and possible(bound, money):
                return cause.say
        except (NotFormed, Inapplicable, DividedByZero, NotLinear):
            continue
    return ""
