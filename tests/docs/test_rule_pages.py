"""What the pages on rules say is what gouji answers and accepts."""

from __future__ import annotations

import pytest
from scripts import rules_keys, rules_mutants, rules_tutorial

from gouji.cases.mutants import measure
from gouji.packs import load_pack


@pytest.mark.heavy
def test_the_tutorial_answers_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOUJI_PACKS", raising=False)
    page = rules_tutorial.PAGE.read_text("utf-8")
    assert rules_tutorial.followed(page) == page, "run: python -m scripts.rules_tutorial"


def test_the_tutorial_takes_every_step() -> None:
    page = rules_tutorial.PAGE.read_text("utf-8")
    for action in ("lint", "test", "diff", "show"):
        assert f"$ gouji rules {action} " in page
    assert page.count("```\n$ gouji") >= 10


def test_the_tables_of_keys_are_up_to_date() -> None:
    page = rules_keys.PAGE.read_text("utf-8")
    assert rules_keys.with_tables(page) == page, "run: python -m scripts.rules_index"
    assert all(f"<!-- 项：{name} -->" in page for name in rules_keys.TABLES)


@pytest.mark.heavy
def test_the_measure_of_mutants_is_up_to_date() -> None:
    assert rules_mutants.PAGE.read_text("utf-8") == rules_mutants.page(), "run: python -m scripts.rules_mutants"


def test_no_mutant_of_the_quarter_rows_goes_unnoticed_but_those_listed() -> None:
    page = rules_mutants.PAGE.read_text("utf-8")
    for one in measure(load_pack("heilongjiang-2020")):
        assert f"| {one.rule.id} {one.rule.name} | {one.total} | {len(one.noticed)} |" in page
