"""The keys of pack files, said once: what loading accepts, what the published schema explains, what the docs list."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias, get_args

from gouji.tables.definition import Absent, Blank, FigureType

SEVERITY_WORDS = ("错误", "警告", "提示")
UNIT_WORDS = ("元", "万元", "亿元")
REMOVED = "删除"
"""The value that takes an inherited key away."""


class Text(NamedTuple):
    """One text; ``number``: a whole number is meant."""

    number: bool = False


class Texts(NamedTuple):
    """One text or a list of texts."""


class Word(NamedTuple):
    """One of some words."""

    choices: tuple[str, ...]


class Keys(NamedTuple):
    """A map whose keys are known."""

    keys: tuple[Key, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The keys in the order they are explained."""
        return tuple(key.name for key in self.keys)


class Named(NamedTuple):
    """A map from names of the author's own to values of one kind."""

    value: Kind
    what: str


class Items(NamedTuple):
    """A list of maps."""

    item: Kind


class Anything(NamedTuple):
    """Whatever is written."""


class Key(NamedTuple):
    """A key: its name, the kind of its value, and what it says to a person who writes it."""

    name: str
    kind: Kind
    says: str
    required: bool = False


Kind: TypeAlias = Text | Texts | Word | Keys | Named | Items | Anything

_FLAG = Word(("是", "否"))
_NUMBER = Text(number=True)

CAUSE = Keys((
    Key("if", Text(), "一个关系式；不符时若它可能成立，就说出这个原因", required=True),
    Key("say", Text(), "原因，一句话", required=True),
))
RULE = Keys((
    Key("id", Text(), "编号。在一个规则包连同它的上级里是唯一的，如 A06", required=True),
    Key("name", Text(), "用一句话说这条关系，如“本年收入合计 = 各项收入之和”"),
    Key("table", Texts(), "规则站在哪张表上，一个或几个；不写时用文件开头的 table。批注写在关系式的第一个数上"),
    Key("for", Text(), "站在哪些行（和栏）上，一处核对一次，如 各行, 各栏；不写就是每张表一次"),
    Key("except", Texts(), "从 for 里除去的行（和栏），写法同 for，一个或一列"),
    Key("when", Text(), "条件，写在单引号里。不满足的地方，或者舍入使它不能确定的地方，不核对"),
    Key("check", Texts(), "关系式，写在单引号里，一条或几条，各判各的，如 '[总计] = SUM([总计/下级])'"),
    Key("severity", Word(SEVERITY_WORDS), "级别，默认是错误"),
    Key("causes", Items(CAUSE), "常见原因：不符时，第一个可能成立的原因加在消息后面"),
    Key("advice", Text(), "修正建议，一句短话，句末不写句号；加在消息后面，也印在说明页里"),
    Key("basis", Text(), "政策依据，或者这条关系为什么必定成立"),
    Key("since", _NUMBER, "从哪一年度的决算起适用（含）"),
    Key("until", _NUMBER, "到哪一年度的决算为止（含）"),
    Key("locked", _FLAG, "是：下级规则包不能改、不能停用，也不能用改表的办法使它落空"),
    Key("override", Text(), "改上级的同号规则，值是理由；只写要改的项，其余照上级"),
    Key("off", Text(), "停用上级的同号规则，值是理由"),
    Key("examples", Keys(tuple(
        Key(outcome, Items(Named(Text(), "一格的位置，如 支出表[201, 本年支出合计]；值是印出的文字")), says)
        for outcome, says in (
            ("pass", "通过的例子"),
            ("edge", "靠四舍五入才成立的例子"),
            ("fail", "不通过的例子：舍入和尾差都解释不了"),
        )
    )), "例子，gouji rules test 真的算一遍；没写到的格当作没有印"),
))

RULES = Keys((
    Key("table", Texts(), "这个文件里的规则站在哪张表上；规则自己可以另写"),
    Key("rules", Items(RULE), "规则，一条一项", required=True),
))

