"""Which pack fits a workbook: by the titles, names and the year that are printed in it, and why.

Of the packs that know most titles, one that extends another authority's must understand more than that other to be
preferred; among packs of one authority the year decides; between authorities the names that are printed do.
Every order has a last resort, so that the same workbook always gets the same pack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from gouji.labels import squeezed
from gouji.packs.signatures import Signature, signatures
from gouji.sheet import Book
from gouji.tables.definition import TableDefinition
from gouji.tables.grid import Grid, bare
from gouji.tables.titles import Titles, titles_of

_YEARS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)年度"),
    re.compile(r"(?<![〇零○一二三四五六七八九])(二[〇零○][〇零○一二三四五六七八九]{2})年度?"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!\d|度)"),
)
"""How a year is printed, the surest first; a year and month (2021年7月) is none."""
_IN_A_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SHOWN = 3


class Fit(NamedTuple):
    """How well a pack fits: ``forms`` whose titles it knows, ``names`` of rows and columns it understands on them.

    ``local``: a place or unit of its ``area`` is printed.
    """

    signature: Signature
    forms: int
    names: int
    local: bool

    @property
    def pack(self) -> str:
        """The pack's id."""
        return self.signature.pack


class Choice(NamedTuple):
    """The pack chosen and why. ``fits``: it and those that come close, best first; ``year`` printed in the workbook.

    ``doubts``: sentences (Chinese, English) on why another pack may be the right one; empty for a sure choice.
    """

    pack: str
    year: int | None
    fits: tuple[Fit, ...]
    doubts: tuple[tuple[str, str], ...]

    def reason(self, language: str = "zh") -> str:
        """One sentence on why this pack."""
        first = self.fits[0]
        if language == "en":
            year = f", for {self.year}" if self.year else ""
            return f"pack {self.pack}: {first.forms} forms, {first.names} names understood{year}{self._others('en')}."
        year = f"，工作簿印的是 {self.year} 年度" if self.year else ""
        return (
            f"规则包 {self.pack}（{first.signature.title}）：认得 {first.forms} 张表、{first.names} 个表头和行名"
            f"{year}{self._others('zh')}。"
        )

    def doubt(self, language: str = "zh") -> str:
        """Why the choice is doubtful, with the next step; "" for a sure one."""
        if not self.doubts:
            return ""
        said = [english if language == "en" else chinese for chinese, english in self.doubts]
        if language == "en":
            return f"The pack {self.pack} is a guess: {'; '.join(said)}. Give the right one with --pack."
        return f"规则包 {self.pack} 是推测的：{'；'.join(said)}。不对的话，用 --pack 指定。"

    def _others(self, language: str) -> str:
        others = self.fits[1:_SHOWN]
        if not others:
            return ""
        if language == "en":
            return "; next " + ", ".join(f"{one.pack} ({one.forms} and {one.names})" for one in others)
        return "；其次是 " + "、".join(f"{one.pack}（{one.forms} 张、{one.names} 个）" for one in others)


def choose(
    book: Book, known: Sequence[Signature] | None = None, *, grids: Iterable[Grid] | None = None
) -> Choice:
    """The best pack for ``book`` among ``known`` (by default all that can be named without a path).

    ``grids`` are those of its sheets, where they were made already.
    """
    grids = [grid for grid in (map(Grid, book.sheets) if grids is None else grids) if grid.row_numbers]
    year = printed_year(book, grids)
    fits = list(_fits(grids, signatures() if known is None else known))
    most = max(fit.forms for fit in fits)
    kept = _worth_more_than_their_parents([fit for fit in fits if fit.forms == most])
    best = [_of_year(group, year) for group in _by_authority(kept)]
    ranked = sorted(best, key=lambda fit: (-fit.names, not fit.local, _year_rank(fit, year), *_last_resort(fit)))
    rest = sorted(
        (fit for fit in fits if fit not in ranked),
        key=lambda fit: (-fit.forms, -fit.names, _year_rank(fit, year), *_last_resort(fit)),
    )
    return Choice(ranked[0].pack, year, (*ranked, *rest), tuple(_doubts(ranked, kept, year)))


def printed_year(book: Book, grids: Iterable[Grid] | None = None) -> int | None:
    """The year that most sheets print (2020年度, 二〇二〇年度); of several the latest. ``None``: none is printed."""
    found = map(Grid, book.sheets) if grids is None else grids
    pages = [[label for label in grid.labels.values() if "年" in label] for grid in found]
    for pattern in _YEARS:
        counted = Counter(year for page in pages for year in {year for text in page for year in _years(text, pattern)})
        if counted:
            return max(counted, key=lambda year: (counted[year], year))
    return max(_years(squeezed(book.name), _IN_A_NAME), default=None)


