"""Reading a paragraph: from tokens to statements.

One pass from left to right. A subject opens a statement; what stands between it and a figure says for which column the
figure is. Words that nobody knows make what follows them unknown, so that a figure is never given to the wrong subject.
"""

from __future__ import annotations

from gouji.labels import normalised
from gouji.texts.outline import Place
from gouji.texts.placing import place_figure
from gouji.texts.state import Clause, Reader, State
from gouji.texts.subjects import is_item, name_subject, row_of, take_subject
from gouji.texts.tokens import FIGURES, Kind, Token, tokens
from gouji.texts.words import take_word


def read(reader: Reader, place: Place) -> list[Token]:
    """Read one paragraph; its tokens are given back for what else looks at them."""
    state = State(reader, place, tokens(place.squeezed.text, reader.words.lexicon))
    for number, token in enumerate(state.tokens):
        if token.kind in FIGURES:
            place_figure(state, token)
        elif token.kind is Kind.POINT:
            _point(state, token)
        elif token.kind is Kind.MARK:
            name_subject(state, number, token)
        elif token.kind is Kind.PROJECT:
            state.open("项目综述", "项目", normalised(token.text), token)
        elif token.kind is Kind.OTHER:
            _other(state, token)
        elif token.kind is Kind.YEAR:
            _year(state, number, token)
        elif token.kind is Kind.PHRASE:
            _phrase(state, number, token)
    if state.base and place.heading == len(place.squeezed.text):
        reader.bases[place.path] = state.base
    return list(state.tokens)


def _point(state: State, token: Token) -> None:
    if token.text == "(":
        state.step_aside()
        return
    if token.text == ")":
        state.step_back()
        return
    if token.text in "[]《》":
        return
    ends = token.text in "。；;！!？?"
    state.clause = Clause()
    state.sign = None
    if token.text not in ":：":
        state.pending = state.column = None
    if ends:
        state.reason = state.muted = state.listing = state.involved = False
    if token.text in "。！!？?":
        state.counted, state.dated = False, None


def _other(state: State, token: Token) -> None:
    if len(token.text) >= 2 or token.text not in "之其和及、个整":
        state.lose()


def _year(state: State, number: int, token: Token) -> None:
    """The year that what follows is told of, not one that something is compared with."""
    before = state.tokens[number - 1] if number else None
    compares = before is not None and before.means("比", "完成", "占")
    if not compares and not state.depth and not state.reason:
        state.dated = token


def _phrase(state: State, number: int, token: Token) -> None:
    if token.means("跳过"):
        return
    if token.means("他项"):
        _other(state, token)
        return
    if state.reason:
        return
    row = row_of(state, token)
    if row is not None and not _is_mark_name(state, number):
        if state.listing and not is_item(state, token, row):
            state.lose()
        else:
            take_subject(state, token, row)
        return
    take_word(state, number, token)


def _is_mark_name(state: State, number: int) -> bool:
    """Whether （类）（款）（项） follows, which says what the words are."""
    following = state.tokens[number + 1 : number + 2]
    return bool(following) and following[0].kind is Kind.MARK
