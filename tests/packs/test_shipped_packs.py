"""The packs that come with gouji."""

from __future__ import annotations

import pytest

from gouji.packs import available_packs, load_pack
from gouji.packs.lint import lint_files


@pytest.mark.parametrize("pack_id", available_packs())
def test_lints_clean(pack_id: str) -> None:
    assert [problem.message() for problem in lint_files(pack_id)[1]] == []


@pytest.mark.parametrize("pack_id", available_packs())
def test_every_rule_has_examples_that_pass_and_fail(pack_id: str) -> None:
    for rule in load_pack(pack_id).rules:
        assert {"pass", "fail"} <= {case.outcome for case in rule.cases}, rule.id
        assert all(case.cells for case in rule.cases), rule.id


def test_the_nine_tables_and_the_form() -> None:
    pack = load_pack("mof-2020")
    assert {name: table.title for name, table in pack.forms.items()} == {
        "总表": "收入支出决算总表",
        "收入表": "收入决算表",
        "支出表": "支出决算表",
        "拨款总表": "财政拨款收入支出决算总表",
        "一般支出": "一般公共预算财政拨款支出决算表",
        "基本明细": "一般公共预算财政拨款基本支出决算表",
        "三公": "一般公共预算财政拨款“三公”经费支出决算表",
        "基金": "政府性基金预算财政拨款收入支出决算表",
        "国资": "国有资本经营预算财政拨款支出决算表",
        "绩效表": "项目支出绩效自评表",
    }


def test_the_rules() -> None:
    assert [rule.id for rule in load_pack("mof-2020").rules if not rule.id.startswith("T")] == [
        "A01", "A02", "A03", "A04", "A05", "A06", "A09", "A10", "A11", "A11-1", "A12", "A13", "A14", "A15", "A16",
        "A17", "A18", "B01", "B01-1", "B02", "B02-1", "B03", "B04", "B04-1", "B05", "B06", "B07", "B08", "B08-1",
        "B09", "B11", "B16", "B17", "P01", "P02", "P03", "P04", "P05", "P06", "P07",
        "P07-1", "P07-2", "P07-3", "P08", "P08-1", "P08-2", "P09", "P09-1", "P11", "P14", "P14-1", "P14-2",
    ]


def test_heilongjiang_changes_the_form_only() -> None:
    pack, above = load_pack("heilongjiang-2020"), load_pack("mof-2020")
    assert pack.lineage == ("mof", "mof-2020", "heilongjiang-2020")
    assert {name for name, table in pack.tables.items() if table != above.tables[name]} == {"绩效表"}
    assert {rule.id for rule in pack.rules} - {rule.id for rule in above.rules} == {"H07", "P10"}
    assert {rule.id for rule in pack.rules if rule.overrides} == {"P03", "P07", "P14-1"}
    form = pack.tables["绩效表"]
    assert [row.name for row in form.section("资金").rows] == ["年度资金总额", "中央补助", "省级资金", "其他资金"]
    quarters = [row.name for row in form.section("指标").rows if row.kind == "季度"]
    assert [name[:3] for name in quarters] == ["★一季", "★二季", "★三季"]


def test_columns_of_the_income_table_in_printed_order() -> None:
    columns = load_pack("mof-2020").tables["收入表"].section("").columns
    assert [(column.name, column.parent) for column in columns] == [
        ("科目编码", None), ("科目名称", None), ("本年收入合计", None), ("财政拨款收入", "本年收入合计"),
        ("上级补助收入", "本年收入合计"), ("事业收入", "本年收入合计"), ("教育收费", "事业收入"),
        ("经营收入", "本年收入合计"), ("附属单位上缴收入", "本年收入合计"), ("其他收入", "本年收入合计"),
    ]


@pytest.mark.parametrize("pack_id", available_packs())
def test_advice_is_one_short_sentence(pack_id: str) -> None:
    """It is added to the message: a note has room for one line."""
    advice = {rule.id: rule.advice for rule in load_pack(pack_id).rules if rule.advice}
    assert {"A18", "B08", "P04", "P08-1", "P14"} <= advice.keys()
    for rule, text in advice.items():
        assert len(text) <= 40, rule
        assert not text.endswith("。"), rule
