"""What formulas can see: the forms of the workbook, the parameters, and which sheets a reference means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.binding.bound import Inapplicable
from gouji.binding.standing import Standing, faulty
from gouji.tables.definition import Absent
from gouji.tables.model import Recognition, Table


@dataclass(frozen=True)
class Scope:
    """What formulas can see: the recognised tables, the parameters, the titles of the pack's forms.

    ``absent``: what a form that is not printed yields, where that is not 缺.
    """

    recognition: Recognition
    params: Mapping[str, Decimal | str]
    titles: Mapping[str, str]
    absent: Mapping[str, Absent] = field(default_factory=dict)


def tables_named(name: str | None, at: Standing, scope: Scope) -> list[Table]:
    """The tables a reference means: the sheet the rule stands on, or every sheet of that form."""
    if name is None or name == at.table.definition.name:
        return [at.table]
    found = list(scope.recognition.named(name))
    title = scope.titles.get(name)
    if title is None:
        raise faulty(at.rule, f"没有名为“{name}”的表", f"there is no table named {name}")
    if not found:
        raise Inapplicable(f"没有找到{title}", f"{title} was not found")
    if found[0].definition.many is not None:
        refuse_unread(name, scope)
    if len(found) > 1 and found[0].definition.many is None:
        sheets, times = "、".join(table.sheet.name for table in found), len(found)
        raise Inapplicable(f"{title}出现了 {times} 次（{sheets}）", f"{title} occurs {times} times ({sheets})")
    return found


def refuse_unread(name: str, scope: Scope) -> None:
    """A form that is there but could not be read is not absent: nothing is concluded from that."""
    sheet = scope.recognition.unread.get(name)
    if sheet is not None:
        title = scope.titles.get(name, name)
        raise Inapplicable(f"{title}有一张没有认出（{sheet}）", f"one {title} was not recognised ({sheet})")
