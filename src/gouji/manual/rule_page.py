"""The page of a rule: 做什么 · 依据 · 例 · 舍入 · 修正建议, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.language.ast import Binary, Call, Compare, Expression
from gouji.language.walking import parts
from gouji.manual.examples import examples
from gouji.manual.formula_words import meanings
from gouji.manual.shelf import Shelf, cell_text, code, link, plain, tables_read
from gouji.packs.model import Pack, Rule
from gouji.packs.shapes import rounding_matters
from gouji.report.words import severity_word

_LEVELS = {
    "error": "错误：写成批注，退出码为 1。",
    "warning": "警告：写成批注；确有原因的，写明原因即可。",
    "info": "提示：列在报告里，不写批注（加 `--notes info` 才写）。",
}
_SUMS = (
    "照报告里写出的算式在计算器上重加一遍。相差数正好等于某一个明细的，多半是漏加或多加了它；是某个明细两倍的，多半是方向反了；"
    "能被 9 整除的，多半是相邻两个数字写颠倒了。"
)
_RATES = "照报告里的两个数重算比率。常见的是分母取错（年初预算、全年预算、上年数），或者把各行的比率平均了。"
_ORDER = "先看大的一方是不是少填、漏填，再看小的一方是不是填错了行、栏或单位。"
_WORDS = "照表式的写法改；确实如此的，在原因一栏写明。"


def rule_page(shelf: Shelf, pack: Pack, rule: Rule) -> str:
    """The whole page, as Markdown."""
    page = shelf.rule_page(pack, rule)
    return "\n".join([
        f"# {rule.id} {plain(rule.name)}\n",
        f"{severity_word(rule.severity, 'zh')} · {_tables(shelf, pack, rule)} · "
        f"规则包 {link(pack.id, shelf.pack_page(pack), page)}\n",
        *_does(shelf, pack, rule),
        f"## 依据\n\n{plain(rule.basis)}\n",
        "## 例\n",
        *examples(pack, rule),
        f"## 舍入\n\n{' '.join(_rounding(shelf, pack, rule))}\n",
        "## 修正建议\n",
        *(f"- {line}" for line in _advice(pack, rule)),
        "",
        *_written(shelf, pack, rule),
    ]).rstrip() + "\n"


def _tables(shelf: Shelf, pack: Pack, rule: Rule) -> str:
    page = shelf.rule_page(pack, rule)
    return "、".join(
        link(pack.tables[table].title, shelf.table_page(pack, table), page) for table in rule.tables
        if table in pack.tables
    )


def _does(shelf: Shelf, pack: Pack, rule: Rule) -> Iterator[str]:
    page = shelf.rule_page(pack, rule)
    where = "每张表核对一次" if rule.places is None else f"站在 {code(rule.places.text)} 的每一处，各核对一次"
    except_ = "".join(f"；{code(one.text)} 除外" for one in rule.excepts)
    yield f"## 做什么\n\n{plain(rule.name)}。{where}{except_}。{_years(rule)}\n"
    if rule.when is not None:
        yield f"只在这个条件成立时核对，舍入使它不能确定时也不核对：\n\n```\n{rule.when.text}\n```\n"
    opening = "几条关系各判各的，自上而下是第 1、2……条：" if len(rule.checks) > 1 else "关系式："
    yield "\n".join([f"{opening}\n\n```", *(check.text for check in rule.checks), "```\n"])
    words = meanings(pack, rule, lambda table: link(pack.tables[table].title, shelf.table_page(pack, table), page))
    if words:
        yield "| 式子里的词 | 意思 |\n|---|---|"
        yield from (f"| {word} | {meaning} |" for word, meaning in words)
        yield ""
    yield f"{_LEVELS[rule.severity]}\n"


def _years(rule: Rule) -> str:
    if rule.since is None and rule.until is None:
        return ""
    since = "" if rule.since is None else f"{rule.since} 年度起"
    until = "" if rule.until is None else f"{rule.until} 年度止"
    return f"只核对{since}{until}的决算。"


def _rounding(shelf: Shelf, pack: Pack, rule: Rule) -> Iterator[str]:
    """What rounding means for its relations."""
    expressions = [check.expression for check in rule.checks]
    matters = any(rounding_matters(pack, rule.tables[0], one) for one in expressions)
    if _is_about_words(rule):
        yield "这里比的是文字、有无、是非，没有舍入。"
    elif not matters:
        yield "比的是印的位数相同的数，或者没有舍入的数（分值、个数、年度），差一点就是不符。"
    else:
        yield (
            "印出的数是四舍五入来的，真数在它上下半个末位之内（印出的零就是零）。只要有一组真数使关系成立，就不算错；"
            "没有可以调的容差。"
        )
        if _has(expressions, "/"):
            yield "比率也是这样：被除数、除数、印出的比率各自可以在半个末位之内。只有截断才解释得了的，列为提示。"
        if _has(expressions, "MIN", "MAX"):
            yield "取大取小被舍入弄得不能确定时，哪一种取法成立都不算错。"
        if rule.severity == "error":
            yield "只多出一个末位的（尾差调整），列为提示，不写批注。"
    if matters and shelf.figures:
        yield f"详见{link('数与舍入', shelf.figures, shelf.rule_page(pack, rule))}。"


def _is_about_words(rule: Rule) -> bool:
    kinds = {part.name for one in rule.checks for part in parts(one.expression) if isinstance(part, Call)}
    plain_words = all(isinstance(one.expression, Call) for one in rule.checks)
    return plain_words or bool(kinds & {"有", "达标", "可比", "方向", "单位", "档次", "COUNTIF"})


def _has(expressions: list[Expression], *names: str) -> bool:
    every = [part for one in expressions for part in parts(one)]
    return any(
        (isinstance(part, Call) and part.name in names) or (isinstance(part, Binary) and part.operator in names)
        for part in every
    )


def _advice(pack: Pack, rule: Rule) -> Iterator[str]:
    """The rule's own advice and causes, then what its kind of relation suggests."""
    if rule.advice:
        yield plain(rule.advice)
    yield from (f"{plain(cause.say)}（{code(cause.condition.text)} 成立时）" for cause in rule.causes)
    expressions = [check.expression for check in rule.checks]
    if _is_about_words(rule):
        yield _WORDS
        return
    equal = any(isinstance(one, Compare) and one.comparison == "=" for one in expressions)
    others = [pack.tables[name].title for name in tables_read(rule) if name in pack.tables][len(rule.tables):]
    if others and equal:
        titles = "、".join(plain(title) for title in others)
        yield f"同一个数在几张表上都印：与{titles}对照，看哪一张与别的关系相符，改另一张。"
    if _has(expressions, "/"):
        yield _RATES
    elif equal and _has(expressions, "SUM", "AVERAGE", "+", "-"):
        yield _SUMS
    if any(isinstance(one, Compare) and one.comparison in {"<=", ">=", "<", ">"} for one in expressions):
        yield _ORDER
    yield "报告说“若仅此格有误，应为……”的，先核对那一格的原始凭据。"


def _written(shelf: Shelf, pack: Pack, rule: Rule) -> Iterator[str]:
    page = shelf.rule_page(pack, rule)
    yield f"## 写在哪里\n\n{code(f'{rule.origin.pack}/{rule.origin.file}')} 第 {rule.origin.line} 行\n"
    for change in rule.overrides:
        yield f"- 改动：{cell_text(change)}"
    if rule.locked:
        yield "- 锁上了：下级规则包不能改，也不能停用"
    for other, each in shelf.other_rules(pack, rule):
        yield f"- 规则包 {link(other.id, shelf.rule_page(other, each), page)} 另有规定"
