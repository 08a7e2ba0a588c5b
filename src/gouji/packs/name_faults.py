"""Why a name of a rule means nothing, or could be said better."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from gouji.language.ast import Axis, Each, Label, Place, Step
from gouji.language.spelling import nearest
from gouji.language.unparse import unparse_place
from gouji.tables.definition import CodeList, ColumnDefinition, RowDefinition, TableDefinition

_PRINTED_NUMBER = re.compile(r"[行栏]\d+")
_Item: TypeAlias = RowDefinition | ColumnDefinition


class Form(NamedTuple):
    """A table definition with the code lists of its pack; ``lenient``: any name may be an open row."""

    table: TableDefinition
    codes: Mapping[str, CodeList]
    lenient: bool = False


class Fault(NamedTuple):
    """Why a name means nothing, or not one thing. ``column`` is that of the step."""

    column: int
    chinese: str
    english: str


def range_advice(
    axis: Axis, starts: Sequence[_Item], ends: Sequence[_Item], totals: Iterable[_Item]
) -> tuple[Fault, ...]:
    """A range from the first to the last child of a total is that total's 下级."""
    if len(starts) != 1 or len(ends) != 1:
        return ()
    ends_named = (starts[0].name, ends[0].name)
    for total in totals:
        if total.of and (total.of[0], total.of[-1]) == ends_named:
            name, better = shown(axis), f"{total.name}/下级"
            return (Fault(axis.column, f"范围 {name} 就是 {better}，写后者", f"{name}: write {better}"),)
    return ()


def variant_used(step: Step, name: str) -> Fault:
    """A printed variant stands where the name belongs."""
    return Fault(
        step.column, f"规则里写名称 {name}；印法写在定义的 label 里", f"write the name {name}; variants belong in label"
    )


def no_kind(step: Each, kinds: Iterable[str]) -> Fault:
    """Nothing is of the kind that a set word names."""
    known = " ".join(f"各{kind}" for kind in sorted(kinds))
    return Fault(step.column, f"没有 各{step.kind}；有 {known}", f"no 各{step.kind}; there are {known}")


def unknown(step: Step, names: Iterable[str], what: tuple[str, str], table: str = "") -> Fault:
    """Nothing has the name; ``what`` is 行 or 栏 in both languages."""
    name = step.name if isinstance(step, Label) else getattr(step, "code", "")
    chinese, english = what
    if _PRINTED_NUMBER.fullmatch(name):
        return Fault(
            step.column,
            f"{name} 年年会变，写{chinese}的名称", f"{name} moves from year to year: write the {english}'s name",
        )
    if "：" in name:
        return Fault(step.column, "从甲到乙用半角的冒号 :", "a range takes the plain colon :")
    guess = nearest(name, names)
    hint_zh, hint_en = (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("", "")
    where = f" in {table}" if table else ""
    return Fault(step.column, f"{table}没有{chinese} {name}{hint_zh}", f"no {english} {name}{where}{hint_en}")


def shown(axis: Axis) -> str:
    """An axis as written in rules."""
    return unparse_place(Place((axis,)))
