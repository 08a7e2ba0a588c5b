"""Words between a subject and a figure: what the figures behind them are compared with, and in which direction."""

from __future__ import annotations

from gouji.figures import WAN_YUAN, Figure
from gouji.texts.state import State
from gouji.texts.tokens import Kind, Token

BASES = ("上年", "某年", "年初预算", "全年预算", "年度预算")
_CURRENT = "本年"


def take_word(state: State, number: int, token: Token) -> None:
    """A phrase that is no subject."""
    if token.means("残留"):
        span = state.place.squeezed.span(token.start, token.end)
        state.reader.residues.append((state.place.number, *span, token.text))
    sign = _sign(token)
    if sign is not None:
        _signed(state, sign, number)
    elif token.means("持平"):
        _level(state, token)
    elif token.means(*BASES) and not (token.means("衬字") and not _after_year(state, number)):
        _base(state, number, token)
    elif not _turn(state, number, token):
        _role(state, number, token)
    if token.means("相比") and state.pending is not None:
        state.base = state.pending[0]
        state.pending = None


def _turn(state: State, number: int, token: Token) -> bool:
    """A word that changes what the figures behind it are; whether it is one."""
    if token.means("原因"):
        state.reason = True
    elif token.means("占"):
        state.clause.share = True
    elif token.means("完成率"):
        state.clause.done = True
        state.pending = state.pending or ("年度预算", number)
    elif token.means("每"):
        state.clause.each = True
    elif token.means("列出") and not token.text.startswith("其中"):
        state.listed, state.listing = state.current, True
        state.muted = state.muted or token.text.startswith("分别")
    elif token.means("涉及"):
        state.involved = True
    else:
        return False
    return True


def _role(state: State, number: int, token: Token) -> None:
    """A phrase that names a column of the table spoken of."""
    columns = [entry.name for entry in token.entries if entry.sort == "column"]
    own = state.current.table if state.current else ""
    mine = [e.name for e in token.entries if e.sort == "column" and e.table == own] or columns
    if mine:
        state.column, state.pending = (mine[0], number), None
        state.clause.unknown = False


def _signed(state: State, sign: int, number: int) -> None:
    state.sign = sign, number
    if state.pending is not None:
        state.base, state.pending = state.pending[0], None


def _after_year(state: State, number: int) -> bool:
    return number > 0 and state.tokens[number - 1].kind is Kind.YEAR


def _base(state: State, number: int, token: Token) -> None:
    name = next(word for word in BASES if token.means(word))
    before = number - 1
    if _after_year(state, number):
        name = _of_year(state, int(state.tokens[before].text[:4]), name)
        before -= 1
    elif name == "某年":
        return
    if name == _CURRENT:
        state.pending = None
        return
    compared = before >= 0 and state.tokens[before].means("比")
    if compared or token.text == "同比":
        state.base, state.pending = name, None
        state.clause.compared = True
    else:
        state.pending = name, number
        if before >= 0 and state.tokens[before].means("完成"):
            state.clause.done = True


def _of_year(state: State, year: int, name: str) -> str:
    """What a base with a year before it means."""
    known = state.reader.year
    if known is None or year == known:
        return _CURRENT if name == "某年" else name
    return "上年" if year == known - 1 and name in {"某年", "上年"} else ""


def _level(state: State, token: Token) -> None:
    """持平: a change of nothing."""
    if state.pending is not None:
        state.base, state.pending = state.pending[0], None
        state.clause.compared = True
    if state.counted or state.muted or state.current is None or not state.clause.compared or state.clause.unknown:
        return
    state.put(f"较{state.base}增减额" if state.base else "增减额", token, Figure(0, 0, 0, WAN_YUAN))


def _sign(token: Token) -> int | None:
    """1 for a word of growth, -1 for one of decline, 0 where a template's words leave it open."""
    if token.means("残留"):
        return 0
    if token.means("增", "增幅", "增减率", "增减额"):
        return 1
    return -1 if token.means("减", "降幅", "降额") else None
