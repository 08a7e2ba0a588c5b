"""Reading a paragraph: from tokens to statements.

One pass from left to right. A subject opens a statement; what stands between it and a figure says for which column the
figure is. Words that nobody knows make what follows them unknown, so that a figure is never given to the wrong subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.figures import WAN_YUAN, Figure
from gouji.labels import normalised
from gouji.texts.outline import Place
from gouji.texts.statements import Figured, Said, Statement
from gouji.texts.tokens import FIGURES, Kind, Token, tokens
from gouji.texts.vocabulary import Vocabulary

BASES = ("上年", "某年", "年初预算", "全年预算", "年度预算")
LONGEST_NAME = 20
"""How many tokens the name before （项） may have."""
_CURRENT = "本年"


@dataclass(slots=True)
class _Clause:
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

    def read(self, place: Place) -> list[Token]:
        """Read one paragraph; its tokens are given back for what else looks at them."""
        found = tokens(place.squeezed.text, self.words.lexicon)
        _Paragraph(self, place, found).read()
        return found


class _Paragraph:
    """The state of reading one paragraph."""

    def __init__(self, reader: Reader, place: Place, found: Sequence[Token]) -> None:
        self.reader, self.place, self.tokens = reader, place, found
        self.clause = _Clause()
        self.current: Statement | None = None
        self.base: str | None = None
        self.pending: tuple[str, int] | None = None  # a base that may turn out to be a column: its name and token
        self.column: tuple[str, int] | None = None
        self.sign: tuple[int, int] | None = None  # +1, -1 or 0 (not said), and the token
        self.unsigned: tuple[str, Said] | None = None
        self.reason = self.muted = self.counted = False
        self.involved = False
        self.dated: Token | None = None  # the year that the sentence begins with
        self.listed: Statement | None = None  # the subject whose items 包括 lists
        self.listing = False
        self.depth = 0
        self.path: dict[str, str] = {}
        self.last = -1  # the last token that carries on what is meant

    def read(self) -> None:
        for number, token in enumerate(self.tokens):
            if token.kind in FIGURES:
                self._figure(number, token)
            elif token.kind is Kind.POINT:
                self._point(token)
            elif token.kind is Kind.MARK:
                self._mark(number, token)
            elif token.kind is Kind.PROJECT:
                self._open("项目综述", "项目", normalised(token.text), token)
            elif token.kind is Kind.OTHER:
                self._other(token)
            elif token.kind is Kind.YEAR:
                self._year(number, token)
            elif token.kind is Kind.PHRASE:
                self._phrase(number, token)

    # -- marks and words nobody knows

    def _point(self, token: Token) -> None:
        if token.text == "(":
            self.depth += 1
            return
        if token.text == ")":
            self.depth = max(self.depth - 1, 0)
            return
        if token.text in "[]《》":
            return
        ends = token.text in "。；;！!？?"
        self.clause = _Clause()
        self.sign = None
        if token.text not in ":：":
            self.pending = self.column = None
        if ends:
            self.reason = self.muted = self.listing = self.involved = False
        if token.text in "。！!？?":
            self.counted, self.dated = False, None

    def _other(self, token: Token) -> None:
        if len(token.text) >= 2 or token.text not in "之其和及、个整":
            self.clause.unknown = True
            self.sign = self.pending = self.column = None

    def _year(self, number: int, token: Token) -> None:
        """The year that what follows is told of, not one that something is compared with."""
        before = self.tokens[number - 1] if number else None
        compares = before is not None and before.means("比", "完成", "占")
        if not compares and not self.depth and not self.reason:
            self.dated = token

    # -- phrases

    def _phrase(self, number: int, token: Token) -> None:
        if token.means("跳过"):
            return
        if token.means("他项"):
            self._other(token)
            return
        if self.reason:
            return
        row = self._row_of(token)
        if row is not None and not self._is_mark_name(number):
            if self.listing and not self._is_item(token, row):
                self.clause.unknown = True
                self.sign = self.pending = self.column = None
            else:
                self._subject(token, row)
            return
        self._word(number, token)

    def _is_item(self, token: Token, row: tuple[str, str, str]) -> bool:
        """Whether a row may be an item of what 包括 lists: a part of that subject, or meant under these headings."""
        if any(entry.heading and entry.name == row[1] and entry.table == row[0] for entry in token.entries):
            return True
        return self.listed is not None and self.listed.row in self.reader.words.parents.get((row[0], row[1]), ())

    def _is_mark_name(self, number: int) -> bool:
        """Whether （类）（款）（项） follows, which says what the words are."""
        following = self.tokens[number + 1 : number + 2]
        return bool(following) and following[0].kind is Kind.MARK

    def _row_of(self, token: Token) -> tuple[str, str, str] | None:
        """The row that the words mean under these headings: (table, row, key)."""
        rows = [entry for entry in token.entries if entry.sort == "row"]
        fitting = [entry for entry in rows if entry.heading and entry.heading in self.place.path]
        best = max(fitting, key=lambda entry: len(entry.heading), default=None)
        best = best or next((entry for entry in rows if not entry.heading), None)
        return None if best is None else (best.table, best.name, best.key)

    def _subject(self, token: Token, row: tuple[str, str, str]) -> None:
        if self.clause.share:
            if self.current is not None:
                self.current.whole = row[0], row[1]
            self.clause.unknown = False
            return
        self._open(*row, token)

    def _open(self, table: str, row: str, key: str, token: Token) -> None:
        label = token.text.strip('"')
        self.current = Statement(table, row, key, label, self.place.block, self.place.number)
        self.reader.statements.append(self.current)
        self.clause.subject, self.clause.unknown, self.muted = True, False, False
        self.sign = self.pending = self.column = None

    def _word(self, number: int, token: Token) -> None:
        if token.means("残留"):
            span = self.place.squeezed.span(token.start, token.end)
            self.reader.residues.append((self.place.number, *span, token.text))
        sign = _sign(token)
        if sign is not None:
            self._signed(sign, number)
        elif token.means("持平"):
            self._level(token)
        elif token.means(*BASES) and not (token.means("衬字") and not self._after_year(number)):
            self._base(number, token)
        elif not self._turn(number, token):
            self._role(number, token)
        if token.means("相比") and self.pending is not None:
            self.base = self.pending[0]
            self.pending = None

    def _turn(self, number: int, token: Token) -> bool:
        """A word that changes what the figures behind it are; whether it is one."""
        if token.means("原因"):
            self.reason = True
        elif token.means("占"):
            self.clause.share = True
        elif token.means("完成率"):
            self.clause.done = True
            self.pending = self.pending or ("年度预算", number)
        elif token.means("每"):
            self.clause.each = True
        elif token.means("列出") and not token.text.startswith("其中"):
            self.listed, self.listing = self.current, True
            self.muted = self.muted or token.text.startswith("分别")
        elif token.means("涉及"):
            self.involved = True
        else:
            return False
        return True

    def _role(self, number: int, token: Token) -> None:
        """A phrase that names a column of the table spoken of."""
        columns = [entry.name for entry in token.entries if entry.sort == "column"]
        own = self.current.table if self.current else ""
        mine = [e.name for e in token.entries if e.sort == "column" and e.table == own] or columns
        if mine:
            self.column, self.pending = (mine[0], number), None
            self.clause.unknown = False

    def _signed(self, sign: int, number: int) -> None:
        self.sign = sign, number
        if self.pending is not None:
            self.base, self.pending = self.pending[0], None

    def _after_year(self, number: int) -> bool:
        return number > 0 and self.tokens[number - 1].kind is Kind.YEAR

    def _base(self, number: int, token: Token) -> None:
        name = next(word for word in BASES if token.means(word))
        before = number - 1
        if self._after_year(number):
            name = self._of_year(int(self.tokens[before].text[:4]), name)
            before -= 1
        elif name == "某年":
            return
        if name == _CURRENT:
            self.pending = None
            return
        compared = before >= 0 and self.tokens[before].means("比")
        if compared or token.text == "同比":
            self.base, self.pending = name, None
            self.clause.compared = True
        else:
            self.pending = name, number
            if before >= 0 and self.tokens[before].means("完成"):
                self.clause.done = True

    def _of_year(self, year: int, name: str) -> str:
        """What a base with a year before it means."""
        known = self.reader.year
        if known is None or year == known:
            return _CURRENT if name == "某年" else name
        return "上年" if year == known - 1 and name in {"某年", "上年"} else ""

    def _level(self, token: Token) -> None:
        """持平: a change of nothing."""
        if self.pending is not None:
            self.base, self.pending = self.pending[0], None
            self.clause.compared = True
        if self.counted or self.muted or self.current is None or not self.clause.compared or self.clause.unknown:
            return
        self._put(f"较{self.base}增减额" if self.base else "增减额", token, Figure(0, 0, 0, WAN_YUAN))

    def _mark(self, number: int, token: Token) -> None:
        """（类）（款）（项） behind a name: the subject is that class, 款 or 项."""
        if self.reason:
            return
        level = token.text
        name = self._name_before(number)
        subjects = self.reader.words.subjects
        within = self.path.get("款") if level == "项" else None
        within = within or self.path.get("类") or self._class_of_headings()
        code = subjects.code(level, name, None if level == "类" else within)
        if code is not None:
            self.path[level] = code
        if self.clause.share:
            if self.current is not None:
                self.current.whole = None
            return
        self._open(subjects.table, "科目", code or normalised(name), token._replace(text=name))
        if self.place.heading and level == "类":
            self.reader.classes[self.place.path] = code or ""

    def _name_before(self, number: int) -> str:
        end = start = self.tokens[number].start
        inside = 0  # brackets that are part of the name: 办公厅(室)及相关机构事务
        for token in reversed(self.tokens[max(number - LONGEST_NAME, 0) : number]):
            inside += {")": 1, "(": -1}.get(token.text, 0)
            stops = token.kind is Kind.POINT and token.text not in {"(", ")"}
            if stops or inside < 0 or token.kind in {Kind.MARK, Kind.YEAR} or token.kind in FIGURES:
                break
            start = token.start
        return self.place.squeezed.text[start:end]

    def _class_of_headings(self) -> str | None:
        """The class that a heading above names."""
        path = self.place.path
        found = [(len(known), code) for known, code in self.reader.classes.items() if path.startswith(known)]
        return max(found)[1] or None if found else None

    # -- figures

    def _figure(self, number: int, token: Token) -> None:
        kind = token.kind
        if kind is Kind.COUNT or kind is Kind.BARE:
            self.counted = self.counted or kind is Kind.COUNT
            if kind is Kind.BARE:
                self._without_unit(token)
            self.sign = self.pending = None
            return
        why = "原因" if self.reason else "单价" if self.clause.each else ""
        column = None if why or token.figure is None else self._column(token)
        figure = token.figure
        if column is None or figure is None or not self._put(column, token, figure):
            span = self.place.squeezed.span(token.start, token.end)
            self.reader.said[self.place.number, span[0]] = len(self.reader.figures)
            self.reader.figures.append(Figured(self.place.number, *span, token.text, why or "不明"))
            if kind is Kind.MONEY and not why and self.sign is None:
                self.muted = True
        self.sign = self.column = None
        if kind is Kind.MONEY:
            self.pending = None

    def _without_unit(self, token: Token) -> None:
        """An amount or a rate that lacks its unit: only punctuation follows it."""
        text = self.place.squeezed.text
        ends = token.end == len(text) or text[token.end] in "，,。；;、"
        told = self.current is not None and not (self.reason or self.muted or self.clause.unknown or self.depth)
        if ends and told and (self.sign is not None or (self.clause.subject and "." in token.text)):
            is_rate = self.sign is not None and self.current is not None and self._changed("额") in self.current.figures
            self.reader.bare.append((self.place.number, *self.place.squeezed.span(token.start, token.end), is_rate))

    def _column(self, token: Token) -> str | None:
        """The column that what stands before the figure says, as the table 说明 calls it."""
        if self.current is None or self.muted:
            return None
        if token.kind is Kind.RATE:
            return self._rate_column()
        if token.kind is Kind.SCORE:
            return self.column[0] if self.column else None
        if self.sign is not None:
            return None if self.clause.unknown else self._changed("额")
        if self.clause.unknown or self.depth:
            return None
        if self.pending is not None:
            return f"{self.pending[0]}数" if self.pending[0] else None
        if self.column is not None:
            return self.column[0]
        if self.clause.compared:  # 较年初预算 2.90 万元增加
            return f"{self.base}数" if self.base else None
        if self.involved or self.clause.share or (not self.clause.subject and "决算数" in self.current.figures):
            return None
        return self._current()

    def _current(self) -> str | None:
        """An amount of the year; of another year where the amount of the year was told before."""
        assert self.current is not None
        known = self.reader.year
        if self.dated is None or known is None or int(self.dated.text) == known:
            self.reader.told.add(self.current.subject)
            return "决算数"
        if self.current.subject in self.reader.told:
            return "上年数" if int(self.dated.text) == known - 1 else None
        return "决算数"

    def _rate_column(self) -> str | None:
        if self.clause.share:
            return "占比" if not self.clause.unknown else None
        if self.clause.done and self.pending is not None:
            return f"{self.pending[0]}完成率"
        if self.clause.done and self.base:
            return f"{self.base}完成率"
        if self.sign is not None and not self.clause.unknown:
            return self._changed("率")
        return None

    def _changed(self, what: str) -> str:
        return f"较{self.base}增减{what}" if self.base else f"增减{what}"

    def _put(self, column: str, token: Token, figure: Figure) -> bool:
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


def _sign(token: Token) -> int | None:
    """1 for a word of growth, -1 for one of decline, 0 where a template's words leave it open."""
    if token.means("残留"):
        return 0
    if token.means("增", "增幅", "增减率", "增减额"):
        return 1
    return -1 if token.means("减", "降幅", "降额") else None