_LABEL = Key("label", Texts(), "各地印的不同写法，第一个用在模板里；不写就是名字本身")
_ABSENT = "整行、整栏、整段或整表没有印时：零、无（不核对）、缺（报告未应用），行还可以是 下级之和"
_SHARED = (
    _LABEL,
    Key("of", Texts(), "下级：加起来等于它。只在这里出现的名字不用另写一项"),
    Key("part", Texts(), "“其中”项：属于它，但不进合计"),
    Key("kind", Text(), "给 各… 用的名字：kind 写 结转，规则里就能写 各结转"),
    Key("absent", Word(get_args(Absent)), _ABSENT),
    Key("blank", Word(get_args(Blank)), "格是空的或一条横线时：零、无（不核对）、缺（报告未应用）"),
    Key("exact", _FLAG, "是：没有舍入，印多少就是多少"),
    Key("places", _NUMBER, "写明小数位数，不从印出的数推断"),
    Key("trusted", _FLAG, "是：找可疑的格时最后才怀疑它"),
)
COLUMN = Keys((
    Key("type", Word(get_args(FigureType)), "这一栏是什么：金额、比率、分、数是数；类型不同的数不能加减、比较"),
    *_SHARED,
    Key("fill", Word(("向下",)), "向下：合并格对它盖住的各行都有效"),
    Key("sign", Text(), "指标值的符号印在哪一栏，如 指标方向"),
    Key("unit", Text(), "指标值、实际值的单位印在哪一栏，如 计量单位"),
))
ROW = Keys((
    *_SHARED,
    Key("items", Word(("下方",)), "下方：它的下级印在它下面（只在两个合计的下级同名时用）"),
    Key("each", Text(), "列举的行，印几行是几行；值是哪一栏印着它们的名字或编码"),
    Key("codes", Text(), "列举的行按哪个编码表，如 功能科目"),
    Key("under", Texts(), "列举的行由哪几栏合并格分组，如 [一级指标, 二级指标]"),
    Key("is", Text(), "列举的行当中固定印出的一行，值是那个列举的名字，如 指标"),
))
FIELD = Keys((
    Key("type", Word(get_args(FigureType)), "这一格是什么，默认是文字"),
    _LABEL,
    Key("find", Text(), "在一句话里认出它的样子，如 {年度}年度"),
))
_FIELDS = Named(FIELD, "一格的名字，如 年度、项目名称")
_COLUMNS = Key("columns", Named(COLUMN, "栏的名字，规则里用它"), "各栏，按印的先后")
_ROWS = Key("rows", Named(ROW, "行的名字，规则里用它"), "各行，按印的先后")
_HEAD = Key("head", Texts(), "印在这一段上面的字，默认是段的名字")
_UNIT = Key("unit", Word(UNIT_WORDS), "金额的单位，表上没有印时用")
SECTION = Keys((
    _HEAD, _UNIT, Key("absent", Word(("缺", "零", "无")), _ABSENT), _COLUMNS, _ROWS,
))  # fmt: skip
TABLE = Keys((
    Key("table", Text(), "规则里用的名字，短而唯一，如 支出表", required=True),
    Key("title", Texts(), "印出的标题，正式的写在最前（报告里用它）"),
    Key("many", Text(), "同一种表在许多工作表上出现时，用哪一格区分，如 项目名称"),
    Key("confirmed", _FLAG, "否：没有见过印出来的样子，是推测的"),
    Key("fields", _FIELDS, "表头或表旁的单个格"),
    Key("absent", Word(("缺", "零", "无")), _ABSENT),
    Key("lanes", Word(("重复",)), "重复：编码、名称、金额几栏左右并排印了几遍，合起来是一张单子"),
    Key("axes", Word(("任意",)), "任意：行和栏都可能印在表头，或者对调；按两个名字找数"),
    Key("sections", Named(SECTION, "段的名字，如 收入、支出"), "一张表分几段，各有各的栏；只有一段时不写它"),
    _HEAD, _UNIT, _COLUMNS, _ROWS,
    Key("print", Anything(), "模板怎样印出这张表；只有模板用"),
))  # fmt: skip

