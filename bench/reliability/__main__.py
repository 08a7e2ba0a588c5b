"""``python -m bench.reliability``: measure, and with ``--write`` write docs/reliability.md and the results behind it.

``--books N`` generated workbooks of each print and ``--wrong N`` with one wrong figure; ``--damages N`` of each kind
of damage to each example, 0 for all. What is not asked for stays as it was measured before.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bench.reliability.books import PRINTS, Consistent, Wrong, added, added_wrong, consistent, one_wrong_figure
from bench.reliability.page import Results, page
from bench.reliability.samples import EXAMPLES, Damaged, sampled

RESULTS = Path(__file__).with_name("results.json")
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
FIRST_SEED, CHUNK = 20_000, 50
R = TypeVar("R")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.reliability")
    parser.add_argument("--books", type=int)
    parser.add_argument("--prints", nargs="*", default=PRINTS)
    parser.add_argument("--wrong", type=int)
    parser.add_argument("--damages", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    for results in _measured(given):
        if given.write:
            write(results)


def _measured(given: argparse.Namespace) -> Iterator[Results]:
    """The results so far, after every part of the run."""
    results = read()
    if given.books:
        for printed in given.prints:
            others = tuple(one for one in results.consistent if one.printed != printed)
            for one in _in_parts(given.books, partial(consistent, printed=printed), added):
                every = sorted((*others, one), key=lambda each: PRINTS.index(each.printed))
                results = results._replace(consistent=tuple(every))
                yield results
    if given.wrong:
        for found in _in_parts(given.wrong, one_wrong_figure, added_wrong):
            results = results._replace(wrong=found)
            yield results
    if given.damages is not None:
        for example in EXAMPLES:
            damaged = sampled(example, given.seed, given.damages or None)
            kept = {one.example: one for one in results.damaged} | {example: damaged}
            results = results._replace(damaged=tuple(kept[name] for name in EXAMPLES if name in kept))
            yield results
    yield results


def _in_parts(count: int, measure: Callable[[range], R], add: Callable[[R, R], R]) -> Iterator[R]:
    whole: R | None = None
    for start in range(FIRST_SEED, FIRST_SEED + count, CHUNK):
        part = measure(range(start, min(start + CHUNK, FIRST_SEED + count)))
        whole = part if whole is None else add(whole, part)
        yield whole


def read() -> Results:
    """The results of the last run."""
    if not RESULTS.exists():
        return Results((), None, ())
    content: dict[str, Any] = json.loads(RESULTS.read_text("utf-8"))
    runs = tuple(Consistent(**{**one, "seeds": tuple(one["seeds"]), "concerned": tuple(one["concerned"])})
                 for one in content["consistent"])
    wrong = content["wrong"]
    damaged = tuple(Damaged(**{**one, "faults": tuple(one["faults"])}) for one in content["damaged"])
    return Results(
        runs, wrong and Wrong(**{**wrong, "seeds": tuple(wrong["seeds"]), "missed": tuple(wrong["missed"])}), damaged
    )


def write(results: Results) -> None:
    """Keep the results and write the page."""
    content = {
        "consistent": [one._asdict() for one in results.consistent],
        "wrong": results.wrong and results.wrong._asdict(),
        "damaged": [one._asdict() for one in results.damaged],
    }
    RESULTS.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(results), "utf-8")


if __name__ == "__main__":
    main()
