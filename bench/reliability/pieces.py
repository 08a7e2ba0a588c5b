"""A run in pieces: each is measured alone, in any process and on any day, and kept until the page is written.

Pieces are kept under the fingerprint of what was measured, so that those of another state of the program never mix.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache, reduce
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from bench.reliability.books import PRINTS, Consistent, Print, Wrong, added, added_wrong, consistent, one_wrong_figure
from bench.reliability.page import Results
from bench.reliability.samples import EXAMPLES, Damaged, added_damaged, sampled

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "out" / "reliability"
MEASURED = ("src/gouji", "rules", "templates/examples", "bench/generator", "bench/reliability", "bench/diagnosis")
"""What decides the results."""
FIRST_SEED, BOOKS = 20_000, 25
ALL = 16
"""Pieces of an example where every damage is tried."""

Measured: TypeAlias = Consistent | Wrong | Damaged


class Piece(NamedTuple):
    """A share of a run: ``what`` is a print, 一个数错了 or an example; ``first`` to before ``last`` are seeds.

    Of an example they are the piece and how many there are, ``seed`` draws the damages, one of each kind a piece unless
    ``every`` one is tried.
    """

    what: str
    first: int
    last: int
    seed: int = 0
    every: bool = False

    @property
    def name(self) -> str:
        """The name of the file that keeps it."""
        return "-".join([self.what, str(self.first), str(self.last), *([f"s{self.seed}"] if self.seed else []),
                         *(["every"] if self.every else [])]) + ".json"  # fmt: skip


def measure(piece: Piece) -> Measured:
    """Measure a piece."""
    seeds = range(piece.first, piece.last)
    if piece.what in EXAMPLES:
        return sampled(piece.what, piece.seed, None if piece.every else 1, piece.first, piece.last)
    printed = next((one for one in PRINTS if one == piece.what), None)
    return one_wrong_figure(seeds) if printed is None else consistent(seeds, printed)


def planned(books: int, prints: Iterable[Print], wrong: int, damages: int | None, seed: int) -> list[Piece]:
    """The pieces of a run; of ``damages`` 0 means every one, ``None`` no examples."""
    pieces = [Piece(each, *ends) for each in prints for ends in _ends(books)]
    pieces += [Piece("一个数错了", *ends) for ends in _ends(wrong)]
    if damages is not None:
        parts = damages or ALL
        pieces += [Piece(each, n, parts, seed, every=not damages) for each in EXAMPLES for n in range(parts)]
    return pieces


def _ends(count: int) -> Iterator[tuple[int, int]]:
    end = FIRST_SEED + count
    for start in range(FIRST_SEED, end, BOOKS):
        yield start, min(start + BOOKS, end)


def run(pieces: Sequence[Piece], processes: int, told: Callable[[str], None]) -> None:
    """Measure and keep the pieces that are not kept yet; ``told`` gets a line as each is done."""
    folder = folder_of_this_state()
    folder.mkdir(parents=True, exist_ok=True)
    missing = [piece for piece in pieces if not (folder / piece.name).exists()]
    told(f"{len(pieces)} pieces, {len(pieces) - len(missing)} kept already in {folder}")
    with ProcessPoolExecutor(processes) as pool:
        waiting = {pool.submit(measure, piece): piece for piece in missing}
        for count, future in enumerate(as_completed(waiting), 1):
            piece = waiting[future]
            _keep(folder / piece.name, future.result())
            told(f"{count}/{len(missing)} {piece.name}")


def _keep(path: Path, found: Measured) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(found._asdict(), ensure_ascii=False), "utf-8")
    unfinished.replace(path)


def merged(pieces: Sequence[Piece], before: Results) -> Results:
    """The kept pieces put together; what was not asked for stays as it was ``before``."""
    folder = folder_of_this_state()

    def of(what: str) -> list[dict[str, Any]]:
        return [json.loads((folder / piece.name).read_text("utf-8")) for piece in pieces if piece.what == what]

    runs = {one.printed: one for one in before.consistent}
    runs |= {name: reduce(added, map(consistent_from, kept)) for name in PRINTS if (kept := of(name))}
    wrong = of("一个数错了")
    damaged = {one.example: one for one in before.damaged}
    damaged |= {name: reduce(added_damaged, map(damaged_from, kept)) for name in EXAMPLES if (kept := of(name))}
    return Results(
        tuple(runs[name] for name in PRINTS if name in runs),
        reduce(added_wrong, map(wrong_from, wrong)) if wrong else before.wrong,
        tuple(damaged[name] for name in EXAMPLES if name in damaged),
    )


def consistent_from(kept: dict[str, Any]) -> Consistent:
    """As it was before it was kept."""
    return Consistent(**{**kept, "seeds": tuple(kept["seeds"]), "concerned": tuple(kept["concerned"])})


def wrong_from(kept: dict[str, Any]) -> Wrong:
    """As it was before it was kept."""
    return Wrong(**{**kept, "seeds": tuple(kept["seeds"]), "missed": tuple(kept["missed"])})


def damaged_from(kept: dict[str, Any]) -> Damaged:
    """As it was before it was kept."""
    return Damaged(**{**kept, "faults": tuple(kept["faults"])})


def folder_of_this_state() -> Path:
    """Where the pieces of the program as it is now are kept."""
    return KEPT / _fingerprint()


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    for place in MEASURED:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix in {".py", ".yaml", ".lark", ".xlsx"}:
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
