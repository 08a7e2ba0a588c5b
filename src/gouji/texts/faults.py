"""What can be said of a text without any rule: what a template left behind, units, years, copied paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from gouji.document import Document
from gouji.figures import YUAN
from gouji.tables.model import Spoken
from gouji.texts.statements import Said, Statement
from gouji.texts.text import TextReading
from gouji.texts.tokens import Kind, Token

_FIRST = 10_000_000
"""Columns of spoken words that are no figures of a statement begin here."""
_FEW = 10_000
_BLANKS = re.compile(
    r"[Xx×＊*○〇□_]{2,12}(?=[省市县区局委厅部院校会站中年月单个万%元])"
    r"|\((?:单位名称|填写[^()]{0,20}|此处[^()]{0,20})\)"
)
_UP_TO = re.compile(r"截至((?:19|20)\d\d)年(?:度)?12月(?:31日|底)")


class Fault(NamedTuple):
    """Words of a text that are wrong in themselves: which rule says so, and what is said in Chinese and English."""

    rule: str
    severity: Literal["error", "warning", "info"]
    words: Spoken
    chinese: str
    english: str


def faults(reading: TextReading) -> list[Fault]:
    """All of them, in the order of the text."""
    found = [
        *_residues(reading), *_units(reading), *_bare(reading), *_years(reading), *_copies(reading),
    ]  # fmt: skip
    found.sort(key=lambda each: (each.words.paragraph, each.words.start, each.rule))
    return [
        each._replace(words=_numbered(each.words, number)) for number, each in enumerate(found)
    ]


def _numbered(words: Spoken, number: int) -> Spoken:
    return Spoken(words.sheet, _FIRST + number, words.paragraph, words.start, words.end, words.words, words.cell)


def words_at(document: Document, paragraph: int, start: int, end: int) -> Spoken:
    """Words of a document by paragraph (from 0) and code points."""
    own = document.paragraphs[paragraph]
    return Spoken(document.name, _FIRST, paragraph + 1, start, end, own.text[start:end], own.cell)


def _residues(reading: TextReading) -> Iterator[Fault]:
    for paragraph, start, end, _ in reading.residues:
        words = words_at(reading.document, paragraph, start, end)
        yield Fault(
            "T71", "warning", words,
            f"“{words.words}”是模板里的字样，没有改成实际的“增加”或“减少”。",
            f"“{words.words}” is left over from a template.",
        )
    for place in reading.places:
        if place.told:
            for match in _BLANKS.finditer(place.squeezed.text):
                words = words_at(reading.document, place.number, *place.squeezed.span(match.start(), match.end()))
                yield Fault(
                    "T71", "warning", words,
                    f"“{words.words}”像是模板里待填的字样，没有填上。",
                    f"“{words.words}” seems to be a blank of a template.",
                )


def _units(reading: TextReading) -> Iterator[Fault]:
    """元 with decimals among amounts in 万元."""
    prices = {(figure.paragraph, figure.start) for figure in reading.figures if figure.why == "单价"}
    for place, own in reading.tokens:
        larger = sum(token.kind is Kind.MONEY and token.unit != "元" for token in own)
        for token in own:
            span = place.squeezed.span(token.start, token.end)
            if larger >= 2 and token.unit == "元" and _is_small(token) and (place.number, span[0]) not in prices:
                words = words_at(reading.document, place.number, *span)
                yield Fault(
                    "T72", "warning", words,
                    f"“{words.words}”的单位是元，同一段的其他金额是万元，像是漏了“万”。",
                    f"“{words.words}” is in 元 among amounts in 万元: perhaps 万 is missing.",
                )


def _is_small(token: Token) -> bool:
    return "." in token.text and token.figure is not None and token.figure.unit == YUAN and token.figure.value < _FEW


def _bare(reading: TextReading) -> Iterator[Fault]:
    for paragraph, start, end, is_rate in reading.bare:
        words = words_at(reading.document, paragraph, start, end)
        unit, unit_en = ("%", "%") if is_rate else ("单位（万元）", "unit")
        yield Fault(
            "T73", "warning", words,
            f"“{words.words}”后面没有写{unit}，不知道是什么数。", f"“{words.words}” has no {unit_en} behind it.",
        )


def _years(reading: TextReading) -> Iterator[Fault]:
    year = reading.year
    if year is None:
        return
    places = [(paragraph, start, end, named) for paragraph, start, end, named in reading.years if named != year]
    for place in reading.places:
        for match in _UP_TO.finditer(place.squeezed.text) if place.told else ():
            if int(match[1]) != year:
                places.append((place.number, *place.squeezed.span(match.start(1), match.end(1)), int(match[1])))
    for paragraph, start, end, named in places:
        last = named == year - 1
        yield Fault(
            "T74", "warning", words_at(reading.document, paragraph, start, end),
            f"这里写的是 {named} 年，本年度是 {year} 年{'，像是去年的文字没有改' if last else ''}。",
            f"{named} is written here, the accounts are of {year}{': perhaps last year’s text' if last else ''}.",
        )


_PROJECT = "项目综述"
_TELLING = ("全年预算数", "全年执行数")


def _copies(reading: TextReading) -> Iterator[Fault]:
    """A project with the very figures of another, where they are not round."""
    seen: dict[tuple[tuple[str, object], ...], Statement] = {}
    for one in reading.statements:
        if one.table != _PROJECT or one.row != "项目" or not all(name in one.figures for name in _TELLING):
            continue
        values = tuple(sorted((name, said.figure.value) for name, said in one.figures.items()))
        budget, spent = (one.figures[name].figure.value for name in _TELLING)
        first = seen.setdefault(values, one)
        if first.key != one.key and budget != spent and len(values) > len(_TELLING):
            yield _copy(reading, first, one)


def _copy(reading: TextReading, first: Statement, one: Statement) -> Fault:
    start, end = _stretch(one.figures.values(), one.paragraph)
    return Fault(
        "T75", "warning", words_at(reading.document, one.paragraph, start, end),
        f"“{one.label}”这一段的数与第 {first.paragraph + 1} 段“{first.label}”完全相同，像是复制后没有改。",
        f"the figures of “{one.label}” are those of “{first.label}” (paragraph {first.paragraph + 1}): perhaps a copy.",
    )


def _stretch(said: Iterable[Said], paragraph: int) -> tuple[int, int]:
    own: Sequence[Said] = [each for each in said if each.paragraph == paragraph]
    return min(each.start for each in own), max(each.end for each in own)
