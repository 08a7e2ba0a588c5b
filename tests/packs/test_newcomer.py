"""The slips of somebody who writes a first pack after the tutorial: every answer says where, and what to do next."""

from __future__ import annotations

import pytest

from gouji.cases.running import run_cases
from gouji.cases.soundness import soundness
from gouji.errors import PackError
from gouji.packs import load_pack
from gouji.packs.lint import lint_files, told_at_their_cause
from tests.packs.conftest import WritePack

PACK = "pack: 我们省\ntitle: 我们省\nextends: mof-2022\n"
RULE = "table: 总表\nrules:\n  - id: S01\n    name: 甲\n    check: {}\n    basis: 乙\n"
EXAMPLES = "    examples:\n      pass: [{{其他收入: '3.0'}}]\n      fail: [{{其他收入: {}}}]\n"

SLIPS = {
    "of 没有缩进": (
        {"tables/总表.yaml": "table: 总表\nsections:\n  收入:\n    rows:\n      本年收入合计:\n      of: [甲]\n"},
        "tables/总表.yaml:6:7: of 是行的一项，不是行的名字：往右缩进，写在它所属的那一行下面",
    ),
    "列表里的全角逗号": (
        {"tables/总表.yaml": "table: 总表\nsections:\n  收入:\n    rows:\n      本年收入合计: {of: [甲， 乙]}\n"},
        "tables/总表.yaml:5:22: 名字之间的逗号要用半角的 ,",
    ),
    "表名不对": (
        {"tables/总表.yaml": "table: 收支总表\nsections:\n  收入:\n    rows:\n      新行: {}\n"},
        "tables/总表.yaml:1:1: 缺 title（表的标题）：要改上级的表，table 写它的名字，是 总表 吗？",
    ),
    "段名不对": (
        {"tables/总表.yaml": "table: 总表\nsections:\n  收入部分:\n    rows:\n      新行: {}\n"},
        "tables/总表.yaml:3:3: 没有段 收入部分：这张表的段是 收入、支出；新的一段要写 columns 和 rows",
    ),
    "列表漏写了原来的": (
        {"tables/总表.yaml": "table: 总表\nsections:\n  收入:\n    rows:\n      本年收入合计: {of: [新行]}\n"},
        "tables/总表.yaml:5:20: 总表这样改了，继承来的 B03、B01-1 就站不住了"
        "（B03：总表没有行 一般公共预算财政拨款收入，是 国有资本经营预算财政拨款收入 吗？）："
        "of、label 这样的列表是整个替换的，原来有的也要写上；真的不要了，给那几条规则写 off 和理由",
    ),
    "动锁上的规则": (
        {"rules/总表.yaml": "table: 总表\nrules:\n  - id: A05\n    off: 不要\n"},
        "rules/总表.yaml:4:5: A05 在 mof 里已锁定，不能改也不能关；请删去这一条",
    ),
    "停用没有的规则": (
        {"rules/总表.yaml": "table: 总表\nrules:\n  - id: Z99\n    off: 不要\n"},
        "rules/总表.yaml:4:5: 上级规则包里没有 Z99，不能写 off：改正编号，或去掉它",
    ),
    "弯引号": (
        {"rules/总表.yaml": RULE.format("‘[其他收入] >= 0’")},
        "rules/总表.yaml:5:12: 公式两头的引号要用半角的单引号 '",
    ),
    "引号没有收尾": (
        {"rules/总表.yaml": RULE.format("'[其他收入] >= 0") + "    severity: '提示'\n"},
        "rules/总表.yaml:5:12: 这一行的引号没有收尾：公式前后各一个 '",
    ),
    "数后面写单位": (
        {"rules/总表.yaml": RULE.format("'[其他收入] <= 100万元'")},
        "rules/总表.yaml:5:26: 数后面不写单位：去掉“万元”，金额按规则包的单位（万元）写",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_the_first_answer_is_about_the_slip(write_pack: WritePack, slip: str) -> None:
    files, expected = SLIPS[slip]
    problems = lint_files(write_pack("我们省", {"pack.yaml": PACK, **files}))[1]
    assert expected in [problem.message().removeprefix("我们省/") for problem in problems]
    assert all(problem.file.startswith("我们省/") for problem in problems)


def test_a_file_of_another_encoding(write_pack: WritePack) -> None:
    folder = write_pack("我们省", {"pack.yaml": PACK, "rules/总表.yaml": ""})
    (folder / "rules" / "总表.yaml").write_bytes("table: 总表".encode("gbk"))
    with pytest.raises(PackError) as raised:
        load_pack(folder)
    assert raised.value.problems[0].chinese == "文件不是 UTF-8 编码：用编辑器打开，另存为，编码选 UTF-8"


@pytest.mark.parametrize(("printed", "expected"), [
    ("三百", "没有形成任何一条关系：收入支出决算总表 "),
    ("''", "没有形成任何一条关系：关系读到的格都要写，when 的条件也要满足"),
])
def test_an_example_that_nothing_can_be_judged_on(write_pack: WritePack, printed: str, expected: str) -> None:
    check, when = "'[其他收入] <= 5'", "    when: '[其他收入] > 0'\n"
    rule = RULE.format(check) + when + EXAMPLES.format(printed)
    pack = load_pack(write_pack("我们省", {"pack.yaml": PACK, "rules/总表.yaml": rule}))
    (failed,) = [one for one in run_cases(pack, [pack.rule("S01")]) if not one.as_declared]
    assert failed.said[0].startswith(expected)


def test_rows_left_out_of_a_list_that_only_show_on_forms(write_pack: WritePack) -> None:
    """The first three rows are written again, the others forgotten: every name there is can still be found."""
    kept = "一般公共预算财政拨款收入, 政府性基金预算财政拨款收入, 国有资本经营预算财政拨款收入"
    table = f"table: 总表\nsections:\n  收入:\n    rows:\n      本年收入合计: {{of: [{kept}]}}\n"
    folder = write_pack("我们省", {"pack.yaml": PACK, "tables/总表.yaml": table})
    pack, problems = lint_files(folder)
    assert problems == []
    with pytest.raises(PackError) as raised:
        soundness(pack)
    (told,) = told_at_their_cause(folder, raised.value.problems)
    assert told.message() == (
        "我们省/tables/总表.yaml:5:20: 总表这样改了，继承来的 B01 就站不住了（规则 B01：总表没有“收入/本栏”这一行）："
        "of、label 这样的列表是整个替换的，原来有的也要写上；真的不要了，给那几条规则写 off 和理由"
    )