_SAYS = Key("says", Texts(), "句子里怎样说它，一种或几种；{甲|乙} 是其中之一，{甲|} 可有可无")
TEXT_COLUMN = Keys((
    *COLUMN.keys, _SAYS,
    Key("takes", Texts(), "本表没有的哪些栏归到这一栏，如 执行率 收 年度预算完成率"),
))
TEXT_ROW = Keys((
    *ROW.keys, _SAYS,
    Key("within", Named(Texts(), "标题里的词"), "只在标题含这个词的段落里才指它的说法；几个词都合适时取最长的"),
    Key("names", Texts(), "列举的行：这些表上印的行名也是它的说法，如 基本明细"),
))
TEXT = Keys((
    Key("text", Text(), "规则里用的名字，短而唯一，如 说明", required=True),
    Key("title", Texts(), "报告里怎样称呼它，如 情况说明"),
    Key("like", Text(), "各栏照另一张文字表；只写不同的"),
    Key("columns", Named(TEXT_COLUMN, "栏的名字，规则里用它"), "一句话里的数按它的说法归到各栏"),
    Key("rows", Named(TEXT_ROW, "行的名字，规则里用它"), "句子说的是什么：每说一次成一行"),
    Key("words", Named(Texts(), "意思，如 增、减、上年"), "表示这个意思的词语"),
))

CODES = Keys((
    Key("codes", Text(), "编码表的名字，如 功能科目", required=True),
    Key("levels", Named(_NUMBER, "一级的名字，如 类"), "各级编码几位，如 {类: 3, 款: 5, 项: 7}"),
    Key("names", Named(Texts(), "编码"), "编码印的名称，有几种写法就列几种，正式的在前"),
))

PACK = Keys((
    Key("pack", Text(), "规则包的编号，与文件夹同名，如 mof-2020", required=True),
    Key("title", Text(), "规则包的名称", required=True),
    Key("extends", Text(), "上级规则包的编号；只写与上级不同的"),
    Key("area", Texts(), "本包用于哪些地区或单位：表上印有其中一个名字，自动选规则包时优先选它"),
    Key("year", _NUMBER, "决算年度，公式里写作 年度；工作簿印着别的年度的，按印的"),
    Key("unit", Word(UNIT_WORDS), "表上没有印金额单位时，按什么单位"),
    Key("rounding", Word(("四舍五入", "截断")), "印出的数怎样取舍"),
    Key("blank", Word(get_args(Blank)), "金额格空着时当作什么"),
    Key("figures", Word(("存储", "显示")), "存储：按存储的数核对；显示：按显示的位数"),
    Key("fields", _FIELDS, "每张表的表头都可能印的格"),
    Key("params", Named(Text(), "参数的名字"), "公式里可以直接写的名字，如 {满分: 100}；命令行用 --set 改"),
    Key("tables", Texts(), "表的先后，模板和报告照此排"),
))

_GRID = "每张工作表的格子：一行一行，格与格之间用 | 或制表符，← ↑ 并入左格、上格；数后面写【A01】表示这一格应报 A01"
EXPECTED = Keys((
    Key("rule", Text(), "应报的规则", required=True),
    Key("at", Text(), "哪一格，如 总表!C12；只有一张工作表时写 C12", required=True),
    Key("severity", Word(SEVERITY_WORDS), "应报的级别"),
    Key("left", Text(), "列示的数"),
    Key("right", Text(), "应为的数"),
    Key("difference", Text(), "相差"),
    Key("message", Text(), "消息里应有的一段话"),
))
CASE = Keys((
    Key("case", Text(), "用例的名字，一句话说它试的是什么", required=True),
    Key("sheets", Named(Text(), "工作表的名字"), _GRID, required=True),
    Key("set", Named(Text(), "参数的名字"), "这个用例另设的参数"),
    Key("expect", Items(EXPECTED), "应报的问题；与格子里写的【…】合起来，一个不多，一个不少"),
    Key("not_applied", Texts(), "应当列为“未应用”的规则；不写就不核对这一项"),
))
CASES = Keys((Key("cases", Items(CASE), "用例，一个一项", required=True),))

FILES: dict[str, tuple[str, Keys]] = {
    "pack": ("pack.yaml", PACK),
    "codes": ("codes/*.yaml", CODES),
    "tables": ("tables/*.yaml", TABLE),
    "texts": ("texts/*.yaml", TEXT),
    "rules": ("rules/*.yaml", RULES),
    "cases": ("cases/*.yaml", CASES),
}
"""What each kind of file is called in a pack's folder, and the keys it holds."""
