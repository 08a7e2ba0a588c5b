"""The search for smallest sets, against trying every set."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.diagnosis.explain import together
from gouji.diagnosis.hitting import Search, TooMany

FIGURES = range(7)
families = st.lists(st.frozensets(st.sampled_from(FIGURES), min_size=1, max_size=4), max_size=8)
weighings = st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=7, max_size=7)


def searched(family: list[frozenset[int]], weights: list[int | None], most: int = 1000) -> Search:
    def question(released: frozenset[int]) -> frozenset[int] | None:
        return next((one for one in reversed(family) if not one & released), None)

    return Search(question, weights, most)


def expected(family: list[frozenset[int]], weights: list[int | None]) -> set[frozenset[int]]:
    usable = [figure for figure in FIGURES if weights[figure] is not None]
    hitting = [
        frozenset(one) for number in range(len(usable) + 1) for one in combinations(usable, number)
        if all(conflict & set(one) for conflict in family)
    ]  # fmt: skip
    totals = {one: sum(weights[figure] or 0 for figure in one) for one in hitting}
    return {one for one in hitting if totals[one] == min(totals.values())}


@given(families, weighings)
def test_all_sets_of_least_weight_are_found(family: list[frozenset[int]], weights: list[int | None]) -> None:
    search = searched(family, weights)
    search.run()
    assert search.found == expected(family, weights)
    assert all(sum(weights[figure] or 0 for figure in one) == search.limit for one in search.found)


def test_too_many_sets_are_said_to_be_too_many() -> None:
    family = [frozenset({2 * n, 2 * n + 1}) for n in range(3)]
    search = searched(family, [1] * 7, most=7)
    with pytest.raises(TooMany):
        search.run()


def test_sets_of_parts_are_put_together_in_every_way() -> None:
    assert together([[(3,), (5,)], [(0, 4)]]) == ([(0, 3, 4), (0, 4, 5)], True)
    assert together([[(3,), (5,)], []]) == ([], True)
    assert together([[(n,) for n in range(40)], [(50 + n,) for n in range(40)]]) == ([], False)
