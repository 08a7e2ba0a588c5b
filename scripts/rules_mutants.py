"""``python -m scripts.rules_mutants``: writes ``docs/rules-mutants.md``, how many mistakes in formulas are noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gouji.cases.mutants import Measured, measure
from gouji.cases.mutations import KINDS, Mutant
from gouji.cases.whole import whole_cases
from gouji.packs import available_packs, load_pack
from gouji.packs.locations import find_pack
from gouji.packs.model import Pack

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules-mutants.md"
_OPENING = """# 例子发现多少改错的公式

本页由 `python -m scripts.rules_mutants` 算出来，请不要手改。做法：把每条规则的公式逐处改错一个地方，
再用规则自己的例子去试，例子没有发现的再用规则包的用例试；有一个的结果变了（或者改错的公式通不过写法检查），就算发现了。
全都发现，才说明例子真的管得住公式。改了等于没改的（两种写法处处一同成立、一同不成立），没有例子能发现，列为“等价”，写明为什么；
别的没有发现的，列为“漏过”，还缺例子。

改错的地方：运算符（`+` 换 `-`，`*` 换 `/`）、比较（`=` 换 `<=`、`>=`，`<=` 换 `>=`、`=`）、符号（第一项变号）、漏项、
区间端点（一组数少第一个或最后一个）、函数（`MIN` 换 `MAX`，`SUM` 换 `MAX`）、常数。
规则只在写它或改它的规则包里算一次。`gouji rules test 规则包 --mutants` 给出同样的结果，并逐条列出没有发现的。
"""


_EQUIVALENT = {
    ("P08-1", "[本行, 得分] = [本行, 分值] * 完成比([本行, 目标], [本行, 实际完成值])"): (
        "条件已经要求得分与分值相等，完成比又至多是 1：得分能不大于分值 × 完成比的时候，正好也能等于它"
    ),
}
"""Mistakes that change nothing, with the reason: by rule and formula."""


def page() -> str:
    """The whole page: totals by kind, then every pack's rules."""
    packs = sorted((load_pack(each) for each in available_packs()), key=lambda pack: (len(pack.lineage), pack.id))
    measured = [(pack, measure(pack, wholes=whole_cases(find_pack(pack.id))[0])) for pack in packs]
    lines = [_OPENING, *_totals([one for _, found in measured for one in found])]
    lines += [line for pack, found in measured if found for line in _pack(pack, found)]
    return "\n".join(lines).rstrip() + "\n"


def _totals(measured: list[Measured]) -> Iterator[str]:
    total, noticed = sum(one.total for one in measured), sum(len(one.noticed) for one in measured)
    same = sum(bool(_reason(one, mutant)) for one in measured for mutant in one.missed)
    rest = f"等价 {same} 处，漏过 {total - noticed - same} 处"
    yield f"改错 {total} 处，发现 {noticed} 处（{_share(noticed, total)}），{rest}。\n"
    yield "| 改错的地方 | 处 | 发现 | 等价 | 漏过 | |"
    yield "|---|---|---|---|---|---|"
    for kind in KINDS:
        found = sum(mutant.kind == kind for one in measured for mutant in one.noticed)
        missed = [(one, mutant) for one in measured for mutant in one.missed if mutant.kind == kind]
        alike = sum(bool(_reason(*pair)) for pair in missed)
        every = found + len(missed)
        if every:
            yield f"| {kind} | {every} | {found} | {alike} | {len(missed) - alike} | {_share(found, every - alike)} |"
    yield ""


def _share(part: int, total: int) -> str:
    return f"{part * 1000 // total / 10:.1f}%" if total else "—"


def _reason(one: Measured, mutant: Mutant) -> str:
    """Why no example can tell the mistake from the formula; "" where one could."""
    return _EQUIVALENT.get((one.rule.id, mutant.said), "")


def _missed(one: Measured, mutant: Mutant) -> str:
    reason = _reason(one, mutant)
    return f"`{mutant.said}` " + (f"等价：{reason}" if reason else "漏过")


def _pack(pack: Pack, measured: list[Measured]) -> Iterator[str]:
    yield f"## {pack.id}\n"
    yield "| 规则 | 改错 | 发现 | 没有发现的 |"
    yield "|---|---|---|---|"
    for one in measured:
        missed = "<br>".join(_missed(one, mutant) for mutant in one.missed)
        yield f"| {one.rule.id} {one.rule.name} | {one.total} | {len(one.noticed)} | {missed} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