def _years(text: str, pattern: re.Pattern[str]) -> list[int]:
    return [int(match[1].translate(_DIGITS)) for match in pattern.finditer(text)]


def _fits(grids: Sequence[Grid], known: Sequence[Signature]) -> Iterator[Fit]:
    titles = titles_of(_named_by_title(tuple(dict.fromkeys(title for one in known for title in one.titles))))
    pages = [_Page.of(grid, titles) for grid in grids]
    texts = {text for grid in grids for text in grid.labels.values()}
    for one in known:
        counts = [page.understood(one) for page in pages]
        local = any(area in text for area in one.area for text in texts)
        yield Fit(one, sum(forms for forms, _ in counts), sum(names for _, names in counts), local)


@lru_cache(maxsize=4)
def _named_by_title(titles: tuple[str, ...]) -> tuple[TableDefinition, ...]:
    """A form for each title, named by it: enough to find the titles of all packs at once."""
    return tuple(TableDefinition(title, (title,), ()) for title in titles)


class _Page(NamedTuple):
    """A sheet: the titles on it, and its labels as headings and rows print them."""

    titles: tuple[str, ...]
    labels: frozenset[str]

    @classmethod
    def of(cls, grid: Grid, titles: Titles) -> _Page:
        """What is printed on the sheet of ``grid``; a sheet without a title may be named by one."""
        printed = titles.printed(grid) or [
            title for title in titles.possible(grid) if title.sign.by in ("工作表名", "页眉")
        ]
        found = tuple(dict.fromkeys(title.definition.name for title in printed))
        return cls(found, frozenset(name for label in grid.labels.values() for name in (label, bare(label))))

    def understood(self, one: Signature) -> tuple[int, int]:
        """How many forms of the sheet a pack knows, and how many of its labels as names of these forms."""
        tables = dict.fromkeys(one.titles[title] for title in self.titles if title in one.titles)
        if self.titles:
            return len(tables), len(self.labels & frozenset().union(*(one.names[table] for table in tables)))
        return 0, max((len(self.labels & names) for names in one.names.values()), default=0)


def _worth_more_than_their_parents(fits: Sequence[Fit]) -> list[Fit]:
    """Without those that understand no more than a pack of another authority that they extend."""
    by_id: Mapping[str, Fit] = {fit.pack: fit for fit in fits}

    def redundant(fit: Fit) -> bool:
        above = [by_id[pack] for pack in fit.signature.lineage[:-1] if pack in by_id]
        others = [one for one in above if one.signature.authority != fit.signature.authority]
        return not fit.local and any(one.names >= fit.names for one in others)

    return [fit for fit in fits if not redundant(fit)]


def _by_authority(fits: Iterable[Fit]) -> list[list[Fit]]:
    groups: dict[str, list[Fit]] = {}
    for fit in fits:
        groups.setdefault(fit.signature.authority, []).append(fit)
    return list(groups.values())


def _of_year(group: Sequence[Fit], year: int | None) -> Fit:
    """Of one authority's packs the one for the year; where none is printed the one that understands most."""
    return min(group, key=lambda fit: (_year_rank(fit, year), -fit.names, *_last_resort(fit)))


def _year_rank(fit: Fit, year: int | None) -> int:
    """0 for the year itself, then earlier years (forms stay until they change), then later ones."""
    own = fit.signature.year
    if year is None or own == year:
        return 0
    if own is None:
        return 1000
    return year - own if own < year else 100 + own - year


def _last_resort(fit: Fit) -> tuple[int, int, str]:
    """The more general, the newer, the first by name."""
    return len(fit.signature.lineage), -(fit.signature.year or 0), fit.pack


def _doubts(ranked: Sequence[Fit], kept: Sequence[Fit], year: int | None) -> Iterator[tuple[str, str]]:
    first = ranked[0]
    own = first.signature.year
    if not first.forms:
        yield "工作簿没有印出任何规则包认得的标题", "no title of any pack is printed"
    if year is None:
        same = [fit.pack for fit in kept if fit.signature.authority == first.signature.authority and fit != first]
        if same:
            yield (
                f"工作簿没有印年度，{'、'.join(same)} 也可能合用",
                f"the workbook prints no year; {', '.join(same)} may fit as well",
            )
    elif own is not None and own != year:
        yield f"没有 {year} 年度的规则包，用的是 {own} 年度的", f"there is no pack for {year}, this one is for {own}"
    ties = [fit.pack for fit in ranked[1:] if (fit.names, fit.local) == (first.names, first.local)]
    if ties and first.forms:
        yield f"{'、'.join(ties)} 认得的一样多", f"{', '.join(ties)} understand as much"
