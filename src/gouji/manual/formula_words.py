"""What the words of a rule's formulas mean, for those who read one for the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gouji.language.ast import Call, Each, Expression, Here, Parameter, Path, Place, Reference, Step
from gouji.language.walking import parts
from gouji.manual.shelf import code, expressions, plain
from gouji.packs.model import Pack, Rule

_HERE = {
    "本行": "正在核对的那一行；写在别的表里，就是那张表里同编码或同名的一行",
    "本栏": "正在核对的那一栏；写在别的表里，就是那张表里同名的一栏或一行",
    "本表": "这张表的项目在别的表里的那一行",
}
_EACH = {
    "下级": "加起来等于它的各行或各栏，见表的定义；没有下级的不核对",
    "行": "有数的每一行，合计也在内", "栏": "有数的每一栏，合计也在内",
    "类": "编码是“类”的每一行", "款": "编码是“款”的每一行", "项": "编码是“项”的每一行",
    "金额": "每一个金额栏",
}
_FUNCTIONS = {
    "SUM": "同 Excel：加起来", "AVERAGE": "同 Excel：平均", "COUNT": "同 Excel：有几个数",
    "COUNTIF": "有几个等于它，按名字或编码比",
    "MIN": "同 Excel：取小的", "MAX": "同 Excel：取大的", "AND": "同 Excel：都成立", "OR": "同 Excel：有一个成立",
    "NOT": "同 Excel：不成立",
    "有": "印了没有、给了没有", "达标": "实际完成值达到了目标没有；中间的等次不下结论",
    "可比": "目标和实际完成值能不能比较",
    "完成比": "完成了几成，至多 1：目标是 ≥ 和 = 的，实际 ÷ 目标；是 ≤ 的，目标 ÷ 实际",
    "方向": "目标里印的符号", "单位": "目标里印的单位", "档次": "定性指标的三档：达成、部分达成、未达成",
}  # fmt: skip


def meanings(pack: Pack, rule: Rule, title: Callable[[str], str]) -> list[tuple[str, str]]:
    """Each word of the rule that is no figure's name, as code, with what it means; ``title`` shows a form's."""
    found: dict[str, str] = {}
    for place in _places(rule):
        for step in _steps(place):
            found.update(_of_step(step))
    for one in expressions(rule):
        for part in parts(one):
            found.update(_of_part(pack, part, title))
    return [(code(word), meaning) for word, meaning in found.items()]


def _places(rule: Rule) -> Iterator[Place]:
    yield from (one.place for one in ((rule.places,) if rule.places else ()))
    yield from (one.place for one in rule.excepts)
    for one in expressions(rule):
        yield from (part.place for part in parts(one) if isinstance(part, Reference))


def _steps(place: Place) -> Iterator[Step]:
    paths: Iterator[Path | None] = (path for axis in place.axes for path in (axis.start, axis.end))
    yield from (step for path in paths if path is not None for step in path.steps)


def _of_step(step: Step) -> dict[str, str]:
    match step:
        case Here(word=word):
            return {word: _HERE[word]}
        case Each(kind="下级"):
            return {"下级": _EACH["下级"]}
        case Each(kind=kind):
            return {f"各{kind}": _EACH.get(kind, f"表里每一个“{plain(kind)}”")}
    return {}


def _of_part(pack: Pack, part: Expression, title: Callable[[str], str]) -> dict[str, str]:
    match part:
        case Call(name=name) if name in _FUNCTIONS:
            return {name: _FUNCTIONS[name]}
        case Reference(table=str(table)) if table in pack.tables:
            return {table: title(table)}
        case Parameter(name="年度"):
            return {"年度": "决算年度"}
        case Parameter(name=name) if name in pack.params:
            return {name: f"规则包的参数，{pack.params[name]}"}
    return {}
