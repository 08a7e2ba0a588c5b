"""A squeezed paragraph as tokens: figures, years, phrases of the lexicon, marks, and everything else."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from gouji.figures import BARE, MONEY_UNITS, PERCENT, POINTS, Figure
from gouji.texts.lexicon import Entry, Lexicon

MOST_DIGITS = 30
LONGEST_QUOTE = 80


class Kind(StrEnum):
    """What a token is. ``MARK``: （类）（款）（项）; ``PROJECT``: “name”项目; ``OTHER``: characters nobody knows."""

    MONEY = "money"
    RATE = "rate"
    SCORE = "score"
    COUNT = "count"
    BARE = "bare"
    YEAR = "year"
    PHRASE = "phrase"
    MARK = "mark"
    PROJECT = "project"
    POINT = "point"
    OTHER = "other"


FIGURES = frozenset({Kind.MONEY, Kind.RATE, Kind.SCORE, Kind.COUNT, Kind.BARE})


class Token(NamedTuple):
    """Characters ``start`` to ``end`` of the squeezed paragraph. ``entries``: what a phrase may mean."""

    kind: Kind
    start: int
    end: int
    text: str
    figure: Figure | None = None
    entries: tuple[Entry, ...] = ()
    unit: str = ""

    def means(self, *words: str) -> bool:
        """Whether the phrase may be one of these words of the vocabulary."""
        return any(entry.sort == "word" and entry.name in words for entry in self.entries)


_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3}){1,9}(?!\d)|\d+)(?:\.\d+)?")
_MONEY = re.compile(r"(亿元|万元|元(?![旦月])|亿(?![人份张株吨斤])|万(?=[,，。；;、：:)\]]|$))")
_RATE = re.compile(r"(%|个?百分点)")
_SCORE = re.compile(r"分(?![别钟之项类布])")
_COUNT = re.compile(
    r"余?[万亿]?(批次|人次|场次|[个辆人次台套件项家名批场期份篇例款只条户处亩岁年月日号级类层位部种幢栋所座间本册张米吨])"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|全年|[-—~至])")
_MARK = re.compile(r"\([类款项]\)")
_ORDINAL = re.compile(r"\d{1,2}[.、)](?!\d)|\(\d{1,2}\)")
POINTS_OF_TEXT = "，,。；;：:、！!？?()[]《》"


def tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens of a squeezed paragraph from left to right, without holes. Linear in its length."""
    found: list[Token] = []
    place = _ordinal_end(text)
    other = place
    while place < len(text):
        token = _token(text, place, lexicon)
        if token is None:
            place += 1
            continue
        if other < place:
            found.append(Token(Kind.OTHER, other, place, text[other:place]))
        found.append(token)
        place = other = token.end
    if other < place:
        found.append(Token(Kind.OTHER, other, place, text[other:place]))
    return found


def _ordinal_end(text: str) -> int:
    """Behind ``1.`` or ``（1）`` at the start, which is no figure."""
    match = _ORDINAL.match(text)
    return match.end() if match else 0


def _token(text: str, place: int, lexicon: Lexicon) -> Token | None:
    character = text[place]
    if character.isdecimal() or (character == "-" and text[place + 1 : place + 2].isdecimal()):
        return _number(text, place)
    if character == '"':
        return _project(text, place) or _phrase(text, place, lexicon)
    if character == "(":
        mark = _MARK.match(text, place)
        if mark:
            return Token(Kind.MARK, place, mark.end(), mark[0][1])
    return _phrase(text, place, lexicon) or (
        Token(Kind.POINT, place, place + 1, character) if character in POINTS_OF_TEXT else None
    )


def _phrase(text: str, place: int, lexicon: Lexicon) -> Token | None:
    found = lexicon.longest(text, place)
    if found is None:
        return None
    end, entries = found
    return Token(Kind.PHRASE, place, end, text[place:end], entries=entries)


def _project(text: str, place: int) -> Token | None:
    """``"信访工作经费"项目``: the name in quotation marks, when 项目 follows."""
    close = text.find('"', place + 1, place + LONGEST_QUOTE)
    if close < 0 or not text.startswith("项目", close + 1) or close == place + 1:
        return None
    return Token(Kind.PROJECT, place, close + 3, text[place + 1 : close])


def _number(text: str, place: int) -> Token:
    year = _YEAR.match(text, place)
    if year and not text[place - 1 : place].isdecimal():
        return Token(Kind.YEAR, place, year.end(), year[0])
    match = _NUMBER.match(text, place)
    if match is None:  # digits of another script
        return Token(Kind.OTHER, place, place + 1, text[place])
    number, end = match[0], match.end()
    for kind, pattern in ((Kind.MONEY, _MONEY), (Kind.RATE, _RATE), (Kind.SCORE, _SCORE), (Kind.COUNT, _COUNT)):
        unit = pattern.match(text, end)
        if unit:
            return Token(kind, place, unit.end(), text[place : unit.end()], _figure(number, kind, unit[0]), (), unit[0])
    return Token(Kind.BARE, place, end, number, _figure(number, Kind.BARE, ""))


def _figure(number: str, kind: Kind, unit: str) -> Figure | None:
    plain = number.replace(",", "")
    whole, _, part = plain.partition(".")
    if len(whole) + len(part) > MOST_DIGITS or not (whole + part).lstrip("-").isascii():
        return None
    digits, places = int(whole + part), len(part)
    if kind is Kind.MONEY:
        money = MONEY_UNITS[unit if unit.endswith("元") else unit + "元"]
        return Figure(digits, places - money.exponent, places - money.exponent, money)
    if kind is Kind.RATE:
        return Figure(digits, places + 2, places + 2, PERCENT) if unit == "%" else None
    if kind is Kind.SCORE:
        return Figure(digits, places, places, POINTS)
    return Figure(digits, places, None, BARE)
