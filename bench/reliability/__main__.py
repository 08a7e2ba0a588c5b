"""``python -m bench.reliability``: measure, and with ``--write`` write docs/reliability.md and the results behind it.

``--books N`` generated workbooks of each print and ``--wrong N`` with one wrong figure; ``--damages N`` of each kind
of damage to each example, 0 for all. What is not asked for stays as it was measured before.

The run is made of pieces, ``--jobs`` at a time; those that are kept from a run broken off are not measured again.
``--part 1/3`` measures every third piece only; ``--write`` needs them all, and measures what is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from bench.reliability.books import PRINTS
from bench.reliability.page import Results, page
from bench.reliability.pieces import consistent_from, damaged_from, merged, planned, run, wrong_from

RESULTS = Path(__file__).with_name("results.json")
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


def main() -> None:
    """Measure what is asked for."""
    given = _parser().parse_args()
    pieces = planned(given.books, given.prints, given.wrong, given.damages, given.seed)
    number, _, of = given.part.partition("/")
    began = time.monotonic()
    run(
        pieces[int(number) - 1 :: int(of)] if of else pieces, given.jobs,
        lambda line: print(f"{time.monotonic() - began:6.0f} s  {line}", file=sys.stderr, flush=True),
    )
    if not of:
        results = merged(pieces, read())
        print(page(results))
        if given.write:
            write(results)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reliability")
    parser.add_argument("--books", type=int, default=0)
    parser.add_argument("--prints", nargs="*", default=PRINTS, choices=PRINTS)
    parser.add_argument("--wrong", type=int, default=0)
    parser.add_argument("--damages", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--part", default="", metavar="I/N")
    parser.add_argument("--write", action="store_true")
    return parser


def read() -> Results:
    """The results of the last run."""
    if not RESULTS.exists():
        return Results((), None, ())
    content: dict[str, Any] = json.loads(RESULTS.read_text("utf-8"))
    wrong = content["wrong"]
    return Results(
        tuple(map(consistent_from, content["consistent"])), wrong and wrong_from(wrong),
        tuple(map(damaged_from, content["damaged"])),
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
