"""``python -m scripts.rules_mutants``: writes ``docs/rules-mutants.md``, how many mistakes in formulas are noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gouji.cases.mutants import Measured, measure
from gouji.cases.mutations import KINDS
from gouji.packs import available_packs, load_pack
from gouji.packs.model import Pack

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules-mutants.md"
_OPENING = """# 例子发现多少改错的公式

本页由 `python -m scripts.rules_mutants` 算出来，请不要手改。做法：把每条规则的公式逐处改错一个地方，
再用规则自己的例子去试；有一个例子的结果变了（或者改错的公式通不过写法检查），就算发现了。
全都发现，才说明例子真的管得住公式。

改错的地方：运算符（`+` 换 `-`，`*` 换 `/`）、比较（`=` 换 `<=`、`>=`，`<=` 换 `>=`、`=`）、符号（第一项变号）、漏项、
区间端点（一组数少第一个或最后一个）、函数（`MIN` 换 `MAX`，`SUM` 换 `MAX`）、常数。
规则只在写它或改它的规则包里算一次。`gouji rules test 规则包 --mutants` 给出同样的结果，并逐条列出没有发现的。
"""


_EQUIVALENT = {
    ("P08-1", "check"): "印出的得分就是分值时，两种写法一同成立、一同不成立：与原式等价",
    ("P13-2", "check"): "例子里一种表只有一张，试不出一个项目有两张；用例“一个项目有两张自评表”试的是它",
    ("SC01", "when"): "条件总成立时，多核对的是 90% 以上的；例子里只有一行，不核对就没有例子",
}
"""Why no example can tell a mistake from the formula: by rule and key."""


def page() -> str:
    """The whole page: totals by kind, then every pack's rules."""
    packs = sorted((load_pack(each) for each in available_packs()), key=lambda pack: (len(pack.lineage), pack.id))
    measured = [(pack, measure(pack)) for pack in packs]
    lines = [_OPENING, *_totals([one for _, found in measured for one in found])]
    lines += [line for pack, found in measured if found for line in _pack(pack, found)]
    return "\n".join(lines).rstrip() + "\n"


def _totals(measured: list[Measured]) -> Iterator[str]:
    total, noticed = sum(one.total for one in measured), sum(len(one.noticed) for one in measured)
    yield f"改错 {total} 处，发现 {noticed} 处（{_share(noticed, total)}）。\n"
    yield "| 改错的地方 | 处 | 发现 | |"
    yield "|---|---|---|---|"
    for kind in KINDS:
        found = sum(mutant.kind == kind for one in measured for mutant in one.noticed)
        every = found + sum(mutant.kind == kind for one in measured for mutant in one.missed)
        if every:
            yield f"| {kind} | {every} | {found} | {_share(found, every)} |"
    yield ""


def _share(part: int, total: int) -> str:
    return f"{part * 1000 // total / 10:.1f}%" if total else "—"


def _reason(rule: str, said: str) -> str:
    reason = _EQUIVALENT.get((rule, "when" if said.startswith("when:") else "check"), "")
    return f" {reason}" if reason else ""


def _pack(pack: Pack, measured: list[Measured]) -> Iterator[str]:
    yield f"## {pack.id}\n"
    yield "| 规则 | 改错 | 发现 | 没有发现的 |"
    yield "|---|---|---|---|"
    for one in measured:
        missed = "<br>".join(f"`{mutant.said}`{_reason(one.rule.id, mutant.said)}" for mutant in one.missed)
        yield f"| {one.rule.id} {one.rule.name} | {one.total} | {len(one.noticed)} | {missed} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
