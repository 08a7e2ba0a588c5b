"""``gouji rules coverage PACK``: figures that no rule reads, that one alone reads, that no rule tells apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.cli import exits
from gouji.cli.commands import Rules
from gouji.cli.screen import Screen
from gouji.errors import WorkbookError
from gouji.report.layout import wrap
from gouji.report.words import listed

if TYPE_CHECKING:
    from gouji.cases.coverage import Coverage, Covered, Place, Standing
    from gouji.packs.model import Pack
    from gouji.tables.model import Recognition

_COLUMNS = 100
_SAID: dict[Standing, tuple[str, str]] = {
    "untouched": ("没有规则读到", "no rule reads them"),
    "bounded": ("只有不等式读到（超出范围才看得出错）", "only inequalities read them: wrong only when out of bounds"),
    "single": ("只在一条等式里（错了看得出，但不知是哪一格）", "in one equation only: noticed, not located"),
    "twin": ("在几条等式里，但总与别的数一同出现，分不清是谁", "in several equations, always with another figure"),
    "located": ("在几条等式里，错了能指出来", "in several equations: located"),
}


def run(command: Rules, screen: Screen) -> int:
    """Print the coverage; errors as of loading a pack and reading a workbook."""
    from gouji.cases.coverage import coverage
    from gouji.packs import load_pack

    pack = load_pack(command.packs[0])
    found = coverage(pack, _template(pack, command.template) if command.template else None)
    if command.format == "json":
        screen.document(json.dumps(_json(found), ensure_ascii=False, indent=1) + "\n")
        return exits.CLEAN
    for line in _lines(found, screen):
        screen.print(line)
    return exits.CLEAN


def _template(pack: Pack, file: str) -> Recognition:
    """The forms of a workbook, every figure cell filled in."""
    from gouji.cases.full_forms import filled
    from gouji.flow import forms_of
    from gouji.hosts.package.reading import read_package
    from gouji.tables.recognise import recognise

    book = read_package(Path(file))
    forms = forms_of(pack)
    recognition = recognise(book, forms)
    if not recognition.tables:
        raise WorkbookError(
            f"{book.name}：没有规则包 {pack.id} 的任何一张表。", f"{book.name}: no form of pack {pack.id}."
        )
    return recognise(filled(book, recognition), forms)


def _lines(found: Coverage, screen: Screen) -> Iterator[str]:
    from gouji.cases.coverage import STANDINGS

    total = len(found.figures)
    yield screen.say(f"{found.pack}：{total} 个数", f"{found.pack}: {total} figures")
    for standing in STANDINGS:
        own = found.of(standing)
        yield ""
        yield f"{screen.say(*_SAID[standing])}{screen.say('：', ': ')}{len(own)}"
        if standing != "located":
            yield from _by_table(own, screen)
    groups = [group for group in found.groups if len({_standing(found)[place.cell] for place in group} & {"twin"})]
    if groups:
        yield ""
        yield screen.say("分不清的数，一行一组：", "figures that cannot be told apart, a group a line:")
        for group in groups:
            yield from _indented(listed(_counted(place.name for place in group), screen.language))
    if found.not_applied:
        yield ""
        yield screen.say("没有应用的规则：", "rules not applied:")
        for rule, chinese, english in found.not_applied:
            yield f"  {rule} {screen.say(chinese, english)}"


def _standing(found: Coverage) -> dict[object, Standing]:
    return {figure.place.cell: figure.standing for figure in found.figures}


def _by_table(figures: Sequence[Covered], screen: Screen) -> Iterator[str]:
    """A line a table and rule: rows that have the same columns together."""
    groups: dict[tuple[str, tuple[str, ...]], list[Place]] = {}
    for figure in figures:
        groups.setdefault((figure.place.table, figure.rules), []).append(figure.place)
    for (table, rules), places in groups.items():
        by = f"（{' '.join(rules)}）" if rules else ""
        yield from _indented(f"{table}{by} {_rows_and_columns(places, screen)}")


def _rows_and_columns(places: Iterable[Place], screen: Screen) -> str:
    columns: dict[str, dict[str, None]] = {}
    for place in places:
        row = f"{place.section}/{place.row}" if place.section else place.row
        columns.setdefault(row, {})[place.column] = None
    rows: dict[tuple[str, ...], list[str]] = {}
    for row, own in columns.items():
        rows.setdefault(tuple(own), []).append(row)
    separator = screen.say("；", "; ")
    return separator.join(
        f"{listed(names, screen.language)} × {listed(own, screen.language)}" for own, names in rows.items()
    )


def _counted(names: Iterable[str]) -> list[str]:
    """Each name once, with how often it occurs."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return [name if count == 1 else f"{name}×{count}" for name, count in counts.items()]


def _indented(text: str) -> Iterator[str]:
    for number, line in enumerate(wrap(text, _COLUMNS - 4)):
        yield f"{'  ' if not number else '    '}{line}"


def _json(found: Coverage) -> dict[str, Any]:
    from gouji.cases.coverage import STANDINGS

    return {
        "schema": "gouji/coverage/1",
        "pack": found.pack,
        "summary": {standing: len(found.of(standing)) for standing in STANDINGS},
        "figures": [
            {
                "figure": figure.place.name, "table": figure.place.table, "row": figure.place.row,
                "column": figure.place.column, "sheet": figure.place.cell.sheet, "cell": figure.place.cell.address,
                "standing": figure.standing, "rules": list(figure.rules),
            }
            for figure in found.figures
        ],
        "indistinguishable": [[str(place.cell) for place in group] for group in found.groups],
        "not_applied": [{"rule": rule, "reason": chinese} for rule, chinese, _ in found.not_applied],
    }  # fmt: skip
