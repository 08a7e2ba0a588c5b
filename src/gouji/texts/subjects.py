"""Subjects: which row of which text table the words of a sentence speak of."""

from __future__ import annotations

from gouji.labels import normalised
from gouji.texts.state import State
from gouji.texts.tokens import FIGURES, Kind, Token

LONGEST_NAME = 20
"""How many tokens the name before （项） may have."""


def take_subject(state: State, token: Token, row: tuple[str, str, str]) -> None:
    """Open a statement of the row; behind 占 it is what the share is of."""
    if state.clause.share:
        if state.current is not None:
            state.current.whole = row[0], row[1]
        state.clause.unknown = False
        return
    state.open(*row, token)


def row_of(state: State, token: Token) -> tuple[str, str, str] | None:
    """The row that the words mean under these headings: (table, row, key)."""
    rows = [entry for entry in token.entries if entry.sort == "row"]
    fitting = [entry for entry in rows if entry.heading and entry.heading in state.place.path]
    best = max(fitting, key=lambda entry: len(entry.heading), default=None)
    best = best or next((entry for entry in rows if not entry.heading), None)
    return None if best is None else (best.table, best.name, best.key)


def is_item(state: State, token: Token, row: tuple[str, str, str]) -> bool:
    """Whether a row may be an item of what 包括 lists: a part of that subject, or meant under these headings."""
    if any(entry.heading and entry.name == row[1] and entry.table == row[0] for entry in token.entries):
        return True
    return state.listed is not None and state.listed.row in state.reader.words.parents.get((row[0], row[1]), ())


def name_subject(state: State, number: int, token: Token) -> None:
    """（类）（款）（项） behind a name: the subject is that class, 款 or 项."""
    if state.reason:
        return
    level = token.text
    name = _name_before(state, number)
    subjects = state.reader.words.subjects
    within = state.path.get("款") if level == "项" else None
    within = within or state.path.get("类") or _class_of_headings(state)
    code = subjects.code(level, name, None if level == "类" else within)
    if code is not None:
        state.path[level] = code
    if state.clause.share:
        if state.current is not None:
            state.current.whole = None
        return
    words = token._replace(start=token.start - len(name), end=token.start)
    state.open(subjects.table, "科目", code or normalised(name), words)
    if state.place.heading and level == "类":
        state.reader.classes[state.place.path] = code or ""


def _name_before(state: State, number: int) -> str:
    end = start = state.tokens[number].start
    inside = 0  # brackets that are part of the name: 办公厅(室)及相关机构事务
    for token in reversed(state.tokens[max(number - LONGEST_NAME, 0) : number]):
        inside += {")": 1, "(": -1}.get(token.text, 0)
        stops = token.kind is Kind.POINT and token.text not in {"(", ")"}
        if stops or inside < 0 or token.kind in {Kind.MARK, Kind.YEAR} or token.kind in FIGURES:
            break
        start = token.start
    return state.place.squeezed.text[start:end]


def _class_of_headings(state: State) -> str | None:
    """The class that a heading above names."""
    path = state.place.path
    found = [(len(known), code) for known, code in state.reader.classes.items() if path.startswith(known)]
    return max(found)[1] or None if found else None
