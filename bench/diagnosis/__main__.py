"""``python -m bench.diagnosis``: prints what was found; ``--write`` writes docs/diagnosis.md, ``--times`` its times."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.diagnosis.page import PAGE, page, with_times
from bench.diagnosis.runs import measure, measure_times

BOOKS = 1000


def main() -> int:
    """Always 0: figures are reported, whatever they are."""
    parser = argparse.ArgumentParser(prog="python -m bench.diagnosis", description=__doc__)
    parser.add_argument("--write", action="store_true", help="写 docs/diagnosis.md（write the page）")
    parser.add_argument("--books", type=int, default=BOOKS, help=f"每种多少本（of each kind，默认 {BOOKS}）")
    parser.add_argument("--times", action="store_true", help="只量时间，页上其他各节不变（only the times of the page）")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        if options.times:
            text = with_times(PAGE.read_text(encoding="utf-8"), measure_times(options.books, Path(folder)))
        else:
            text = page(measure(options.books, Path(folder)))
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
