"""Systems as other fields write them down: data editing, mass balances, tables of sums, accounts."""

from __future__ import annotations

from random import Random

import gouji

Figures = dict[str, tuple[str, int | None]]


def exact(**values: str) -> Figures:
    return {name: (text, None) for name, text in values.items()}


def test_the_edits_of_a_business_record() -> None:
    """Turnover is profit and costs, with bounds between them: no one of the three can be wrong alone."""
    figures = exact(T="100", P="755", C="125", N="5")
    found = gouji.judge(figures, ["T == P + C", "P <= 0.5*T", "-0.1*T <= P", "T >= 0", "T <= 550*N"])
    assert found.holds == (False, False, True, True, True)
    assert found.explanations == (("C", "P"), ("C", "T"), ("P", "T"))
    assert str(found.range(["C", "T"])["T"]) == "[1510, 2750]"


def test_profit_costs_and_turnover_cannot_be_mended_by_turnover_alone() -> None:
    figures = exact(T="100", P="40000", C="60000", N="5")
    found = gouji.judge(figures, ["T == P + C", "P <= 0.5*T", "-0.1*T <= P", "T >= 0", "T <= 550*N"])
    assert found.explanations == (("C", "P"), ("N", "T"))
    assert {name: str(truths) for name, truths in found.range(["N", "T"]).items()} == {
        "N": "[2000/11, ∞)", "T": "[100000, 100000]",
    }


def test_a_mass_balance_of_a_plant() -> None:
    """Three nodes; s3 is confirmed by the third."""
    texts = {"s1": "101.9", "s2": "68.5", "s3": "34.2", "s4": "55.0", "s5": "98.4", "s6": "64.2"}
    streams: Figures = {name: (text, 1) for name, text in texts.items()}
    nodes = ["s1 == s2 + s3", "s2 == s4 + 4.3", "s5 == s6 + s3"]
    found = gouji.judge(streams, nodes)
    assert found.holds == (False, False, True)
    assert found.explanations == (("s1", "s2"), ("s1", "s4"), ("s2", "s4"))


def table(rows: int, columns: int, seed: int, decimals: int) -> tuple[Figures, list[str]]:
    """A table with totals, every figure rounded by itself."""
    rng = Random(seed)  # noqa: S311 - reproducible on purpose
    cells = {(r, c): rng.randint(1, 10**7) for r in range(rows) for c in range(columns)}
    scale = 10 ** (4 - decimals)

    def printed(thousandths: int) -> tuple[str, int]:
        units = (2 * thousandths + scale) // (2 * scale)
        return f"{units / 10**decimals:.{decimals}f}", decimals

    figures: Figures = {f"c{r}_{c}": printed(value) for (r, c), value in cells.items()}
    figures |= {f"r{r}": printed(sum(cells[r, c] for c in range(columns))) for r in range(rows)}
    figures |= {f"k{c}": printed(sum(cells[r, c] for r in range(rows))) for c in range(columns)}
    figures["t"] = printed(sum(cells.values()))
    sums = [f"r{r} == " + " + ".join(f"c{r}_{c}" for c in range(columns)) for r in range(rows)]
    sums += [f"k{c} == " + " + ".join(f"c{r}_{c}" for r in range(rows)) for c in range(columns)]
    sums.append("t == " + " + ".join(f"r{r}" for r in range(rows)))
    sums.append("t == " + " + ".join(f"k{c}" for c in range(columns)))
    return figures, sums


def test_a_rounded_table_of_hundreds_of_figures_is_consistent() -> None:
    assert gouji.judge(*table(14, 12, 3, 1)).consistent


def test_wrong_figures_of_a_rounded_table_are_named() -> None:
    figures, sums = table(12, 10, 5, 1)
    for wrong in (("c3_4",), ("r7",), ("c1_2", "c8_9")):
        more = {name: (f"{float(figures[name][0]) + 3000 * n:.1f}", 1) for n, name in enumerate(wrong, 1)}
        damaged = {**figures, **more}
        found = gouji.judge(damaged, sums)
        assert found.explanations == (wrong,)
        assert found.complete
        for name, values in found.values(wrong).items():
            ends = float(values[0]), float(values[-1])
            assert ends[0] <= float(figures[name][0]) <= ends[1]


def test_supply_and_use_of_a_national_account() -> None:
    """Output + imports = intermediate use + final use; value added both ways; figures in units of hundreds."""
    figures: Figures = {
        "产出": ("10400", -2), "进口": ("2300", -2), "中间使用": ("5600", -2), "最终使用": ("7100", -2),
        "增加值": ("4800", -2), "报酬": ("2600", -2), "营业盈余": ("1900", -2), "税": ("300", -2),
        "最终消费": ("4400", -2), "资本形成": ("1500", -2), "出口": ("1300", -2),
    }
    rules = [
        "产出 + 进口 == 中间使用 + 最终使用", "增加值 == 产出 - 中间使用", "增加值 == 报酬 + 营业盈余 + 税",
        "最终使用 == 最终消费 + 资本形成 + 出口", "增加值 == 最终使用 - 进口",
    ]  # fmt: skip
    assert gouji.judge(figures, rules).consistent
    found = gouji.judge({**figures, "增加值": ("8400", -2)}, rules)
    assert found.explanations == (("增加值",),)
    assert found.values("增加值") == {"增加值": ("4700", "4800", "4900")}


def test_wide_and_narrow_figures_side_by_side() -> None:
    figures: Figures = {"a": ("0.1", 1), "b": ("10000000000", -9), "c": ("10000000000.1", 1)}
    assert gouji.judge(figures, ["c == b + a"]).consistent
    assert gouji.judge({**figures, "c": ("10500000000.1", 1)}, ["c == b + a"]).consistent
    assert not gouji.judge({**figures, "c": ("10500000000.2", 1)}, ["c == b + a"]).consistent


def test_all_ties_are_listed_and_sorted() -> None:
    figures = exact(**dict.fromkeys("abcd", "1"))
    found = gouji.judge(figures, ["a + b == 5", "c + d == 5", "a - c == 0"])
    assert found.explanations == (("a", "c"), ("b", "d"))


def test_no_rules_and_no_figures_are_consistent() -> None:
    assert gouji.judge({}, []).consistent
    assert gouji.judge({"a": ("1", 0)}, []).explanations == ()


def test_a_wrong_total_among_a_hundred_sums_is_named_at_once() -> None:
    """300 figures that a hundred sums connect in no order: the search has to end, and does."""
    rng = Random(1)  # noqa: S311 - reproducible on purpose
    names = [f"x{n}" for n in range(200)]
    truths = {name: rng.randint(1, 10**6) for name in names}
    members = {f"t{n}": rng.sample(names, 6) for n in range(100)}
    truths |= {total: sum(truths[name] for name in own) for total, own in members.items()}
    figures: Figures = {name: (f"{(value + 50) // 100 / 10:.1f}", 1) for name, value in truths.items()}
    rules = [f"{total} == " + " + ".join(own) for total, own in members.items()]
    assert gouji.judge(figures, rules).consistent
    found = gouji.judge({**figures, "t35": ("5026.6", 1)}, rules)
    assert found.complete
    assert found.explanations == (("t35",),)
