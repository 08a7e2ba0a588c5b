"""What is known while a text is read: of the whole text (``Reader``), of one paragraph (``State``), of one clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gouji.figures import Figure
from gouji.texts.outline import Place
from gouji.texts.statements import Figured, Said, Statement
from gouji.texts.tokens import Kind, Token
from gouji.texts.vocabulary import Vocabulary


@dataclass(slots=True)
class Clause:
    """What has been met since the last comma."""

    subject: bool = False
    unknown: bool = False
    compared: bool = False
    share: bool = False
    done: bool = False
    each: bool = False


@dataclass(slots=True)
class Reader:
    """Reads the paragraphs of one text in order. ``year`` is that of the accounts, where it is known."""

    words: Vocabulary
    year: int | None
    statements: list[Statement] = field(default_factory=list)
    figures: list[Figured] = field(default_factory=list)
    residues: list[tuple[int, int, int, str]] = field(default_factory=list)
    bare: list[tuple[int, int, int, bool]] = field(default_factory=list)
    years: list[tuple[int, int, int, int]] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)
    said: dict[tuple[int, int], int] = field(default_factory=dict)
    signed: dict[int, Figure] = field(default_factory=dict)
    told: set[tuple[str, str, str]] = field(default_factory=set)
    bases: dict[str, str] = field(default_factory=dict)
    """By a heading (与上年相比): what figures below it are compared with."""


class State:
    """The state of reading one paragraph: what its last words say of the figure that comes next."""

    def __init__(self, reader: Reader, place: Place, found: Sequence[Token]) -> None:
        self.reader, self.place, self.tokens = reader, place, found
        self.clause = Clause()
        self.current: Statement | None = None
        self.base = reader.bases.get(place.path)
        self.pending: tuple[str, int] | None = None  # a base that may turn out to be a column: its name and token
        self.column: tuple[str, int] | None = None
        self.sign: tuple[int, int] | None = None  # +1, -1 or 0 (not said), and the token
        self.unsigned: tuple[str, Said] | None = None
        self.reason = self.muted = self.counted = self.involved = False
        self.dated: Token | None = None  # the year that the sentence begins with
        self.listed: Statement | None = None  # the subject whose items 包括 lists
        self.listing = False
        self.depth = 0
        self.outside: list[tuple[Statement | None, Clause, str | None, bool]] = []  # what brackets stand aside of
        self.path: dict[str, str] = {}

    def open(self, table: str, row: str, key: str, token: Token) -> None:
        """A subject opens a statement."""
        words = token.text if token.kind is Kind.PROJECT else self.place.squeezed.words(token.start, token.end)
        label = words if words.count("“") == words.count("”") else words.strip("“”")
        self.current = Statement(table, row, key, label, self.place.block, self.place.number)
        self.reader.statements.append(self.current)
        self.clause.subject, self.clause.unknown, self.muted = True, False, False
        self.sign = self.pending = self.column = None

    def step_aside(self) -> None:
        """An opening bracket."""
        self.depth += 1
        self.outside.append((self.current, replace(self.clause), self.base, self.muted))

    def step_back(self) -> None:
        """A closing bracket: the sentence goes on as if nothing had been said in between."""
        if self.depth:
            self.depth -= 1
            self.current, self.clause, self.base, self.muted = self.outside.pop()

    def lose(self) -> None:
        """Words that nobody knows: what follows has no known subject."""
        self.clause.unknown = True
        self.sign = self.pending = self.column = None

    def put(self, column: str, token: Token, figure: Figure) -> bool:
        """Give the figure to the statement; one that has such a figure already is followed by another."""
        assert self.current is not None
        own = self.reader.words.columns.get(self.current.table, {}).get(column)
        if own is None:
            return False
        if own in self.current.figures:
            last = self.current
            self.current = Statement(*last.subject, last.label, last.block, self.place.number)
            self.reader.statements.append(self.current)
        sign = self.sign[0] if self.sign is not None and "增减" in column else 1
        signed = figure._replace(digits=-figure.digits) if sign < 0 else figure
        span = self.place.squeezed.span(token.start, token.end)
        self.reader.said[self.place.number, span[0]] = len(self.reader.figures)
        said = Said(len(self.reader.figures), self.place.number, *span, signed)
        self.reader.figures.append(Figured(self.place.number, *span, token.text))
        self.current.figures[own] = said
        self.reader.signed[said.number] = signed
        self._settle_sign(own, said, sign, token.kind)
        if own == "决算数" and self.dated is not None:
            at = self.place.squeezed.span(self.dated.start, self.dated.end)
            self.reader.years.append((self.place.number, *at, int(self.dated.text)))
            self.dated = None
        return True

    def _settle_sign(self, column: str, said: Said, sign: int, kind: Kind) -> None:
        """An amount behind 增加（减少） has the sign of the rate that follows."""
        if sign == 0:
            self.unsigned = column, said
        elif self.unsigned is not None and kind is Kind.RATE and self.current is not None:
            name, amount = self.unsigned
            if sign < 0 and name in self.current.figures:
                figure = amount.figure._replace(digits=-amount.figure.digits)
                self.current.figures[name] = amount._replace(figure=figure)
            self.unsigned = None
