"""The column of a figure: what stands before it says for which one it is."""

from __future__ import annotations

from gouji.texts.state import State
from gouji.texts.statements import Figured
from gouji.texts.tokens import Kind, Token


def place_figure(state: State, token: Token) -> None:
    """Give a figure to the statement it belongs to, or list it as not understood."""
    kind = token.kind
    if kind is Kind.COUNT or kind is Kind.BARE:
        state.counted = state.counted or kind is Kind.COUNT
        if kind is Kind.BARE:
            _without_unit(state, token)
        state.sign = state.pending = None
        return
    why = "原因" if state.reason else "单价" if state.clause.each else ""
    column = None if why or token.figure is None else _column(state, token)
    figure = token.figure
    if column is None or figure is None or not state.put(column, token, figure):
        span = state.place.squeezed.span(token.start, token.end)
        state.reader.said[state.place.number, span[0]] = len(state.reader.figures)
        state.reader.figures.append(Figured(state.place.number, *span, token.text, why or "不明"))
        if kind is Kind.MONEY and not why and state.sign is None:
            state.muted = True
    state.sign = state.column = None
    if kind is Kind.MONEY:
        state.pending = None


def _without_unit(state: State, token: Token) -> None:
    """An amount or a rate that lacks its unit: only punctuation follows it."""
    text = state.place.squeezed.text
    ends = token.end == len(text) or text[token.end] in "，,。；;、"
    if state.current is None or state.reason or state.muted or state.clause.unknown or state.depth or not ends:
        return
    if state.sign is not None or (state.clause.subject and "." in token.text):
        is_rate = state.sign is not None and _changed(state, "额") in state.current.figures
        state.reader.bare.append((state.place.number, *state.place.squeezed.span(token.start, token.end), is_rate))


def _column(state: State, token: Token) -> str | None:
    """The column that what stands before the figure says, as the table 说明 calls it."""
    if state.current is None or state.muted:
        return None
    if token.kind is Kind.RATE:
        return _rate_column(state)
    if token.kind is Kind.SCORE:
        return state.column[0] if state.column else None
    if state.sign is not None:
        return None if state.clause.unknown else _changed(state, "额")
    if state.clause.unknown or state.depth:
        return None
    if state.pending is not None:
        return f"{state.pending[0]}数" if state.pending[0] else None
    if state.column is not None:
        return state.column[0]
    if state.clause.compared:  # 较年初预算 2.90 万元增加
        return f"{state.base}数" if state.base else None
    if state.involved or state.clause.share or (not state.clause.subject and "决算数" in state.current.figures):
        return None
    return _current(state)


def _current(state: State) -> str | None:
    """An amount of the year; of another year where the amount of the year was told before."""
    assert state.current is not None
    known = state.reader.year
    if state.dated is None or known is None or int(state.dated.text) == known:
        state.reader.told.add(state.current.subject)
        return "决算数"
    if state.current.subject in state.reader.told:
        return "上年数" if int(state.dated.text) == known - 1 else None
    return "决算数"


def _rate_column(state: State) -> str | None:
    if state.clause.share:
        return "占比" if not state.clause.unknown else None
    if state.clause.done and state.pending is not None:
        return f"{state.pending[0]}完成率"
    if state.clause.done and state.base:
        return f"{state.base}完成率"
    if state.sign is not None and not state.clause.unknown:
        return _changed(state, "率")
    return None


def _changed(state: State, what: str) -> str:
    return f"较{state.base}增减{what}" if state.base else f"增减{what}"
